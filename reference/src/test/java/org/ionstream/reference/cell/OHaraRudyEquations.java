package org.ionstream.reference.cell;

import java.util.HashMap;
import java.util.Map;
import org.hipparchus.CalculusFieldElement;

/**
 * The equations of T. O'Hara et al., 2011, DOI 10.1371/journal.pcbi.1002061, endocardial cell, written down once more: plainly,
 * one after the other, with no thought of speed, and over any field, so that automatic differentiation can go through them.
 *
 * @param <T> numbers, possibly with derivatives
 */
final class OHaraRudyEquations<T extends CalculusFieldElement<T>> {
    private static final double NA_O = 140;
    private static final double K_O = 5.4;
    private static final double CA_O = 1.8;
    private static final double F = 96485;
    private static final double RT = 8314 * 310;
    private static final double LENGTH = 0.01;
    private static final double RADIUS = 0.0011;
    private static final double V_CELL = 1000 * 3.14 * RADIUS * RADIUS * LENGTH;
    private static final double A_CAP = 2 * (2 * 3.14 * RADIUS * RADIUS + 2 * 3.14 * RADIUS * LENGTH);
    private static final double V_MYO = 0.68 * V_CELL;
    private static final double V_NSR = 0.0552 * V_CELL;
    private static final double V_JSR = 0.0048 * V_CELL;
    private static final double V_SS = 0.02 * V_CELL;

    private final Map<String, T> state;
    private final Map<String, T> slope = new HashMap<>();
    private final T V;
    private final T phi;

    private OHaraRudyEquations(Map<String, T> state) {
        this.state = state;
        this.V = y("V");
        T bound = y("CaMK_trap")
                .negate()
                .add(1)
                .multiply(0.05)
                .divide(inverse(y("Ca_ss"), 0.0015).add(1));
        T active = bound.add(y("CaMK_trap"));
        slope.put(
                "CaMK_trap",
                bound.multiply(0.05).multiply(active).subtract(y("CaMK_trap").multiply(0.00068)));
        this.phi = inverse(active, 0.15).add(1).reciprocal();
    }

    /** dy/dt by name, per ms. */
    static <T extends CalculusFieldElement<T>> Map<String, T> derivatives(Map<String, T> state, double current) {
        OHaraRudyEquations<T> equations = new OHaraRudyEquations<>(state);
        equations.evaluate(current);
        return equations.slope;
    }

    private void evaluate(double current) {
        T vf = V.multiply(F / RT);
        T ENa = y("Na_i").reciprocal().multiply(NA_O).log().multiply(RT / F);
        T EK = y("K_i").reciprocal().multiply(K_O).log().multiply(RT / F);
        T EKs = y("K_i").add(y("Na_i").multiply(0.01833))
                .reciprocal()
                .multiply(K_O + 0.01833 * NA_O)
                .log()
                .multiply(RT / F);
        T sodium = sodium(V.subtract(ENa));
        T potassium = transientOutward(V.subtract(EK))
                .add(rapid(V.subtract(EK)))
                .add(slow(V.subtract(EKs)))
                .add(rectifier(V.subtract(EK)))
                .add(V.subtract(EK).multiply(0.003).multiply(sigmoid(14.48, -18.34)));

        T open = openChannels();
        T ICaL = goldman(vf.multiply(2), y("Ca_ss"), 0.341 * CA_O)
                .multiply(2 * F * 1e-4)
                .multiply(open);
        T ICaNa = goldman(vf, y("Na_ss").multiply(0.75), 0.75 * NA_O)
                .multiply(F * 1.25e-7)
                .multiply(open);
        T ICaK = goldman(vf, y("K_ss").multiply(0.75), 0.75 * K_O)
                .multiply(F * 3.574e-8)
                .multiply(open);
        T exchange = exchanger(vf, y("Na_i"), y("Ca_i")).multiply(0.8);
        T exchangeSs = exchanger(vf, y("Na_ss"), y("Ca_ss")).multiply(0.2);
        T pump = pump(vf);
        T INab = goldman(vf, y("Na_i"), NA_O).multiply(F * 3.75e-10);
        T ICab = goldman(vf.multiply(2), y("Ca_i"), 0.341 * CA_O).multiply(2 * F * 2.5e-8);
        T IpCa = y("Ca_i").multiply(0.0005).divide(y("Ca_i").add(0.0005));

        T total = sodium.add(potassium)
                .add(ICaL)
                .add(ICaNa)
                .add(ICaK)
                .add(exchange)
                .add(exchangeSs)
                .add(pump)
                .add(INab)
                .add(ICab)
                .add(IpCa);
        slope.put("V", total.negate().add(current));

        double myo = A_CAP / (F * V_MYO);
        double ss = A_CAP / (F * V_SS);
        T diffusionNa = y("Na_ss").subtract(y("Na_i")).divide(2);
        T diffusionK = y("K_ss").subtract(y("K_i")).divide(2);
        T diffusionCa = y("Ca_ss").subtract(y("Ca_i")).divide(0.2);
        T sodiumIn = sodium.add(exchange.multiply(3)).add(pump.multiply(3)).add(INab);
        slope.put("Na_i", sodiumIn.multiply(-myo).add(diffusionNa.multiply(V_SS / V_MYO)));
        slope.put("Na_ss", ICaNa.add(exchangeSs.multiply(3)).multiply(-ss).subtract(diffusionNa));
        T potassiumOut = potassium.subtract(pump.multiply(2)).subtract(current);
        slope.put("K_i", potassiumOut.multiply(-myo).add(diffusionK.multiply(V_SS / V_MYO)));
        slope.put("K_ss", ICaK.multiply(-ss).subtract(diffusionK));

        release("J_rel_NP", 4.75, ICaL);
        release("J_rel_CaMK", 5.9375, ICaL);
        T released = mix(y("J_rel_NP"), y("J_rel_CaMK"));
        T uptake = mix(uptake(1, 0.00092), uptake(2.75, 0.00092 - 0.00017))
                .subtract(y("Ca_nsr").multiply(0.0039375 / 15));
        T transfer = y("Ca_nsr").subtract(y("Ca_jsr")).divide(100);
        T bufferI = buffer(y("Ca_i"), 0.05, 0.00238).add(buffer(y("Ca_i"), 0.07, 0.0005));
        T bufferSs = buffer(y("Ca_ss"), 0.047, 0.00087).add(buffer(y("Ca_ss"), 1.124, 0.0087));
        T intoMyo = IpCa.add(ICab)
                .subtract(exchange.multiply(2))
                .multiply(-myo / 2)
                .subtract(uptake.multiply(V_NSR / V_MYO))
                .add(diffusionCa.multiply(V_SS / V_MYO));
        slope.put("Ca_i", intoMyo.divide(bufferI.add(1)));
        T intoSs = ICaL.subtract(exchangeSs.multiply(2))
                .multiply(-ss / 2)
                .add(released.multiply(V_JSR / V_SS))
                .subtract(diffusionCa);
        slope.put("Ca_ss", intoSs.divide(bufferSs.add(1)));
        slope.put("Ca_nsr", uptake.subtract(transfer.multiply(V_JSR / V_NSR)));
        slope.put(
                "Ca_jsr",
                transfer.subtract(released).divide(buffer(y("Ca_jsr"), 10, 0.8).add(1)));
    }

    private T sodium(T drive) {
        T tauM = rates(6.765, -11.64, 34.77, 8.552, -77.42, -5.955).reciprocal();
        gate("m", sigmoid(-39.57, -9.871), tauM);
        T hInf = sigmoid(-82.9, 6.086);
        gate(
                "h_fast",
                hInf,
                rates(1.432e-5, -1.196, -6.285, 6.149, -0.5096, 20.27).reciprocal());
        T tauSlow = rates(0.009794, -17.95, -28.05, 0.3343, -5.73, 56.66).reciprocal();
        gate("h_slow", hInf, tauSlow);
        T tauJ = rates(0.02136, -100.6, -8.281, 0.3052, -0.9941, 38.45)
                .reciprocal()
                .add(2.038);
        gate("j", hInf, tauJ);
        gate("h_CaMK_slow", sigmoid(-89.1, 6.086), tauSlow.multiply(3));
        gate("j_CaMK", hInf, tauJ.multiply(1.46));
        gate("m_L", sigmoid(-42.85, -5.264), tauM);
        gate("h_L", sigmoid(-87.61, 7.488), V.newInstance(200));
        gate("h_L_CaMK", sigmoid(-93.81, 7.488), V.newInstance(600));
        T h = y("h_fast").multiply(0.99).add(y("h_slow").multiply(0.01));
        T hCamk = y("h_fast").multiply(0.99).add(y("h_CaMK_slow").multiply(0.01));
        T fast = y("m").pow(3)
                .multiply(mix(h.multiply(y("j")), hCamk.multiply(y("j_CaMK"))))
                .multiply(75);
        T late = y("m_L").multiply(mix(y("h_L"), y("h_L_CaMK"))).multiply(0.0075);
        return drive.multiply(fast.add(late));
    }

    private T transientOutward(T drive) {
        T rate = sigmoid(18.4099, -29.3814)
                .divide(1.2089)
                .add(sigmoid(-100, 29.3814).multiply(3.5));
        T tauA = rate.reciprocal().multiply(1.0515);
        gate("a", sigmoid(14.34, -14.82), tauA);
        gate("a_CaMK", sigmoid(24.34, -14.82), tauA);
        T iInf = sigmoid(-43.94, 5.711);
        T tauFast = rates(0.3933, -100, -100, 0.08004, -50, 16.59).reciprocal().add(4.562);
        T tauSlow = rates(0.001416, -96.52, -59.05, 1.78e-8, -114.1, 8.079)
                .reciprocal()
                .add(23.62);
        gate("i_fast", iInf, tauFast);
        gate("i_slow", iInf, tauSlow);
        T development = rates(1, 167.4, 15.89, 1, 12.23, -0.2154)
                .reciprocal()
                .multiply(1e-4)
                .add(1.354);
        T recovery = sigmoid(-70, 20).multiply(-0.5).add(1);
        T slower = development.multiply(recovery);
        gate("i_CaMK_fast", iInf, tauFast.multiply(slower));
        gate("i_CaMK_slow", iInf, tauSlow.multiply(slower));
        T fast = sigmoid(213.6, 151.2);
        T i = weighted(fast, y("i_fast"), y("i_slow"));
        T iCamk = weighted(fast, y("i_CaMK_fast"), y("i_CaMK_slow"));
        return drive.multiply(0.02).multiply(mix(y("a").multiply(i), y("a_CaMK").multiply(iCamk)));
    }

    /** Share of calcium channels that are open, the phosphorylated ones counted 1.1 times. */
    private T openChannels() {
        gate(
                "d",
                sigmoid(-3.94, -4.23),
                rates(1, -6, -20, 1, -14, 1 / 0.09).reciprocal().add(0.6));
        T fInf = sigmoid(-19.58, 3.696);
        T tauFast = rates(0.0045, -20, -10, 0.0045, -20, 10).reciprocal().add(7);
        T tauCaFast = rates(0.04, 4, -7, 0.04, 4, 7).reciprocal().add(7);
        gate("f_fast", fInf, tauFast);
        gate("f_slow", fInf, rates(3.5e-5, -5, -4, 3.5e-5, -5, 6).reciprocal().add(1000));
        gate("f_Ca_fast", fInf, tauCaFast);
        gate("f_Ca_slow", fInf, rates(1.2e-4, 0, -3, 1.2e-4, 0, 7).reciprocal().add(100));
        gate("j_Ca", fInf, V.newInstance(75));
        gate("f_CaMK_fast", fInf, tauFast.multiply(2.5));
        gate("f_Ca_CaMK_fast", fInf, tauCaFast.multiply(2.5));
        T alpha = y("j_Ca")
                .reciprocal()
                .multiply(1000)
                .add(inverse(y("Ca_ss"), 0.002).add(1).pow(4))
                .reciprocal();
        T n = y("n");
        slope.put("n", alpha.multiply(1000).subtract(n.multiply(y("j_Ca"))));
        T fast = sigmoid(10, 10).multiply(0.6).add(0.3);
        T f = y("f_fast").multiply(0.6).add(y("f_slow").multiply(0.4));
        T fCamk = y("f_CaMK_fast").multiply(0.6).add(y("f_slow").multiply(0.4));
        T fCa = weighted(fast, y("f_Ca_fast"), y("f_Ca_slow"));
        T fCaCamk = weighted(fast, y("f_Ca_CaMK_fast"), y("f_Ca_slow"));
        T bound = n.multiply(y("j_Ca"));
        T free = n.negate().add(1);
        T plain = f.multiply(free).add(fCa.multiply(bound));
        T phosphorylated = fCamk.multiply(free).add(fCaCamk.multiply(bound)).multiply(1.1);
        return y("d").multiply(mix(plain, phosphorylated));
    }

    private T rapid(T drive) {
        T inf = sigmoid(-8.337, -6.789);
        gate(
                "x_r_fast",
                inf,
                rates(0.3652, 31.66, 3.869, 4.123e-5, 47.78, -20.38)
                        .reciprocal()
                        .add(12.98));
        gate(
                "x_r_slow",
                inf,
                rates(0.06629, 34.7, 7.355, 1.128e-5, 29.74, -25.94)
                        .reciprocal()
                        .add(1.865));
        T x = weighted(sigmoid(-54.81, 38.21), y("x_r_fast"), y("x_r_slow"));
        return drive.multiply(0.046).multiply(x).multiply(sigmoid(-55, 75)).multiply(sigmoid(10, 30));
    }

    private T slow(T drive) {
        T inf = sigmoid(-11.6, -8.932);
        gate(
                "x_s1",
                inf,
                rates(2.326e-4, -48.28, 17.8, 0.001292, -210, -230).reciprocal().add(817.3));
        gate("x_s2", inf, rates(0.01, 50, 20, 0.0193, -66.54, -31).reciprocal());
        T calcium = inverse(y("Ca_i"), 3.8e-5)
                .pow(1.4)
                .add(1)
                .reciprocal()
                .multiply(0.6)
                .add(1);
        return drive.multiply(0.0034).multiply(calcium).multiply(y("x_s1")).multiply(y("x_s2"));
    }

    private T rectifier(T drive) {
        T inf = sigmoid(-(2.5538 * K_O + 144.59), -(1.5692 * K_O + 3.8115));
        gate(
                "x_k1",
                inf,
                rates(1, -127.2, -20.36, 1, -236.8, 69.33).reciprocal().multiply(122.2));
        T rectification = sigmoid(-(105.8 - 2.6 * K_O), 9.493);
        return drive.multiply(0.1908 * Math.sqrt(K_O)).multiply(y("x_k1")).multiply(rectification);
    }

    private T exchanger(T vf, T na, T ca) {
        T hCa = vf.multiply(0.167).exp();
        T hNa = vf.multiply(0.5224).exp();
        T h1 = na.divide(88.12).multiply(hNa.add(1)).add(1);
        T h2 = na.multiply(hNa).divide(h1.multiply(88.12));
        T h4 = na.divide(15).multiply(na.divide(5).add(1)).add(1);
        T h5 = na.multiply(na).divide(h4.multiply(75));
        T h7 = hNa.reciprocal().add(1).multiply(NA_O / 88.12).add(1);
        T h8 = hNa.multiply(h7).multiply(88.12).reciprocal().multiply(NA_O);
        double h10 = 12.5 + 1 + NA_O / 15 * (1 + NA_O / 5);
        double k1 = CA_O * 1.5e6 / h10;
        double k2 = 5e3;
        T k3Second = h8.multiply(5e3);
        T k3 = h7.reciprocal().multiply(6e4).add(k3Second);
        T k4Second = h2.multiply(5e3);
        T k4 = h1.multiply(hCa).reciprocal().multiply(6e4).add(k4Second);
        T k6 = ca.multiply(1.5e6).divide(h4);
        T k7 = h5.multiply(h2).multiply(6e4);
        T k8 = h8.multiply(NA_O * NA_O / (h10 * 75) * 6e4);
        T x1 = k4.multiply(k7.add(k6)).multiply(k2).add(k7.multiply(k3.add(k2)).multiply(k2));
        T x2 = k7.multiply(k4.add(k2)).multiply(k1).add(k4.multiply(k6).multiply(k8.add(k1)));
        T x3 = k3.multiply(k7.add(k6)).multiply(k1).add(k8.multiply(k6).multiply(k3.add(k2)));
        T x4 = k8.multiply(k4.add(k2)).multiply(k2).add(k3.multiply(k8.add(k1)).multiply(k2));
        T sum = x1.add(x2).add(x3).add(x4);
        T JNa = x4.multiply(k7)
                .subtract(x1.multiply(k8))
                .multiply(3)
                .add(x3.multiply(k4Second))
                .subtract(x2.multiply(k3Second))
                .divide(sum);
        T JCa = x2.multiply(k2).subtract(x1.multiply(k1)).divide(sum);
        T allosteric = inverse(ca, 150e-6).pow(2).add(1).reciprocal();
        return allosteric.multiply(0.0008).multiply(JNa.add(JCa.multiply(2)));
    }

    private T pump(T vf) {
        T sodium = y("Na_i").divide(vf.multiply(-0.155 / 3).exp().multiply(9.073));
        T outerSodium =
                vf.multiply(1.155 / 3).exp().multiply(27.78).reciprocal().multiply(NA_O);
        T potassium = y("K_i").divide(0.5);
        double outerPotassium = K_O / 0.3582;
        double atp = 9.8 / 1.698e-7;
        T phosphate = y("Na_i")
                .divide(224)
                .add(y("K_i").divide(292))
                .add(1 + 1e-7 / 1.698e-7)
                .reciprocal()
                .multiply(4.2);
        T inner = sodium.add(1).pow(3).add(potassium.add(1).pow(2)).subtract(1);
        T outer = outerSodium.add(1).pow(3).add(Math.pow(1 + outerPotassium, 2) - 1);
        T a1 = sodium.pow(3).multiply(949.5).divide(inner);
        double b1 = 182.4 * 0.05;
        double a2 = 687.2;
        T b2 = outerSodium.pow(3).multiply(39.4).divide(outer);
        T a3 = outer.reciprocal().multiply(1899 * outerPotassium * outerPotassium);
        T b3 = phosphate.multiply(79300 * 1e-7 / (1 + atp));
        double a4 = 639 * atp / (1 + atp);
        T b4 = potassium.pow(2).multiply(40).divide(inner);
        T x1 = a1.multiply(a4 * a2)
                .add(b2.multiply(b4).multiply(b3))
                .add(b4.multiply(b3).multiply(a2))
                .add(b3.multiply(a1).multiply(a2));
        T x2 = b2.multiply(b4)
                .multiply(b1)
                .add(a1.multiply(a3).multiply(a2))
                .add(a3.multiply(b4).multiply(b1))
                .add(a3.multiply(b4).multiply(a2));
        T x3 = a3.multiply(a2 * a4)
                .add(b3.multiply(b2).multiply(b1))
                .add(b2.multiply(b1 * a4))
                .add(a3.multiply(a4 * b1));
        T x4 = b4.multiply(b3)
                .multiply(b2)
                .add(a3.multiply(a1).multiply(a4))
                .add(b2.multiply(a1).multiply(a4))
                .add(b3.multiply(b2).multiply(a1));
        T sum = x1.add(x2).add(x3).add(x4);
        T JNa = x1.multiply(a3).subtract(x2.multiply(b3)).multiply(3);
        T JK = x4.multiply(b1).subtract(x3.multiply(a1)).multiply(2);
        return JNa.add(JK).divide(sum).multiply(30);
    }

    private void release(String name, double binding, T ICaL) {
        T inf = ICaL.multiply(-0.5 * binding)
                .divide(inverse(y("Ca_jsr"), 1.5).pow(8).add(1));
        T tau = inverse(y("Ca_jsr"), 0.0123).add(1).reciprocal().multiply(binding);
        slope.put(name, inf.subtract(y(name)).divide(tau));
    }

    private T uptake(double factor, double affinity) {
        return y("Ca_i").multiply(0.004375 * factor).divide(y("Ca_i").add(affinity));
    }

    private T buffer(T calcium, double capacity, double affinity) {
        return calcium.add(affinity).pow(2).reciprocal().multiply(capacity * affinity);
    }

    /** F vf (inside e^x - outside) / (e^x - 1) without the F. */
    private T goldman(T x, T inside, double outside) {
        T excess = x.expm1();
        return x.multiply(inside.multiply(x.exp()).subtract(outside)).divide(excess);
    }

    private T y(String name) {
        return state.get(name);
    }

    private void gate(String name, T steadyState, T tauMs) {
        slope.put(name, steadyState.subtract(y(name)).divide(tauMs));
    }

    /** 1 / (1 + exp((V - half) / steepness)). */
    private T sigmoid(double half, double steepness) {
        return V.subtract(half).divide(steepness).exp().add(1).reciprocal();
    }

    /** A exp((V - a) / s) + B exp((V - b) / u). */
    private T rates(double A, double a, double s, double B, double b, double u) {
        return V.subtract(a)
                .divide(s)
                .exp()
                .multiply(A)
                .add(V.subtract(b).divide(u).exp().multiply(B));
    }

    private T weighted(T share, T first, T second) {
        return share.multiply(first).add(share.negate().add(1).multiply(second));
    }

    private T mix(T plain, T phosphorylated) {
        return weighted(phi, phosphorylated, plain);
    }

    private T inverse(T value, double numerator) {
        return value.reciprocal().multiply(numerator);
    }
}
