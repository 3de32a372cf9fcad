package org.ionstream.reference;
import org.hipparchus.ode.*;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;
import org.hipparchus.ode.sampling.*;
import org.ionstream.schemas.cell.*;
import org.ionstream.schemas.message.*;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
public final class ReferenceSolver {
    private final SolverSettings settings;
    public ReferenceSolver(SolverSettings settings) { this.settings = settings; }
    public boolean covers(CellModel m) { return true; }
    public Solution solve(Stimulus s) { return solve(s, s.grid()); }
    public Solution solve(Stimulus s, TimeGrid grid) {
        boolean fhn = s.cellModel().equals(CellModels.FITZHUGH_NAGUMO_1961);
        double[] y = fhn ? new double[] {0, 0} : new double[] {2.757e-4, 5.2934e-2, 5.9611e-1, 3.1768e-1};
        double[][] out = new double[y.length][grid.samples()];
        int[] next = {0};
        double rtol = settings.relativeTolerance();
        double end = grid.horizonMs();
        for (Stimulus.Segment seg : s.segments(end)) {
            var in = new DormandPrince54Integrator(1e-10, 1, rtol * 1e-2, rtol);
            double I = seg.current();
            in.addStepHandler(new ODEStepHandler() {
                public void handleStep(ODEStateInterpolator ip) {
                    double t1 = ip.getCurrentState().getTime();
                    while (next[0] < grid.samples() && grid.timeMs(next[0]) <= t1 + 1e-12) {
                        double[] v = ip.getInterpolatedState(grid.timeMs(next[0])).getPrimaryState();
                        for (int k = 0; k < v.length; k++) out[k][next[0]] = v[k];
                        next[0]++;
                    }
                }
            });
            OrdinaryDifferentialEquation ode = new OrdinaryDifferentialEquation() {
                public int getDimension() { return out.length; }
                public double[] computeDerivatives(double t, double[] x) { return fhn ? fhn(x, I) : hh(x, I); }
            };
            y = in.integrate(ode, new ODEState(seg.startMs(), y), seg.endMs()).getPrimaryState();
        }
        return new Solution(Outcome.OK, "", grid, out, null);
    }
    static double[] fhn(double[] x, double I) {
        return new double[] {5 * x[0] * (x[0] - 0.1) * (1 - x[0]) - x[1] + I, 0.1 * (x[0] - 0.25 * x[1])};
    }
    static double q(double x) { return Math.abs(x) < 1e-8 ? 1 - x / 2 : x / Math.expm1(x); }
    static double[] hh(double[] y, double I) {
        double V = y[0], m = y[1], h = y[2], n = y[3];
        double am = q((25 - V) / 10), bm = 4 * Math.exp(-V / 18), ah = .07 * Math.exp(-V / 20), bh = 1 / (Math.exp((30 - V) / 10) + 1);
        double an = .1 * q((10 - V) / 10), bn = .125 * Math.exp(-V / 80);
        return new double[] {
            -(120 * m * m * m * h * (V - 115) + 36 * n * n * n * n * (V + 12) + .3 * (V - 10.6)) + I,
            am * (1 - m) - bm * m, ah * (1 - h) - bh * h, an * (1 - n) - bn * n};
    }
}
