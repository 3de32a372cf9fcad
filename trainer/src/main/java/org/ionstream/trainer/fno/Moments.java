package org.ionstream.trainer.fno;

import org.ionstream.schemas.wire.TimeGrid;

/** Sums from which mean and deviation at each time follow, for sets too large to be held: 3000 trajectories of 41 x 5040. */
public final class Moments {
    private final double[] initial;
    private final double[][] sums;
    private final double[][] squares;
    private int count;

    /** @param initial state at t = 0; the sums are of what goes beyond it */
    public Moments(double[] initial, int samples) {
        this.initial = initial;
        this.sums = new double[initial.length][samples];
        this.squares = new double[initial.length][samples];
    }

    /** @param excursions from the initial state, shape [variable][sample] */
    public void add(float[][] excursions) {
        count++;
        for (int variable = 0; variable < sums.length; variable++) {
            for (int sample = 0; sample < sums[variable].length; sample++) {
                double excursion = excursions[variable][sample];
                sums[variable][sample] += excursion;
                squares[variable][sample] += excursion * excursion;
            }
        }
    }

    public Moments plus(Moments other) {
        count += other.count;
        for (int variable = 0; variable < sums.length; variable++) {
            for (int sample = 0; sample < sums[variable].length; sample++) {
                sums[variable][sample] += other.sums[variable][sample];
                squares[variable][sample] += other.squares[variable][sample];
            }
        }
        return this;
    }

    /** @param currentScale see {@link Normalisation} */
    public Normalisation normalisation(TimeGrid grid, float currentScale) {
        double[][] mean = new double[sums.length][grid.samples()];
        double[][] deviation = new double[sums.length][grid.samples()];
        for (int variable = 0; variable < sums.length; variable++) {
            for (int sample = 0; sample < grid.samples(); sample++) {
                double average = sums[variable][sample] / count;
                double spread = squares[variable][sample] - average * sums[variable][sample];
                mean[variable][sample] = initial[variable] + average;
                deviation[variable][sample] = deviation(Math.max(0, spread));
            }
        }
        return new Normalisation(grid, currentScale, mean, deviation);
    }

    /** From the sum of squared distances from the mean. */
    private double deviation(double sum) {
        return sum == 0 ? 0 : Math.sqrt(sum / Math.max(1, count - 1)) + Normalisation.EPSILON;
    }
}
