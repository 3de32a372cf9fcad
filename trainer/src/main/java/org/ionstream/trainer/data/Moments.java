package org.ionstream.trainer.data;

import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.Normalisation;

/** Sums from which mean and deviation at each time follow, for sets too large to be held: 3000 trajectories of 41 x 5040. */
final class Moments {
    private final double[] initial;
    private final double[][] sums;
    private final double[][] squares;
    private int count;

    /** @param initial state at t = 0; the sums are of what goes beyond it */
    Moments(double[] initial, int samples) {
        this.initial = initial;
        this.sums = new double[initial.length][samples];
        this.squares = new double[initial.length][samples];
    }

    /** @param values shape [variable][sample] */
    void add(double[][] values) {
        count++;
        for (int variable = 0; variable < sums.length; variable++) {
            for (int sample = 0; sample < sums[variable].length; sample++) {
                double excursion = values[variable][sample] - initial[variable];
                sums[variable][sample] += excursion;
                squares[variable][sample] += excursion * excursion;
            }
        }
    }

    Moments plus(Moments other) {
        count += other.count;
        for (int variable = 0; variable < sums.length; variable++) {
            for (int sample = 0; sample < sums[variable].length; sample++) {
                sums[variable][sample] += other.sums[variable][sample];
                squares[variable][sample] += other.squares[variable][sample];
            }
        }
        return this;
    }

    Normalisation normalisation(TimeGrid grid) {
        double[][] mean = new double[sums.length][grid.samples()];
        double[][] deviation = new double[sums.length][grid.samples()];
        for (int variable = 0; variable < sums.length; variable++) {
            for (int sample = 0; sample < grid.samples(); sample++) {
                double average = sums[variable][sample] / count;
                double spread = squares[variable][sample] - average * sums[variable][sample];
                mean[variable][sample] = initial[variable] + average;
                deviation[variable][sample] = Normalisation.deviation(Math.max(0, spread), count);
            }
        }
        return new Normalisation(grid, 1, mean, deviation);
    }
}
