package org.ionstream.reference.ode;

import org.hipparchus.ode.AbstractIntegrator;
import org.hipparchus.ode.ExpandableODE;
import org.hipparchus.ode.ODEJacobiansProvider;

/**
 * Equations of any form as a Rosenbrock method sees them: a dense Jacobian, the equations' own if they provide it, else
 * forward differences. Evaluations go through the integrator, which counts and bounds them.
 */
final class DenseSystem implements StiffSystem {
    /** Relative increment of differences: the root of the rounding error. */
    private static final double INCREMENT = 1.5e-8;
    /** A difference is this many times the rounding error of a step's change, lest it be noise. */
    private static final double ABOVE_NOISE = 1000;

    /** Tolerated error of a variable of this size. */
    @FunctionalInterface
    interface Tolerance {
        double of(int variable, double size);
    }

    private final Tolerance tolerance;
    private final ExpandableODE equations;
    private final AbstractIntegrator integrator;
    private final int dimension;
    private final double[] jacobian;
    private final LuFactors factors;
    private double[] slope;
    private double[] state;
    private double time;
    private double[] timeDerivative;

    DenseSystem(ExpandableODE equations, AbstractIntegrator integrator, Tolerance tolerance) {
        this.tolerance = tolerance;
        this.equations = equations;
        this.integrator = integrator;
        this.dimension = equations.getMapper().getTotalDimension();
        this.jacobian = new double[dimension * dimension];
        this.factors = new LuFactors(dimension);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void derivatives(double t, double[] y, double[] yDot) {
        System.arraycopy(integrator.computeDerivatives(t, y.clone()), 0, yDot, 0, dimension);
    }

    /** At the start of the integrator's step, whose derivative it has already. */
    @Override
    public void linearise(double t, double[] y, double[] yDot) {
        time = t;
        state = y.clone();
        slope = integrator.getStepStart().getCompleteDerivative();
        timeDerivative = null;
        System.arraycopy(slope, 0, yDot, 0, dimension);
        boolean primaryOnly = equations.getPrimary().getDimension() == dimension;
        if (primaryOnly && equations.getPrimary() instanceof ODEJacobiansProvider provider) {
            double[][] rows = provider.computeMainStateJacobian(t, state, slope);
            for (int row = 0; row < dimension; row++) {
                System.arraycopy(rows[row], 0, jacobian, row * dimension, dimension);
            }
        } else {
            takeDifferences();
        }
    }

    @Override
    public void addTimeDerivative(double factor, double[] sum) {
        if (timeDerivative == null) {
            timeDerivative = timeDifferences();
        }
        for (int i = 0; i < dimension; i++) {
            sum[i] += factor * timeDerivative[i];
        }
    }

    @Override
    public boolean factor(double gammaH) {
        double[] matrix = factors.matrix();
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = -gammaH * jacobian[i];
        }
        for (int i = 0; i < dimension; i++) {
            matrix[i * dimension + i] += 1;
        }
        return factors.factor();
    }

    @Override
    public void solve(double[] b) {
        factors.solve(b);
    }

    /** Increments as in CVODE: A. C. Hindmarsh et al., "SUNDIALS", 2005, DOI 10.1145/1089014.1089020. */
    private void takeDifferences() {
        double noise = 0;
        for (int i = 0; i < dimension; i++) {
            noise = Math.max(noise, Math.abs(slope[i]) / tolerance.of(i, Math.abs(state[i])));
        }
        noise *= ABOVE_NOISE * Math.ulp(1.0) * dimension * Math.abs(integrator.getCurrentSignedStepsize());
        double[] shifted = state.clone();
        for (int column = 0; column < dimension; column++) {
            double size = Math.abs(state[column]);
            double least = tolerance.of(column, size) * (noise > 0 ? noise : 1);
            shifted[column] = state[column] + Math.max(INCREMENT * size, least);
            double increment = shifted[column] - state[column];
            double[] moved = integrator.computeDerivatives(time, shifted.clone());
            shifted[column] = state[column];
            for (int row = 0; row < dimension; row++) {
                jacobian[row * dimension + column] = (moved[row] - slope[row]) / increment;
            }
        }
    }

    private double[] timeDifferences() {
        double later = time + INCREMENT * Math.max(Math.abs(time), Math.abs(integrator.getCurrentSignedStepsize()));
        double[] difference =
                integrator.computeDerivatives(later, state.clone()).clone();
        for (int i = 0; i < dimension; i++) {
            difference[i] = (difference[i] - slope[i]) / (later - time);
        }
        return difference;
    }
}
