package org.ionstream.trainer.score;

import java.util.Arrays;
import java.util.function.Function;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Score;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * Scores a model on protocols it was not trained on, through the predictor that will serve it.
 *
 * @param name of the held-out set
 * @param cellModel its variables
 * @param heldOut protocols and references on the model's grid
 */
public record Examination(String name, CellModel cellModel, TrajectorySet heldOut) {

    /**
     * @param predictor currents [batch][sample] to trajectories [batch][variable][sample]
     * @return mean and median over the protocols of the relative L2 error of the excursion
     */
    public Score take(Function<float[][], float[][][]> predictor) {
        return score(errors(predictor));
    }

    /** Relative L2 error of the excursion, of each protocol. */
    public double[] errors(Function<float[][], float[][][]> predictor) {
        float[][][] predicted = predictor.apply(heldOut.currents());
        double[] errors = new double[heldOut.size()];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = ExcursionError.meanRelativeL2(predicted[i], heldOut.trajectory(i), cellModel.variables());
        }
        return errors;
    }

    /** The same of a model file, through the predictor that serves it. */
    public double[] errors(OnnxModelFile file, FnoPredictor.Settings serving) {
        try (FnoPredictor predictor = new FnoPredictor(file, serving)) {
            return errors(predictor::predict);
        }
    }

    /** @param errors of each protocol */
    public Score score(double[] errors) {
        return new Score(name, errors.length, Arrays.stream(errors).average().orElseThrow(), median(errors));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
