package org.ionstream.reference.ode;

import java.util.Arrays;

/** Single steps of a Rosenbrock method. */
final class RosenbrockStepper implements OneStepMethod {
    private final RosenbrockTableau method;
    private final StiffSystem system;
    private final int dimension;
    private final double[] start;
    private final double[] slope;
    private final double[] end;
    /** Stage increments, [stage][variable]. */
    private final double[][] u;
    /** Dense output, [power][variable]. */
    private final double[][] k;

    private final double[] point;
    private double startTime;
    private double step;
    private int evaluations;

    RosenbrockStepper(RosenbrockTableau method, StiffSystem system) {
        this.method = method;
        this.system = system;
        this.dimension = system.dimension();
        this.start = new double[dimension];
        this.slope = new double[dimension];
        this.end = new double[dimension];
        this.point = new double[dimension];
        this.u = new double[method.stages()][dimension];
        this.k = new double[method.H().length][dimension];
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public int order() {
        return method.order();
    }

    /** The first stage is the slope that is already there. */
    @Override
    public int evaluationsPerStep() {
        return method.stages() - 1;
    }

    @Override
    public int evaluations() {
        return evaluations;
    }

    /** Copies the state and linearises there. */
    @Override
    public void startAt(double time, double[] state) {
        startTime = time;
        System.arraycopy(state, 0, start, 0, dimension);
        system.linearise(time, start, slope);
        evaluations += 2;
    }

    @Override
    public void proceed() {
        startAt(startTime + step, end);
    }

    @Override
    public boolean attempt(double h) {
        step = h;
        if (!system.factor(method.gamma() * h)) {
            return false;
        }
        for (int stage = 0; stage < method.stages(); stage++) {
            solveStage(stage);
        }
        double[] last = u[method.stages() - 1];
        boolean finite = true;
        for (int i = 0; i < dimension; i++) {
            end[i] = point[i] + last[i];
            finite &= Double.isFinite(end[i]);
        }
        return finite;
    }

    private void solveStage(int stage) {
        double[] increment = u[stage];
        combine(method.a()[stage], start, point);
        if (stage == 0) {
            System.arraycopy(slope, 0, increment, 0, dimension);
        } else {
            system.derivatives(startTime + method.c()[stage] * step, point, increment);
            evaluations++;
        }
        for (int i = 0; i < dimension; i++) {
            increment[i] *= method.gamma() * step;
        }
        double[] C = method.C()[stage];
        for (int earlier = 0; earlier < stage; earlier++) {
            double weight = method.gamma() * C[earlier];
            double[] from = u[earlier];
            for (int i = 0; i < dimension; i++) {
                increment[i] += weight * from[i];
            }
        }
        if (method.d()[stage] != 0) {
            system.addTimeDerivative(method.gamma() * step * step * method.d()[stage], increment);
        }
        system.solve(increment);
    }

    private void combine(double[] weights, double[] origin, double[] sum) {
        System.arraycopy(origin, 0, sum, 0, dimension);
        for (int stage = 0; stage < weights.length; stage++) {
            double weight = weights[stage];
            double[] from = u[stage];
            for (int i = 0; i < dimension; i++) {
                sum[i] += weight * from[i];
            }
        }
    }

    @Override
    public void prepareDenseOutput() {
        for (int power = 0; power < k.length; power++) {
            double[] weights = method.H()[power];
            double[] sum = k[power];
            Arrays.fill(sum, 0);
            for (int stage = 0; stage < weights.length; stage++) {
                double weight = weights[stage];
                double[] from = u[stage];
                for (int i = 0; i < dimension; i++) {
                    sum[i] += weight * from[i];
                }
            }
        }
    }

    @Override
    public double interpolated(int variable, double theta) {
        double polynomial = 0;
        for (int power = k.length - 1; power >= 0; power--) {
            polynomial = polynomial * theta + k[power][variable];
        }
        return start[variable] + theta * (end[variable] - start[variable] + (1 - theta) * polynomial);
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

    /** L-stable: never. */
    @Override
    public boolean isHeldBack() {
        return false;
    }

    double[][] denseOutput() {
        return k;
    }
}
