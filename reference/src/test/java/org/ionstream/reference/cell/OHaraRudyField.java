package org.ionstream.reference.cell;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hipparchus.CalculusFieldElement;

/**
 * The equations of T. O'Hara et al., 2011, DOI 10.1371/journal.pcbi.1002061, a second time: written from the supplement without
 * regard to speed, over any of Hipparchus' fields, so that with {@code Gradient} they differentiate themselves. Shares nothing
 * with {@link OHaraRudy2011} but the names of the variables.
 */
final class OHaraRudyField<T extends CalculusFieldElement<T>> {
    private static final double R = 8314;
    private static final double TEMPERATURE = 310;
    private static final double F = 96485;
    private static final double NA_O = 140;
    private static final double K_O = 5.4;
    private static final double CA_O = 1.8;
    private static final double L = 0.01;
    private static final double RADIUS = 0.0011;
    private static final double V_CELL = 1000 * Math.PI * RADIUS * RADIUS * L;
    private static final double A_CAP = 2 * (2 * Math.PI * RADIUS * RADIUS + 2 * Math.PI * RADIUS * L);
    private static final double V_MYO = .68 * V_CELL;
    private static final double V_NSR = .0552 * V_CELL;
    private static final double V_JSR = .0048 * V_CELL;
    private static final double V_SS = .02 * V_CELL;

    private final boolean epicardial;
    private final boolean midmyocardial;
    private final Map<String, T> y;
    private final Map<String, T> dy = new LinkedHashMap<>();
    private final T V;
    private final T vf;
    private T phi;
    private T releasePerMs;
    private T INa;
    private T IK;
    private T ICaL;
    private T ICaNa;
    private T ICaK;

    private OHaraRudyField(VentricularCell cell, Map<String, T> y) {
        this.epicardial = cell == VentricularCell.EPICARDIAL;
        this.midmyocardial = cell == VentricularCell.MIDMYOCARDIAL;
        this.y = y;
        this.V = y.get("V");
        this.vf = V.multiply(F / (R * TEMPERATURE));
    }

    /** dy/dt by name. */
    static <T extends CalculusFieldElement<T>> Map<String, T> derivatives(
            VentricularCell cell, double current, Map<String, T> state) {
        OHaraRudyField<T> field = new OHaraRudyField<>(cell, new HashMap<>(state));
        field.camk();
        field.sodium();
        field.potassium();
        field.calciumChannel();
        field.balance(current);
        return field.dy;
    }

    private void camk() {
        T trapped = y.get("CaMK_trap");
        T bound = trapped.negate()
                .add(1)
                .multiply(.05)
                .divide(y.get("Ca_ss").reciprocal().multiply(.0015).add(1));
        T active = bound.add(trapped);
        phi = active.reciprocal().multiply(.15).add(1).reciprocal();
        dy.put("CaMK_trap", bound.multiply(active).multiply(.05).subtract(trapped.multiply(.00068)));
    }

    private void sodium() {
        T tauM = e(6.765, 11.64, 34.77).add(e(8.552, 77.42, -5.955)).reciprocal();
        gate("m", sigmoid(39.57, -9.871), tauM);
        T hInf = sigmoid(82.9, 6.086);
        T tauHs = e(.009794, 17.95, -28.05).add(e(.3343, 5.73, 56.66)).reciprocal();
        T tauJ = e(.02136, 100.6, -8.281)
                .add(e(.3052, .9941, 38.45))
                .reciprocal()
                .add(2.038);
        gate(
                "h_fast",
                hInf,
                e(1.432e-5, 1.196, -6.285).add(e(6.149, .5096, 20.27)).reciprocal());
        gate("h_slow", hInf, tauHs);
        gate("j", hInf, tauJ);
        gate("h_CaMK_slow", sigmoid(89.1, 6.086), tauHs.multiply(3));
        gate("j_CaMK", hInf, tauJ.multiply(1.46));
        gate("m_L", sigmoid(42.85, -5.264), tauM);
        gate("h_L", sigmoid(87.61, 7.488), constant(200));
        gate("h_L_CaMK", sigmoid(93.81, 7.488), constant(600));

        T drive = V.subtract(nernst(constant(NA_O), y.get("Na_i")));
        T h = mix(.99, "h_fast", "h_slow");
        T hCamk = mix(.99, "h_fast", "h_CaMK_slow");
        T fast = drive.multiply(75)
                .multiply(y.get("m").pow(3))
                .multiply(shared(h.multiply(y.get("j")), hCamk.multiply(y.get("j_CaMK"))));
        T late = drive.multiply(.0075 * factor(.6, 1))
                .multiply(y.get("m_L"))
                .multiply(shared(y.get("h_L"), y.get("h_L_CaMK")));
        INa = fast.add(late);
    }

    private void potassium() {
        T tauA = sigmoid(-18.4099, -29.3814)
                .divide(1.2089)
                .add(sigmoid(100, 29.3814).multiply(3.5))
                .reciprocal()
                .multiply(1.0515);
        gate("a", sigmoid(-14.34, -14.82), tauA);
        gate("a_CaMK", sigmoid(-24.34, -14.82), tauA);
        T iInf = sigmoid(43.94, 5.711);
        T epi = epicardial ? sigmoid(70, 5).multiply(-.95).add(1) : constant(1);
        T tauIf = e(.3933, 100, -100)
                .add(e(.08004, 50, 16.59))
                .reciprocal()
                .add(4.562)
                .multiply(epi);
        T tauIs = e(.001416, 96.52, -59.05)
                .add(e(1.78e-8, 114.1, 8.079))
                .reciprocal()
                .add(23.62)
                .multiply(epi);
        T steep = V.subtract(12.23).divide(-.2154);
        // where it overflows it is infinite, and what it divides is zero
        T development = steep.getReal() > 300
                ? constant(1.354)
                : e(1, -167.4, 15.89)
                        .add(steep.exp())
                        .reciprocal()
                        .multiply(1e-4)
                        .add(1.354);
        T slower = development.multiply(sigmoid(70, 20).multiply(-.5).add(1));
        gate("i_fast", iInf, tauIf);
        gate("i_slow", iInf, tauIs);
        gate("i_CaMK_fast", iInf, tauIf.multiply(slower));
        gate("i_CaMK_slow", iInf, tauIs.multiply(slower));
        T aIf = sigmoid(-213.6, 151.2);
        T i = mix(aIf, "i_fast", "i_slow");
        T iCamk = mix(aIf, "i_CaMK_fast", "i_CaMK_slow");

        T xrInf = sigmoid(8.337, -6.789);
        gate(
                "x_r_fast",
                xrInf,
                e(.3652, -31.66, 3.869)
                        .add(e(4.123e-5, -47.78, -20.38))
                        .reciprocal()
                        .add(12.98));
        gate(
                "x_r_slow",
                xrInf,
                e(.06629, -34.7, 7.355)
                        .add(e(1.128e-5, -29.74, -25.94))
                        .reciprocal()
                        .add(1.865));
        T xsInf = sigmoid(11.6, -8.932);
        gate(
                "x_s1",
                xsInf,
                e(2.326e-4, 48.28, 17.8).add(e(.001292, 210, -230)).reciprocal().add(817.3));
        gate("x_s2", xsInf, e(.01, -50, 20).add(e(.0193, 66.54, -31)).reciprocal());
        gate(
                "x_k1",
                sigmoid(2.5538 * K_O + 144.59, -(1.5692 * K_O + 3.8115)),
                e(1, 127.2, -20.36).add(e(1, 236.8, 69.33)).reciprocal().multiply(122.2));

        T drive = V.subtract(nernst(constant(K_O), y.get("K_i")));
        T slowDrive = V.subtract(nernst(
                constant(K_O + .01833 * NA_O), y.get("K_i").add(y.get("Na_i").multiply(.01833))));
        T Ito = drive.multiply(.02 * factor(4, 4))
                .multiply(shared(y.get("a").multiply(i), y.get("a_CaMK").multiply(iCamk)));
        T IKr = drive.multiply(.046 * factor(1.3, .8) * Math.sqrt(K_O / 5.4))
                .multiply(mix(sigmoid(54.81, 38.21), "x_r_fast", "x_r_slow"))
                .multiply(sigmoid(55, 75))
                .multiply(sigmoid(-10, 30));
        T binding = y.get("Ca_i").reciprocal().multiply(3.8e-5).pow(1.4);
        T IKs = slowDrive
                .multiply(.0034 * factor(1.4, 1))
                .multiply(binding.add(1).reciprocal().multiply(.6).add(1))
                .multiply(y.get("x_s1"))
                .multiply(y.get("x_s2"));
        T IK1 = drive.multiply(.1908 * factor(1.2, 1.3) * Math.sqrt(K_O))
                .multiply(y.get("x_k1"))
                .multiply(sigmoid(105.8 - 2.6 * K_O, 9.493));
        T IKb = drive.multiply(.003 * factor(.6, 1)).multiply(sigmoid(-14.48, -18.34));
        IK = Ito.add(IKr).add(IKs).add(IK1).add(IKb);
    }

    private void calciumChannel() {
        T fInf = sigmoid(19.58, 3.696);
        T tauFf = e(.0045, 20, -10).add(e(.0045, 20, 10)).reciprocal().add(7);
        T tauFcaf = e(.04, -4, -7).add(e(.04, -4, 7)).reciprocal().add(7);
        gate(
                "d",
                sigmoid(3.94, -4.23),
                e(1, 6, -1 / .05).add(e(1, 14, 1 / .09)).reciprocal().add(.6));
        gate("f_fast", fInf, tauFf);
        gate("f_slow", fInf, e(3.5e-5, 5, -4).add(e(3.5e-5, 5, 6)).reciprocal().add(1000));
        gate("f_Ca_fast", fInf, tauFcaf);
        gate(
                "f_Ca_slow",
                fInf,
                e(1.2e-4, 0, -3).add(e(1.2e-4, 0, 7)).reciprocal().add(100));
        gate("j_Ca", fInf, constant(75));
        gate("f_CaMK_fast", fInf, tauFf.multiply(2.5));
        gate("f_Ca_CaMK_fast", fInf, tauFcaf.multiply(2.5));
        T n = y.get("n");
        T jCa = y.get("j_Ca");
        T alphaN = jCa.reciprocal()
                .multiply(1000)
                .add(y.get("Ca_ss").reciprocal().multiply(.002).add(1).pow(4))
                .reciprocal();
        dy.put("n", alphaN.multiply(1000).subtract(n.multiply(jCa)));

        T aFcaf = sigmoid(-10, 10).multiply(.6).add(.3);
        T open = open(mix(.6, "f_fast", "f_slow"), mix(aFcaf, "f_Ca_fast", "f_Ca_slow"), n, jCa);
        T openCamk = open(mix(.6, "f_CaMK_fast", "f_slow"), mix(aFcaf, "f_Ca_CaMK_fast", "f_Ca_slow"), n, jCa);
        T channels = shared(open, openCamk.multiply(1.1));
        double PCa = 1e-4 * factor(1.2, 2.5);
        ICaL = channels.multiply(PCa).multiply(flow(2, 1, y.get("Ca_ss"), .341, CA_O));
        ICaNa = channels.multiply(.00125 * PCa).multiply(flow(1, .75, y.get("Na_ss"), .75, NA_O));
        ICaK = channels.multiply(3.574e-4 * PCa).multiply(flow(1, .75, y.get("K_ss"), .75, K_O));
    }

    private void balance(double current) {
        T Nai = y.get("Na_i");
        T Cai = y.get("Ca_i");
        T INaCaI = exchange(Nai, Cai).multiply(.8);
        T INaCaSs = exchange(y.get("Na_ss"), y.get("Ca_ss")).multiply(.2);
        T INaK = pump(Nai, y.get("K_i"));
        T INab = flow(1, 1, Nai, 1, NA_O).multiply(3.75e-10);
        T ICab = flow(2, 1, Cai, .341, CA_O).multiply(2.5e-8);
        T IpCa = Cai.multiply(.0005).divide(Cai.add(.0005));
        T total = INa.add(IK).add(ICaL).add(ICaNa).add(ICaK).add(INaCaI).add(INaCaSs);
        dy.put("V", total.add(INaK).add(INab).add(ICab).add(IpCa).negate().add(current));

        double perMyo = A_CAP / (F * V_MYO);
        double perSs = A_CAP / (F * V_SS);
        T diffNa = y.get("Na_ss").subtract(Nai).divide(2);
        T diffK = y.get("K_ss").subtract(y.get("K_i")).divide(2);
        T diffCa = y.get("Ca_ss").subtract(Cai).divide(.2);
        T outNa = INa.add(INaCaI.multiply(3)).add(INaK.multiply(3)).add(INab);
        dy.put("Na_i", diffNa.multiply(V_SS / V_MYO).subtract(outNa.multiply(perMyo)));
        dy.put("Na_ss", ICaNa.add(INaCaSs.multiply(3)).multiply(-perSs).subtract(diffNa));
        T outK = IK.subtract(INaK.multiply(2)).subtract(current);
        dy.put("K_i", diffK.multiply(V_SS / V_MYO).subtract(outK.multiply(perMyo)));
        dy.put("K_ss", ICaK.multiply(-perSs).subtract(diffK));
        calciumStores(IpCa.add(ICab).subtract(INaCaI.multiply(2)), ICaL.subtract(INaCaSs.multiply(2)), diffCa);
    }

    private void calciumStores(T outMyo, T outSs, T diffusion) {
        T Cai = y.get("Ca_i");
        T Cass = y.get("Ca_ss");
        T jsr = y.get("Ca_jsr");
        release("J_rel_NP", 4.75);
        release("J_rel_CaMK", 1.25 * 4.75);
        releasePerMs = shared(y.get("J_rel_NP"), y.get("J_rel_CaMK"));
        T up = Cai.divide(Cai.add(.00092));
        T upCamk = Cai.divide(Cai.add(.00092 - .00017)).multiply(2.75);
        T uptake = shared(up, upCamk)
                .multiply(.004375 * factor(1.3, 1))
                .subtract(y.get("Ca_nsr").multiply(.0039375 / 15));
        T transfer = y.get("Ca_nsr").subtract(jsr).divide(100);
        T bufferI = buffer(Cai, .05 * factor(1.3, 1), .00238)
                .add(buffer(Cai, .07, .0005))
                .add(1);
        T bufferSs = buffer(Cass, .047, .00087).add(buffer(Cass, 1.124, .0087)).add(1);
        T bufferJsr = buffer(jsr, 10, .8).add(1);
        dy.put(
                "Ca_i",
                diffusion
                        .multiply(V_SS / V_MYO)
                        .subtract(outMyo.multiply(A_CAP / (2 * F * V_MYO)))
                        .subtract(uptake.multiply(V_NSR / V_MYO))
                        .divide(bufferI));
        dy.put(
                "Ca_ss",
                releasePerMs
                        .multiply(V_JSR / V_SS)
                        .subtract(outSs.multiply(A_CAP / (2 * F * V_SS)))
                        .subtract(diffusion)
                        .divide(bufferSs));
        dy.put("Ca_nsr", uptake.subtract(transfer.multiply(V_JSR / V_NSR)));
        dy.put("Ca_jsr", transfer.subtract(releasePerMs).divide(bufferJsr));
    }

    private void release(String name, double bt) {
        T jsr = y.get("Ca_jsr");
        T infinity = ICaL.multiply(-.5 * bt * factor(1, 1.7))
                .divide(jsr.reciprocal().multiply(1.5).pow(8).add(1));
        T tau = jsr.reciprocal().multiply(.0123).add(1).reciprocal().multiply(bt);
        dy.put(name, infinity.subtract(y.get(name)).divide(tau.getReal() < .001 ? constant(.001) : tau));
    }

    private T exchange(T na, T ca) {
        T hCa = vf.multiply(.167).exp();
        T hNa = vf.multiply(.5224).exp();
        T h1 = na.divide(88.12).multiply(hNa.add(1)).add(1);
        T h2 = na.multiply(hNa).divide(h1.multiply(88.12));
        T h4 = na.divide(15).multiply(na.divide(5).add(1)).add(1);
        T h5 = na.multiply(na).divide(h4.multiply(75));
        T h7 = hNa.reciprocal().add(1).multiply(NA_O / 88.12).add(1);
        T h8 = hNa.multiply(h7).reciprocal().multiply(NA_O / 88.12);
        double h10 = 12.5 + 1 + NA_O / 15 * (1 + NA_O / 5);
        T k1 = constant(CA_O * 1.5e6 / h10);
        T k2 = constant(5e3);
        T k5 = k2;
        T k3b = h8.multiply(5e3);
        T k3 = h7.reciprocal().multiply(6e4).add(k3b);
        T k4b = h2.multiply(5e3);
        T k4 = h1.multiply(hCa).reciprocal().multiply(6e4).add(k4b);
        T k6 = ca.multiply(1.5e6).divide(h4);
        T k7 = h5.multiply(h2).multiply(6e4);
        T k8 = h8.multiply(NA_O * NA_O / (h10 * 75) * 6e4);
        T x1 = k2.multiply(k4).multiply(k7.add(k6)).add(k5.multiply(k7).multiply(k2.add(k3)));
        T x2 = k1.multiply(k7).multiply(k4.add(k5)).add(k4.multiply(k6).multiply(k1.add(k8)));
        T x3 = k1.multiply(k3).multiply(k7.add(k6)).add(k8.multiply(k6).multiply(k2.add(k3)));
        T x4 = k2.multiply(k8).multiply(k4.add(k5)).add(k3.multiply(k5).multiply(k1.add(k8)));
        T JNa = x4.multiply(k7)
                .subtract(x1.multiply(k8))
                .multiply(3)
                .add(x3.multiply(k4b))
                .subtract(x2.multiply(k3b));
        T JCa = x2.multiply(k2).subtract(x1.multiply(k1));
        T allo = ca.reciprocal().multiply(150e-6).pow(2).add(1);
        return JNa.add(JCa.multiply(2))
                .multiply(.0008 * factor(1.1, 1.4))
                .divide(allo.multiply(x1.add(x2).add(x3).add(x4)));
    }

    private T pump(T nai, T ki) {
        double mgAtp = 9.8 / 1.698e-7;
        T na = nai.divide(vf.multiply(-.155 / 3).exp().multiply(9.073));
        T nao = vf.multiply(1.155 / 3).exp().multiply(27.78).reciprocal().multiply(NA_O);
        T k = ki.divide(.5);
        double ko = K_O / .3582;
        T P = nai.divide(224)
                .add(ki.divide(292))
                .add(1 + 1e-7 / 1.698e-7)
                .reciprocal()
                .multiply(4.2);
        T inner = na.add(1).pow(3).add(k.add(1).pow(2)).subtract(1);
        T outer = nao.add(1).pow(3).add((1 + ko) * (1 + ko) - 1);
        T a1 = na.pow(3).multiply(949.5).divide(inner);
        T b1 = constant(182.4 * .05);
        T a2 = constant(687.2);
        T b2 = nao.pow(3).multiply(39.4).divide(outer);
        T a3 = outer.reciprocal().multiply(1899 * ko * ko);
        T b3 = P.multiply(79300 * 1e-7 / (1 + mgAtp));
        T a4 = constant(639 * mgAtp / (1 + mgAtp));
        T b4 = k.pow(2).multiply(40).divide(inner);
        T x1 = product(a4, a1, a2)
                .add(product(b2, b4, b3))
                .add(product(a2, b4, b3))
                .add(product(b3, a1, a2));
        T x2 = product(b2, b1, b4)
                .add(product(a1, a2, a3))
                .add(product(a3, b1, b4))
                .add(product(a2, a3, b4));
        T x3 = product(a2, a3, a4)
                .add(product(b3, b2, b1))
                .add(product(b2, b1, a4))
                .add(product(a3, a4, b1));
        T x4 = product(b4, b3, b2)
                .add(product(a3, a4, a1))
                .add(product(b2, a4, a1))
                .add(product(b3, b2, a1));
        T JNa = x1.multiply(a3).subtract(x2.multiply(b3)).multiply(3);
        T JK = x4.multiply(b1).subtract(x3.multiply(a1)).multiply(2);
        return JNa.add(JK)
                .multiply(30 * factor(.9, .7))
                .divide(x1.add(x2).add(x3).add(x4));
    }

    /** z^2 VF^2/RT (inner share * inner * exp(zVF/RT) - outer share * outer) / (exp(zVF/RT) - 1); not at V = 0. */
    private T flow(int z, double innerShare, T inner, double outerShare, double outer) {
        T zvf = vf.multiply(z);
        T driven = inner.multiply(innerShare).multiply(zvf.exp()).subtract(outerShare * outer);
        return zvf.multiply(z * F).multiply(driven).divide(zvf.expm1());
    }

    private T open(T f, T fCa, T n, T jCa) {
        T unbound = f.multiply(n.negate().add(1));
        return y.get("d").multiply(unbound.add(fCa.multiply(n).multiply(jCa)));
    }

    private T nernst(T outer, T inner) {
        return outer.divide(inner).log().multiply(R * TEMPERATURE / F);
    }

    private T buffer(T ca, double total, double K) {
        return ca.add(K).pow(2).reciprocal().multiply(total * K);
    }

    /** (1 - phi) plain + phi camk. */
    private T shared(T plain, T camk) {
        return plain.multiply(phi.negate().add(1)).add(camk.multiply(phi));
    }

    private T mix(double share, String fast, String slow) {
        return mix(constant(share), fast, slow);
    }

    private T mix(T share, String fast, String slow) {
        return y.get(fast)
                .multiply(share)
                .add(y.get(slow).multiply(share.negate().add(1)));
    }

    private void gate(String name, T infinity, T tau) {
        dy.put(name, infinity.subtract(y.get(name)).divide(tau));
    }

    /** factor * exp((V + offset) / slope). */
    private T e(double factor, double offset, double slope) {
        return V.add(offset).divide(slope).exp().multiply(factor);
    }

    private T sigmoid(double offset, double slope) {
        return e(1, offset, slope).add(1).reciprocal();
    }

    private T product(T a, T b, T c) {
        return a.multiply(b).multiply(c);
    }

    private T constant(double value) {
        return V.newInstance(value);
    }

    private double factor(double inEpicardium, double inMidmyocardium) {
        return epicardial ? inEpicardium : midmyocardial ? inMidmyocardium : 1;
    }
}
