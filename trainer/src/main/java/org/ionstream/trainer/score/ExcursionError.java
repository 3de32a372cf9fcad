package org.ionstream.trainer.score;

import java.util.List;
import org.ionstream.schemas.cell.StateVariable;

/**
 * Error of one predicted trace in physical units, relative to how far the cell moved: |prediction - reference| / |reference -
 * reference(0)|. The norm of the raw values would flatter a resting cell at -88 mV; the excursion does not. It is floored at
 * a share of the variable's action potential, so that a cell left at rest does not divide by nothing.
 *
 * @param relativeL1 sum of absolute values
 * @param relativeL2 root of the sum of squares
 * @param relativeH1 squares of the values plus (horizon / 2 pi)^2 times squares of the slopes: the paper's weights 1 + k^2
 * @param largestDifference in the variable's unit
 */
public record ExcursionError(double relativeL1, double relativeL2, double relativeH1, double largestDifference) {
    /** Floor of the excursion, as a share of {@link StateVariable#excursion}. */
    static final double FLOOR = 0.05;

    /** @param predicted and {@code reference}: one variable on the same grid */
    public static ExcursionError of(float[] predicted, float[] reference, StateVariable variable) {
        double[] error = new double[reference.length];
        double[] excursion = new double[reference.length];
        for (int i = 0; i < error.length; i++) {
            error[i] = (double) predicted[i] - reference[i];
            excursion[i] = (double) reference[i] - reference[0];
        }
        return of(error, excursion, FLOOR * variable.excursion());
    }

    /**
     * @param error prediction - reference
     * @param excursion reference - reference(0)
     * @param floor of the excursion's absolute mean and root mean square; with 0 a variable that does not move divides by 0
     */
    static ExcursionError of(double[] error, double[] excursion, double floor) {
        int samples = error.length;
        double perSlope = samples / (2 * Math.PI);
        double error1 = 0;
        double error2 = 0;
        double errorSlope = 0;
        double size1 = 0;
        double size2 = 0;
        double sizeSlope = 0;
        double largest = 0;
        for (int i = 0; i < samples; i++) {
            error1 += Math.abs(error[i]);
            error2 += error[i] * error[i];
            size1 += Math.abs(excursion[i]);
            size2 += excursion[i] * excursion[i];
            largest = Math.max(largest, Math.abs(error[i]));
            if (i > 0) {
                errorSlope += square(perSlope * (error[i] - error[i - 1]));
                sizeSlope += square(perSlope * (excursion[i] - excursion[i - 1]));
            }
        }
        double floor2 = floor * floor * samples;
        return new ExcursionError(
                error1 / Math.max(size1, floor * samples),
                Math.sqrt(error2 / Math.max(size2, floor2)),
                Math.sqrt((error2 + errorSlope) / Math.max(size2 + sizeSlope, floor2)),
                largest);
    }

    /** Mean relative L2 over the variables; arrays are [variable][sample]. */
    public static double meanRelativeL2(float[][] predicted, float[][] reference, List<StateVariable> variables) {
        double sum = 0;
        for (int row = 0; row < reference.length; row++) {
            sum += of(predicted[row], reference[row], variables.get(row)).relativeL2();
        }
        return sum / reference.length;
    }

    private static double square(double x) {
        return x * x;
    }
}
