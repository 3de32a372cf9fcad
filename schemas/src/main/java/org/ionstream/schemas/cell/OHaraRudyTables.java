package org.ionstream.schemas.cell;

import static org.ionstream.schemas.cell.Parameter.scale;
import static org.ionstream.schemas.cell.StateVariable.concentration;
import static org.ionstream.schemas.cell.StateVariable.gate;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The catalogue's tables of O'Hara-Rudy 2011: too many lines to stand among the other cell models. */
final class OHaraRudyTables {
    /** Both published values of a variable at t = 0: in the supplement, Text S1, and in the authors' code. */
    private record Row(StateVariable variable, double supplement, double code) {}

    private static final List<Row> ROWS = List.of(
            new Row(gate("CaMK_trap"), 0.0124065, 0),
            new Row(concentration("Ca_i", 0.1, 5e-4), 8.54e-5, 1e-4),
            new Row(concentration("Ca_jsr", 20, 1.2), 1.56, 1.2),
            new Row(concentration("Ca_nsr", 20, 0.5), 1.61, 1.2),
            new Row(concentration("Ca_ss", 1, 0.02), 8.43e-5, 1e-4),
            new Row(new StateVariable("J_rel_CaMK", "mM/ms", -1, 10, 0.1), 3.17262e-7, 0),
            new Row(new StateVariable("J_rel_NP", "mM/ms", -1, 10, 0.1), 2.53943e-5, 0),
            new Row(concentration("K_i", 300, 0.05), 143.79, 145),
            new Row(concentration("K_ss", 300, 0.05), 143.79, 145),
            new Row(concentration("Na_i", 100, 0.05), 7.23, 7),
            new Row(concentration("Na_ss", 100, 0.1), 7.23, 7),
            new Row(new StateVariable("V", "mV", -200, 200, 125), -87.84, -87),
            new Row(gate("a_CaMK"), 0.000515567, 0),
            new Row(gate("a"), 0.00101185, 0),
            new Row(gate("d"), 2.43015e-9, 0),
            new Row(gate("f_CaMK_fast"), 1, 1),
            new Row(gate("f_Ca_CaMK_fast"), 1, 1),
            new Row(gate("f_Ca_fast"), 1, 1),
            new Row(gate("f_Ca_slow"), 0.99982, 1),
            new Row(gate("f_fast"), 1, 1),
            new Row(gate("f_slow"), 0.910671, 1),
            new Row(gate("h_CaMK_slow"), 0.448501, 1),
            new Row(gate("h_L_CaMK"), 0.265885, 1),
            new Row(gate("h_L"), 0.496116, 1),
            new Row(gate("h_fast"), 0.692591, 1),
            new Row(gate("h_slow"), 0.692574, 1),
            new Row(gate("i_CaMK_fast"), 0.999542, 1),
            new Row(gate("i_CaMK_slow"), 0.641861, 1),
            new Row(gate("i_fast"), 0.999542, 1),
            new Row(gate("i_slow"), 0.589579, 1),
            new Row(gate("j_CaMK"), 0.692413, 1),
            new Row(gate("j_Ca"), 0.999977, 1),
            new Row(gate("j"), 0.692477, 1),
            new Row(gate("m_L"), 0.000194015, 0),
            new Row(gate("m"), 0.0074621, 0),
            new Row(gate("n"), 0.00267171, 0),
            new Row(gate("x_k1"), 0.996801, 1),
            new Row(gate("x_r_fast"), 8.26608e-6, 0),
            new Row(gate("x_r_slow"), 0.453268, 0),
            new Row(gate("x_s1"), 0.270492, 0),
            new Row(gate("x_s2"), 0.0001963, 0));

    private static final List<Parameter> PARAMETERS = List.of(
            scale("GNa_scale", "fast sodium current I_Na"),
            scale("GNaL_scale", "late sodium current I_NaL"),
            scale("Gto_scale", "transient outward potassium current I_to"),
            scale("PCa_scale", "L-type channel: I_CaL, I_CaNa and I_CaK"),
            scale("GKr_scale", "rapid delayed rectifier potassium current I_Kr (hERG)"),
            scale("GKs_scale", "slow delayed rectifier potassium current I_Ks"),
            scale("GK1_scale", "inward rectifier potassium current I_K1"),
            scale("GNaCa_scale", "sodium-calcium exchange I_NaCa"),
            scale("PNaK_scale", "sodium-potassium pump I_NaK"),
            scale("GKb_scale", "background potassium current I_Kb"),
            scale("PNab_scale", "background sodium current I_Nab"),
            scale("PCab_scale", "background calcium current I_Cab"),
            scale("GpCa_scale", "sarcolemmal calcium pump I_pCa"),
            scale("Jrel_scale", "calcium release through ryanodine receptors"),
            scale("Jup_scale", "calcium uptake by SERCA, without the leak"),
            new Parameter("Na_o", "mM", 140, 10, 300, "extracellular sodium"),
            new Parameter("K_o", "mM", 5.4, 0.5, 30, "extracellular potassium"),
            new Parameter("Ca_o", "mM", 1.8, 0.05, 20, "extracellular calcium"));

    private static final List<Variant> VARIANTS = List.of(
            new Variant("endocardial", "inner wall of the ventricle"),
            new Variant("epicardial", "outer wall"),
            new Variant("midmyocardial", "M cell, between them"));

    private OHaraRudyTables() {}

    static List<StateVariable> variables() {
        return ROWS.stream().map(Row::variable).toList();
    }

    static Variations variations() {
        return new Variations(
                PARAMETERS,
                VARIANTS,
                List.of(
                        state("text-S1", "supplement, Text S1: paced, near rest", Row::supplement),
                        state("code", "the authors' code: before the first beat, gates 0 or 1", Row::code)));
    }

    private static InitialState state(String name, String source, ToDoubleFunction<Row> value) {
        return new InitialState(
                name,
                source,
                ROWS.stream().collect(Collectors.toMap(row -> row.variable().name(), row -> value.applyAsDouble(row))));
    }
}
