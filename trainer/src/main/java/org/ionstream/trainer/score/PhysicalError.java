package org.ionstream.trainer.score;

import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.cell.StateVariable;

/**
 * Errors of one protocol in physical units, each an array over the variables in catalogue order: relative to how far the
 * variable moved, however little that is, as long as it moved at all. The paper's metric divides by the spread of the training
 * set instead, so that there a response below the threshold hardly counts.
 *
 * @param relativeL1 |prediction - reference| / |reference - reference(0)|; NaN where the variable rested
 * @param relativeL2 the same in L2
 * @param relativeH1 the same in H1, as in {@link ExcursionError}
 * @param relativeL2OnStream with the floor of the errors on the stream, a share of an action potential
 * @param largestDifference in the variable's unit
 */
public record PhysicalError(
        double[] relativeL1,
        double[] relativeL2,
        double[] relativeH1,
        double[] relativeL2OnStream,
        double[] largestDifference) {
    /** A variable rests if its root mean square excursion is below this share of its action potential. */
    public static final double AT_REST = 1e-3;

    /** @param predicted on the reference's grid, shape [variable][sample] */
    public static PhysicalError of(float[][] predicted, ReferenceTrajectory reference, List<StateVariable> variables) {
        int rows = variables.size();
        PhysicalError result = new PhysicalError(
                new double[rows], new double[rows], new double[rows], new double[rows], new double[rows]);
        for (int row = 0; row < rows; row++) {
            double[] error = new double[predicted[row].length];
            double[] excursion = new double[error.length];
            for (int i = 0; i < error.length; i++) {
                error[i] = predicted[row][i] - reference.value(row, i);
                excursion[i] = reference.excursions()[row][i];
            }
            double actionPotential = variables.get(row).excursion();
            boolean rests = rootMeanSquare(excursion) < AT_REST * actionPotential;
            ExcursionError unfloored = ExcursionError.of(error, excursion, 0);
            result.relativeL1[row] = rests ? Double.NaN : unfloored.relativeL1();
            result.relativeL2[row] = rests ? Double.NaN : unfloored.relativeL2();
            result.relativeH1[row] = rests ? Double.NaN : unfloored.relativeH1();
            result.largestDifference[row] = unfloored.largestDifference();
            result.relativeL2OnStream[row] = ExcursionError.of(error, excursion, ExcursionError.FLOOR * actionPotential)
                    .relativeL2();
        }
        return result;
    }

    /** Over the numbers that are there; NaN if none is. */
    public static double meanOverMoved(double[] perVariable) {
        return Arrays.stream(perVariable)
                .filter(error -> !Double.isNaN(error))
                .average()
                .orElse(Double.NaN);
    }

    private static double rootMeanSquare(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }
}
