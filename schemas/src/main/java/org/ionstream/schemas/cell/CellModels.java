package org.ionstream.schemas.cell;

import static org.ionstream.schemas.cell.StateVariable.gate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The catalogue of cell models. A new one is a line here and its equations in the reference module. */
public final class CellModels {
    public static final CellModel FITZHUGH_NAGUMO_1961 = new CellModel(
            "fitzhugh-nagumo-1961",
            "FitzHugh-Nagumo 1961",
            "10.1016/S0006-3495(61)86902-6",
            List.of(new StateVariable("V", "1", -5, 5, 1.4), new StateVariable("w", "1", -5, 5, 1.2)),
            "1/ms",
            new Excitability("V", 0.5, Optional.empty()),
            100,
            0.3125);

    public static final CellModel HODGKIN_HUXLEY_1952 = new CellModel(
            "hodgkin-huxley-1952",
            "Hodgkin-Huxley 1952",
            "10.1113/jphysiol.1952.sp004764",
            List.of(new StateVariable("V", "mV", -100, 250, 110), gate("m"), gate("h"), gate("n")),
            "uA/cm2",
            new Excitability("V", 50, Optional.empty()),
            100,
            0.3125);

    public static final CellModel OHARA_RUDY_2011 = new CellModel(
            "ohara-rudy-2011",
            "O'Hara-Rudy 2011, endocardial",
            "10.1371/journal.pcbi.1002061",
            List.of(
                    gate("CaMK_trap"),
                    concentration("Ca_i", 0.1, 5e-4),
                    concentration("Ca_jsr", 20, 1.2),
                    concentration("Ca_nsr", 20, 0.5),
                    concentration("Ca_ss", 1, 0.02),
                    new StateVariable("J_rel_CaMK", "mM/ms", -1, 10, 0.1),
                    new StateVariable("J_rel_NP", "mM/ms", -1, 10, 0.1),
                    concentration("K_i", 300, 0.05),
                    concentration("K_ss", 300, 0.05),
                    concentration("Na_i", 100, 0.05),
                    concentration("Na_ss", 100, 0.1),
                    new StateVariable("V", "mV", -200, 200, 125),
                    gate("a_CaMK"),
                    gate("a"),
                    gate("d"),
                    gate("f_CaMK_fast"),
                    gate("f_Ca_CaMK_fast"),
                    gate("f_Ca_fast"),
                    gate("f_Ca_slow"),
                    gate("f_fast"),
                    gate("f_slow"),
                    gate("h_CaMK_slow"),
                    gate("h_L_CaMK"),
                    gate("h_L"),
                    gate("h_fast"),
                    gate("h_slow"),
                    gate("i_CaMK_fast"),
                    gate("i_CaMK_slow"),
                    gate("i_fast"),
                    gate("i_slow"),
                    gate("j_CaMK"),
                    gate("j_Ca"),
                    gate("j"),
                    gate("m_L"),
                    gate("m"),
                    gate("n"),
                    gate("x_k1"),
                    gate("x_r_fast"),
                    gate("x_r_slow"),
                    gate("x_s1"),
                    gate("x_s2")),
            "uA/uF",
            new Excitability("V", 0, Optional.of("Ca_i")),
            500,
            1);

    private static final List<CellModel> ALL = List.of(FITZHUGH_NAGUMO_1961, HODGKIN_HUXLEY_1952, OHARA_RUDY_2011);

    private CellModels() {}

    public static List<CellModel> all() {
        return ALL;
    }

    public static Optional<CellModel> find(String id) {
        return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** @throws IllegalArgumentException naming the known ids */
    public static CellModel byId(String id) {
        return find(id).orElseThrow(() ->
                new IllegalArgumentException("unknown cell model '%s'; known are %s".formatted(id, knownIds())));
    }

    public static String knownIds() {
        return ALL.stream().map(CellModel::id).collect(Collectors.joining(", "));
    }

    private static StateVariable concentration(String name, double highestMm, double excursionMm) {
        return new StateVariable(name, "mM", -0.1 * highestMm, highestMm, excursionMm);
    }
}
