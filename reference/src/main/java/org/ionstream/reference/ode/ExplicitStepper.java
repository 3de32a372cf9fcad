package org.ionstream.reference.ode;

/** Single steps of an explicit Runge-Kutta pair. */
final class ExplicitStepper implements OneStepMethod {
    /** Steps in a row at the limit of stability after which the system counts as stiff: a phase of rest has fewer. */
    private static final int STEPS_HELD_BACK = 1_000;

    private final ExplicitTableau method;
    private final FirstOrderSystem system;
    private final int dimension;
    private final int last;
    private final double[] start;
    private final double[] end;
    private final double[] error;
    /** The argument of the stage before the last, which has the time of the last. */
    private final double[] beforeLast;
    /** Slopes, [stage][variable]; first and last change places when a step is taken. */
    private final double[][] k;
    /** Dense output, [term][variable]. */
    private final double[][] dense = new double[3][];

    private double startTime;
    private double step;
    private int evaluations;
    private int heldBack;

    ExplicitStepper(ExplicitTableau method, FirstOrderSystem system) {
        this.method = method;
        this.system = system;
        this.dimension = system.dimension();
        this.last = method.stages() - 1;
        this.start = new double[dimension];
        this.end = new double[dimension];
        this.error = new double[dimension];
        this.beforeLast = new double[dimension];
        this.k = new double[method.stages()][dimension];
        for (int term = 0; term < dense.length; term++) {
            dense[term] = new double[dimension];
        }
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public int order() {
        return method.order();
    }

    @Override
    public int evaluationsPerStep() {
        return last;
    }

    @Override
    public int evaluations() {
        return evaluations;
    }

    @Override
    public void startAt(double time, double[] state) {
        startTime = time;
        System.arraycopy(state, 0, start, 0, dimension);
        system.derivatives(time, start, k[0]);
        evaluations++;
        heldBack = 0;
    }

    @Override
    public void proceed() {
        startTime += step;
        System.arraycopy(end, 0, start, 0, dimension);
        double[] first = k[0];
        k[0] = k[last];
        k[last] = first;
    }

    @Override
    public boolean attempt(double h) {
        step = h;
        for (int stage = 1; stage <= last; stage++) {
            double[] point = stage == last ? end : stage == last - 1 ? beforeLast : error;
            combine(method.a()[stage], stage, point);
            system.derivatives(startTime + method.c()[stage] * h, point, k[stage]);
            evaluations++;
        }
        double[] e = method.e();
        boolean finite = true;
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int stage = 0; stage <= last; stage++) {
                sum += e[stage] * k[stage][i];
            }
            error[i] = h * sum;
            finite &= Double.isFinite(end[i]) && Double.isFinite(sum);
        }
        watchStability();
        return finite;
    }

    private void combine(double[] weights, int count, double[] point) {
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int stage = 0; stage < count; stage++) {
                sum += weights[stage] * k[stage][i];
            }
            point[i] = start[i] + step * sum;
        }
    }

    /** The rate seen by two slopes at the same time (Hairer and Wanner, "Solving ordinary differential equations II", IV.2). */
    private void watchStability() {
        double slopes = 0;
        double states = 0;
        for (int i = 0; i < dimension; i++) {
            double slope = k[last][i] - k[last - 1][i];
            double state = end[i] - beforeLast[i];
            slopes += slope * slope;
            states += state * state;
        }
        boolean atLimit = step * step * slopes > method.stabilityLimit() * method.stabilityLimit() * states;
        // accepted and rejected trials alternate at the limit, so that one below it proves nothing
        heldBack = Math.max(0, heldBack + (atLimit ? 1 : -1));
    }

    @Override
    public boolean isHeldBack() {
        return heldBack >= STEPS_HELD_BACK;
    }

    @Override
    public void prepareDenseOutput() {
        double[] d = method.d();
        for (int i = 0; i < dimension; i++) {
            double difference = end[i] - start[i];
            double sum = 0;
            for (int stage = 0; stage <= last; stage++) {
                sum += d[stage] * k[stage][i];
            }
            dense[0][i] = step * k[0][i] - difference;
            dense[1][i] = difference - step * k[last][i] - dense[0][i];
            dense[2][i] = step * sum;
        }
    }

    @Override
    public double interpolated(int variable, double theta) {
        double left = 1 - theta;
        double inner = dense[0][variable] + theta * (dense[1][variable] + left * dense[2][variable]);
        return start[variable] + theta * (end[variable] - start[variable] + left * inner);
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
