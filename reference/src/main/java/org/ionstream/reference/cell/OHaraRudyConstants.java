package org.ionstream.reference.cell;

import java.util.Map;

/**
 * The numbers in the equations of T. O'Hara et al., 2011, DOI 10.1371/journal.pcbi.1002061, that a kind of cell or a
 * parameter changes: each is the published value for an endocardial cell, times the factor of the kind of cell, times the
 * scale asked for. What follows from outer concentrations alone is computed here, once. Immutable.
 */
final class OHaraRudyConstants {
    static final Parameters PUBLISHED = new Parameters(Map.ofEntries(
            Map.entry("GNa_scale", 1.0),
            Map.entry("GNaL_scale", 1.0),
            Map.entry("Gto_scale", 1.0),
            Map.entry("PCa_scale", 1.0),
            Map.entry("GKr_scale", 1.0),
            Map.entry("GKs_scale", 1.0),
            Map.entry("GK1_scale", 1.0),
            Map.entry("GNaCa_scale", 1.0),
            Map.entry("PNaK_scale", 1.0),
            Map.entry("GKb_scale", 1.0),
            Map.entry("PNab_scale", 1.0),
            Map.entry("PCab_scale", 1.0),
            Map.entry("GpCa_scale", 1.0),
            Map.entry("Jrel_scale", 1.0),
            Map.entry("Jup_scale", 1.0),
            Map.entry("Na_o", 140.0),
            Map.entry("K_o", 5.4),
            Map.entry("Ca_o", 1.8)));

    /** Extracellular concentrations, mM. */
    final double Nao;

    final double Ko;
    final double Cao;
    /** Activity of outer calcium, 0.341 Ca_o. */
    final double activeCao;
    /** K_o + 0.01833 Na_o, what the slow delayed rectifier lets through. */
    final double outerKs;

    /** Conductances, mS/uF. */
    final double gNa;

    final double gNaL;
    final double gto;
    /** With its dependence on the root of K_o / 5.4 mM. */
    final double gKr;

    final double gKs;
    /** With its dependence on the root of K_o. */
    final double gK1;

    final double gKb;
    /** Permeabilities, cm/s: of the calcium channel to calcium, sodium and potassium, and of the background. */
    final double pCa;

    final double pCaNa;
    final double pCaK;
    final double pNab;
    final double pCab;
    /** Largest calcium pump current, exchange current and pump rate, uA/uF. */
    final double gpCa;

    final double gNaCa;
    final double pNaK;
    /** Release per calcium current. */
    final double jRel;
    /** Largest uptake, mM/ms. */
    final double jUp;
    /** Calmodulin times its affinity, mM^2. */
    final double calmodulinBuffer;

    /** Exchanger: outer sodium binding, its normalisation, calcium on-rate in 1/ms. */
    final double exchangerNao;

    final double h10Exchanger;
    final double k1Exchanger;
    /** Pump: outer potassium bound once and twice. */
    final double pumpPotassiumBound;

    final double pumpPotassiumStep;
    /** Midpoint and slope of x_k1 at steady state, mV, and shift of its rectification. */
    final double xk1Midpoint;

    final double xk1Slope;
    final double k1Shift;

    OHaraRudyConstants(VentricularCell cell, Parameters parameters) {
        Nao = parameters.of("Na_o");
        Ko = parameters.of("K_o");
        Cao = parameters.of("Ca_o");
        activeCao = 0.341 * Cao;
        outerKs = Ko + 0.01833 * Nao;

        gNa = 75 * parameters.of("GNa_scale");
        gNaL = 0.0075 * cell.gNaL * parameters.of("GNaL_scale");
        gto = 0.02 * cell.gto * parameters.of("Gto_scale");
        gKr = 0.046 * cell.gKr * parameters.of("GKr_scale") * Math.sqrt(Ko / 5.4);
        gKs = 0.0034 * cell.gKs * parameters.of("GKs_scale");
        gK1 = 0.1908 * cell.gK1 * parameters.of("GK1_scale") * Math.sqrt(Ko);
        gKb = 0.003 * cell.gKb * parameters.of("GKb_scale");
        pCa = 1e-4 * cell.pCa * parameters.of("PCa_scale");
        pCaNa = 0.00125 * pCa;
        pCaK = 3.574e-4 * pCa;
        pNab = 3.75e-10 * parameters.of("PNab_scale");
        pCab = 2.5e-8 * parameters.of("PCab_scale");
        gpCa = 0.0005 * parameters.of("GpCa_scale");
        gNaCa = 0.0008 * cell.gNaCa * parameters.of("GNaCa_scale");
        pNaK = 30 * cell.pNaK * parameters.of("PNaK_scale");
        jRel = -0.5 * cell.jRel * parameters.of("Jrel_scale");
        jUp = cell.jUp * 0.004375 * parameters.of("Jup_scale");
        calmodulinBuffer = 0.05 * cell.calmodulin * 0.00238;

        exchangerNao = Nao / 88.12;
        h10Exchanger = 12.5 + 1 + Nao / 15 * (1 + Nao / 5);
        k1Exchanger = Cao * 1.5e6 / h10Exchanger;
        double potassium = Ko / .3582;
        pumpPotassiumBound = (1 + potassium) * (1 + potassium);
        pumpPotassiumStep = 1899 * potassium * potassium;
        xk1Midpoint = 2.5538 * Ko;
        xk1Slope = 1.5692 * Ko + 3.8115;
        k1Shift = 2.6 * Ko;
    }
}
