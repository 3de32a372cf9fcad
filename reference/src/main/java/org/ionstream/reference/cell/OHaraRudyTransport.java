package org.ionstream.reference.cell;

/**
 * Sodium-calcium exchanger and sodium-potassium pump of T. O'Hara et al., 2011, DOI 10.1371/journal.pcbi.1002061, supplement:
 * each a cycle of four states at steady state. Concentrations in mM, currents in uA/uF. Thread-safe.
 */
final class OHaraRudyTransport {
    private static final double K2_EXCHANGER = 5e3;

    private static final double MG_ATP = 9.8 / 1.698e-7;
    private static final double H_ION = 1e-7;
    private static final double B1 = 182.4 * 0.05;
    private static final double A2 = 687.2;
    private static final double A4 = 639 * MG_ATP / (1 + MG_ATP);

    private final OHaraRudyConstants constants;

    OHaraRudyTransport(OHaraRudyConstants constants) {
        this.constants = constants;
    }

    /** I_NaCa of exchangers that all see these concentrations. */
    double exchange(OHaraRudyPotential p, double na, double ca) {
        double h1 = 1 + na / 88.12 * (1 + p.hNa);
        double h2 = na * p.hNa / (88.12 * h1);
        double h4 = 1 + na / 15 * (1 + na / 5);
        double h5 = na * na / (h4 * 15 * 5);
        double k4Second = h2 * 5e3;
        double k4 = 6e4 / (h1 * p.hCa) + k4Second;
        double k6 = ca * 1.5e6 / h4;
        double k7 = h5 * h2 * 6e4;
        double k1 = constants.k1Exchanger;
        double k2 = K2_EXCHANGER;
        double k5 = K2_EXCHANGER;
        double k3 = p.k3Exchanger;
        double k8 = p.k8Exchanger;
        double x1 = k2 * k4 * (k7 + k6) + k5 * k7 * (k2 + k3);
        double x2 = k1 * k7 * (k4 + k5) + k4 * k6 * (k1 + k8);
        double x3 = k1 * k3 * (k7 + k6) + k8 * k6 * (k2 + k3);
        double x4 = k2 * k8 * (k4 + k5) + k3 * k5 * (k1 + k8);
        double allosteric = 1 + (150e-6 / ca) * (150e-6 / ca);
        double JNa = 3 * (x4 * k7 - x1 * k8) + x3 * k4Second - x2 * p.k3SecondExchanger;
        double JCa = x2 * k2 - x1 * k1;
        return constants.gNaCa * (JNa + 2 * JCa) / (allosteric * (x1 + x2 + x3 + x4));
    }

    /** I_NaK. */
    double pump(OHaraRudyPotential p, double nai, double ki) {
        double sodium = nai / p.kNai;
        double potassium = ki / 0.5;
        double sodiumBound = (1 + sodium) * (1 + sodium) * (1 + sodium);
        double inner = sodiumBound + (1 + potassium) * (1 + potassium) - 1;
        double phosphate = 4.2 / (1 + H_ION / 1.698e-7 + nai / 224 + ki / 292);
        double a1 = 949.5 * sodium * sodium * sodium / inner;
        double b2 = p.b2Pump;
        double a3 = p.a3Pump;
        double b3 = 79300 * phosphate * H_ION / (1 + MG_ATP);
        double b4 = 40 * potassium * potassium / inner;
        double x1 = A4 * a1 * A2 + b2 * b4 * b3 + A2 * b4 * b3 + b3 * a1 * A2;
        double x2 = b2 * B1 * b4 + a1 * A2 * a3 + a3 * B1 * b4 + A2 * a3 * b4;
        double x3 = A2 * a3 * A4 + b3 * b2 * B1 + b2 * B1 * A4 + a3 * A4 * B1;
        double x4 = b4 * b3 * b2 + a3 * A4 * a1 + b2 * A4 * a1 + b3 * b2 * a1;
        double JNa = 3 * (x1 * a3 - x2 * b3);
        double JK = 2 * (x4 * B1 - x3 * a1);
        return constants.pNaK * (JNa + JK) / (x1 + x2 + x3 + x4);
    }
}
