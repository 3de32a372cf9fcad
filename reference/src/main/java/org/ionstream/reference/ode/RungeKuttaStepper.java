package org.ionstream.reference.ode;

/**
 * Single steps of an explicit Runge-Kutta pair whose last stage is the first of the next step. Nothing is allocated after
 * construction. One thread.
 */
public final class RungeKuttaStepper implements OneStepMethod {
    private final RungeKuttaTableau method;
    private final OdeSystem system;
    private final int dimension;
    private final int last;
    private double[] start;
    private double[] end;
    /** Point of the last stage but one, at the end of the step as well, for the estimate of stiffness. */
    private final double[] point;

    private final double[] error;
    private final double[] zero;
    /** Slopes, [stage][variable]. */
    private final double[][] k;

    private final DenseOutput denseOutput;
    private double startTime;
    private double step;
    private int evaluations;

    public RungeKuttaStepper(RungeKuttaTableau method, OdeSystem system) {
        this.method = method;
        this.system = system;
        this.dimension = system.dimension();
        this.last = method.stages() - 1;
        this.start = new double[dimension];
        this.end = new double[dimension];
        this.point = new double[dimension];
        this.error = new double[dimension];
        this.zero = new double[dimension];
        this.k = new double[method.stages()][dimension];
        this.denseOutput = new DenseOutput(dimension);
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int order() {
        return method.order();
    }

    @Override
    public int stages() {
        return last;
    }

    @Override
    public int evaluations() {
        return evaluations;
    }

    @Override
    public void startAt(double time, double[] state) {
        System.arraycopy(state, 0, start, 0, dimension);
        startTime = time;
        evaluations++;
        system.derivatives(time, start, k[0]);
    }

    @Override
    public void goOn(double time) {
        double[] reached = end;
        end = start;
        start = reached;
        double[] slope = k[last];
        k[last] = k[0];
        k[0] = slope;
        startTime = time;
    }

    @Override
    public boolean attempt(double h) {
        step = h;
        evaluations += last;
        for (int stage = 1; stage <= last; stage++) {
            double[] at = stage == last ? end : point;
            Stages.combine(start, h, method.a()[stage], k, stage, at);
            system.derivatives(startTime + method.c()[stage] * h, at, k[stage]);
        }
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += k[last][i];
        }
        Stages.combine(zero, h, method.e(), k, last + 1, error);
        return Double.isFinite(sum);
    }

    /**
     * An estimate of step times the largest eigenvalue of df/dy, from two slopes at the end of the step: E. Hairer, G. Wanner,
     * "Solving ordinary differential equations II", 1996, section IV.2.
     */
    double stiffness() {
        double slopes = 0;
        double points = 0;
        for (int i = 0; i < dimension; i++) {
            double slope = k[last][i] - k[last - 1][i];
            double distance = end[i] - point[i];
            slopes += slope * slope;
            points += distance * distance;
        }
        return points > 0 ? step * Math.sqrt(slopes / points) : 0;
    }

    @Override
    public void prepareDenseOutput() {
        denseOutput.set(step, method.D(), k);
    }

    @Override
    public void interpolate(double theta, double[] state) {
        denseOutput.interpolate(start, theta, state);
    }

    @Override
    public double[] start() {
        return start;
    }

    @Override
    public double[] end() {
        return end;
    }

    @Override
    public double[] slope() {
        return k[0];
    }

    @Override
    public double[] error() {
        return error;
    }
}
