package org.ionstream.schemas.cell;

import static org.ionstream.schemas.cell.StateVariable.concentration;
import static org.ionstream.schemas.cell.StateVariable.gate;

import java.util.List;
import java.util.Map;
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
            new Excitability("V", 0.5, ""),
            100,
            0.3125,
            new Variations(
                    List.of(
                            new Parameter("b", "1/ms", 5, 0, 100, "rate of the cubic current"),
                            new Parameter("beta", "1", 0.1, -2, 2, "threshold potential"),
                            new Parameter("delta", "1", 1, 0.1, 5, "excited potential"),
                            new Parameter("c", "1/ms", 1, 0, 100, "strength of recovery"),
                            new Parameter("e", "1/ms", 0.1, 0, 10, "rate of recovery"),
                            new Parameter("gamma", "1", 0.25, 0, 10, "decay of recovery")),
                    List.of(),
                    List.of(new InitialState("rest", "rest", Map.of("V", 0.0, "w", 0.0)))));

    public static final CellModel HODGKIN_HUXLEY_1952 = new CellModel(
            "hodgkin-huxley-1952",
            "Hodgkin-Huxley 1952",
            "10.1113/jphysiol.1952.sp004764",
            List.of(new StateVariable("V", "mV", -100, 250, 110), gate("m"), gate("h"), gate("n")),
            "uA/cm2",
            new Excitability("V", 50, ""),
            100,
            0.3125,
            new Variations(
                    List.of(
                            new Parameter("C_m", "uF/cm2", 1, 0.1, 10, "membrane capacitance"),
                            new Parameter("gNa", "mS/cm2", 120, 0, 1200, "sodium conductance"),
                            new Parameter("gK", "mS/cm2", 36, 0, 360, "potassium conductance"),
                            new Parameter("gL", "mS/cm2", 0.3, 0, 30, "leak conductance"),
                            new Parameter("V_Na", "mV", 115, 0, 200, "sodium reversal potential above rest"),
                            new Parameter("V_K", "mV", -12, -60, 60, "potassium reversal potential above rest"),
                            new Parameter("V_L", "mV", 10.6, -60, 60, "leak reversal potential above rest")),
                    List.of(),
                    List.of(new InitialState(
                            "rest",
                            "arXiv 2505.14039, Table 8, with V as in its results",
                            Map.of("V", 2.757e-4, "m", 5.2934e-2, "h", 5.9611e-1, "n", 3.1768e-1)))));

    public static final CellModel OHARA_RUDY_2011 = new CellModel(
            "ohara-rudy-2011",
            "O'Hara-Rudy 2011",
            "10.1371/journal.pcbi.1002061",
            OHaraRudyTables.variables(),
            "uA/uF",
            new Excitability("V", 0, "Ca_i"),
            500,
            1,
            OHaraRudyTables.variations());

    public static final CellModel BEELER_REUTER_1977 = new CellModel(
            "beeler-reuter-1977",
            "Beeler-Reuter 1977",
            "10.1113/jphysiol.1977.sp011853",
            List.of(
                    new StateVariable("V", "mV", -150, 150, 110),
                    concentration("Ca_i", 0.05, 0.007),
                    gate("m"),
                    gate("h"),
                    gate("j"),
                    gate("d"),
                    gate("f"),
                    gate("x1")),
            "uA/cm2",
            new Excitability("V", -20, "Ca_i"),
            500,
            1,
            new Variations(
                    List.of(
                            new Parameter("C_m", "uF/cm2", 1, 0.1, 10, "membrane capacitance"),
                            new Parameter("gNa", "mS/cm2", 4, 0, 40, "sodium conductance"),
                            new Parameter("gNaC", "mS/cm2", 0.003, 0, 0.03, "sodium leak conductance"),
                            new Parameter("E_Na", "mV", 50, 0, 100, "sodium reversal potential"),
                            new Parameter("g_s", "mS/cm2", 0.09, 0, 0.9, "slow inward conductance"),
                            new Parameter("gK1_scale", "1", 1, 0, 10, "time-independent potassium current, times"),
                            new Parameter("gx1_scale", "1", 1, 0, 10, "time-dependent potassium current, times")),
                    List.of(),
                    List.of(new InitialState(
                            "rest",
                            "rest",
                            Map.of(
                                    "V",
                                    -84.5738,
                                    "Ca_i",
                                    1.78201e-4,
                                    "m",
                                    0.0109820,
                                    "h",
                                    0.987721,
                                    "j",
                                    0.974838,
                                    "d",
                                    0.00297072,
                                    "f",
                                    0.999981,
                                    "x1",
                                    0.00562865)))));

    private static final List<CellModel> ALL =
            List.of(FITZHUGH_NAGUMO_1961, HODGKIN_HUXLEY_1952, OHARA_RUDY_2011, BEELER_REUTER_1977);

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
}
