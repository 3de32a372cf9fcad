package org.ionstream.trainer.score;

import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.trainer.fno.Normalisation;

/**
 * The space in which the paper's errors are measured: each variable at each time less its mean, over its deviation.
 *
 * @param statistics of the paper's training protocols, on the grid of the trajectories
 */
record StandardisedSpace(Normalisation statistics) {

    double[][] of(ReferenceTrajectory reference) {
        return rows((variable, sample) -> reference.value(variable, sample));
    }

    /** @param predicted in physical units, shape [variable][sample] */
    double[][] of(float[][] predicted) {
        return rows((variable, sample) -> predicted[variable][sample]);
    }

    /**
     * A trajectory on this grid read at the times of another, in standardised space, where curves do not shrink to nothing
     * towards t = 0 as the excursions do.
     */
    double[][] interpolated(float[][] predicted, TimeGrid target) {
        float[][] z = new float[predicted.length][];
        for (int variable = 0; variable < predicted.length; variable++) {
            z[variable] = new float[predicted[variable].length];
            for (int i = 0; i < z[variable].length; i++) {
                z[variable][i] = (float) statistics.standardised(variable, i, predicted[variable][i]);
            }
            // At t = 0 all protocols are equal and z is 0, a jump that says nothing of the samples after it.
            z[variable][0] = 3 * z[variable][1] - 3 * z[variable][2] + z[variable][3];
        }
        List<String> rows =
                IntStream.range(0, z.length).mapToObj(Integer::toString).toList();
        float[][] fine = new Traces(statistics.grid(), rows, z).resample(target).values();
        double[][] result = new double[fine.length][target.samples()];
        for (int variable = 0; variable < result.length; variable++) {
            for (int i = 1; i < result[variable].length; i++) {
                result[variable][i] = fine[variable][i];
            }
        }
        return result;
    }

    private interface Values {
        double at(int variable, int sample);
    }

    private double[][] rows(Values values) {
        double[][] z = new double[statistics.mean().length][statistics.grid().samples()];
        for (int variable = 0; variable < z.length; variable++) {
            for (int sample = 0; sample < z[variable].length; sample++) {
                z[variable][sample] = statistics.standardised(variable, sample, values.at(variable, sample));
            }
        }
        return z;
    }
}
