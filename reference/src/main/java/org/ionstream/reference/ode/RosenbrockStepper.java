package org.ionstream.reference.ode;

/**
 * Single steps of a Rosenbrock method. Nothing is allocated after construction, so that a solve of thousands of steps costs its
 * arithmetic only. One thread.
 */
public final class RosenbrockStepper implements OneStepMethod {
    private final RosenbrockTableau method;
    private final StiffSystem system;
    private final int dimension;
    private final double[][] denseWeights;
    private final boolean[] addsToStageBefore;
    private double[] start;
    private double[] end;
    private final double[] slope;
    private final double[] stageSlope;
    /** Stage increments, [stage][variable]. */
    private final double[][] u;

    private final DenseOutput denseOutput;
    private double startTime;
    private int evaluations;

    public RosenbrockStepper(RosenbrockTableau method, StiffSystem system) {
        this.method = method;
        this.system = system;
        this.dimension = system.dimension();
        this.denseWeights = method.denseOutput();
        this.addsToStageBefore = method.addsToStageBefore();
        this.start = new double[dimension];
        this.end = new double[dimension];
        this.slope = new double[dimension];
        this.stageSlope = new double[dimension];
        this.u = new double[method.stages()][dimension];
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
        return method.stages();
    }

    /** A Jacobian, with the right-hand side beside it, counts as one. */
    @Override
    public int evaluations() {
        return evaluations;
    }

    @Override
    public void startAt(double time, double[] state) {
        System.arraycopy(state, 0, start, 0, dimension);
        linearise(time);
    }

    @Override
    public void goOn(double time) {
        double[] reached = end;
        end = start;
        start = reached;
        linearise(time);
    }

    private void linearise(double time) {
        startTime = time;
        evaluations++;
        system.linearise(time, start, slope);
    }

    @Override
    public boolean attempt(double h) {
        if (!system.factor(method.gamma() * h)) {
            return false;
        }
        evaluations += method.stages() - 1;
        for (int stage = 0; stage < method.stages(); stage++) {
            moveTo(stage);
            solveStage(stage, h);
        }
        double[] last = u[method.stages() - 1];
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            end[i] += last[i];
            sum += end[i];
        }
        return Double.isFinite(sum);
    }

    /** Leaves the point of a stage in {@code end}; where it only adds the stage before, the sum is not made anew. */
    private void moveTo(int stage) {
        double[] weights = method.a()[stage];
        if (addsToStageBefore[stage]) {
            Stages.addOne(end, weights[stage - 1], u[stage - 1], end);
        } else if (stage > 0) {
            Stages.combine(start, 1, weights, u, stage, end);
        }
    }

    private void solveStage(int stage, double h) {
        double[] increment = u[stage];
        double[] f = slope;
        if (stage > 0) {
            f = stageSlope;
            system.derivatives(startTime + method.c()[stage] * h, end, f);
        }
        double gammaH = method.gamma() * h;
        for (int i = 0; i < dimension; i++) {
            increment[i] = gammaH * f[i];
        }
        if (stage > 0) {
            Stages.combine(increment, method.gamma(), method.C()[stage], u, stage, increment);
        }
        if (method.d()[stage] != 0) {
            system.addTimeDerivative(method.gamma() * h * h * method.d()[stage], increment);
        }
        system.solve(increment);
    }

    @Override
    public void prepareDenseOutput() {
        denseOutput.set(1, denseWeights, u);
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
        return slope;
    }

    @Override
    public double[] error() {
        return u[method.stages() - 1];
    }

    /** Of the step last attempted; a copy. */
    DenseOutput denseOutput() {
        prepareDenseOutput();
        return denseOutput.copy();
    }
}
