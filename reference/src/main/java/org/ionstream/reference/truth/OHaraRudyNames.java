package org.ionstream.reference.truth;

import static java.util.Map.entry;

import java.util.Map;

/** The names of the authors' code against those of the catalogue. */
public final class OHaraRudyNames {
    private static final Map<String, String> CATALOGUED = Map.ofEntries(
            entry("v", "V"),
            entry("nai", "Na_i"),
            entry("nass", "Na_ss"),
            entry("ki", "K_i"),
            entry("kss", "K_ss"),
            entry("cai", "Ca_i"),
            entry("cass", "Ca_ss"),
            entry("cansr", "Ca_nsr"),
            entry("cajsr", "Ca_jsr"),
            entry("hf", "h_fast"),
            entry("hs", "h_slow"),
            entry("hsp", "h_CaMK_slow"),
            entry("jp", "j_CaMK"),
            entry("mL", "m_L"),
            entry("hL", "h_L"),
            entry("hLp", "h_L_CaMK"),
            entry("iF", "i_fast"),
            entry("iS", "i_slow"),
            entry("ap", "a_CaMK"),
            entry("iFp", "i_CaMK_fast"),
            entry("iSp", "i_CaMK_slow"),
            entry("ff", "f_fast"),
            entry("fs", "f_slow"),
            entry("fcaf", "f_Ca_fast"),
            entry("fcas", "f_Ca_slow"),
            entry("jca", "j_Ca"),
            entry("nca", "n"),
            entry("ffp", "f_CaMK_fast"),
            entry("fcafp", "f_Ca_CaMK_fast"),
            entry("xrf", "x_r_fast"),
            entry("xrs", "x_r_slow"),
            entry("xs1", "x_s1"),
            entry("xs2", "x_s2"),
            entry("xk1", "x_k1"),
            entry("Jrelnp", "J_rel_NP"),
            entry("Jrelp", "J_rel_CaMK"),
            entry("CaMKt", "CaMK_trap"));

    private OHaraRudyNames() {}

    /** Names that are the same in both (m, j, a, d) stay. */
    public static String catalogued(String name) {
        return CATALOGUED.getOrDefault(name, name);
    }
}
