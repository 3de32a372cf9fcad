package org.ionstream.trainer.trust;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.trust.Assessment;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.surrogate.trust.Feature;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.score.ExcursionError;

/**
 * Errors of a model on solved protocols, and what was expected of them.
 *
 * @param features of each protocol and its prediction, shape [protocol][feature]
 * @param logErrors natural logarithms, shape [protocol][1 + variable]: of the relative L2 error, then of each variable's
 *     largest difference
 * @param assessments of each protocol, or empty
 * @param distances to the nearest calibration protocols, of each protocol, or empty
 * @param inRange whether route AUTO would have it answered by the surrogate, of each protocol, or empty
 */
public record MeasuredErrors(
        double[][] features,
        float[][] logErrors,
        List<Assessment> assessments,
        List<Double> distances,
        List<Boolean> inRange) {
    /** Of an action potential: smaller differences than float32 keeps. */
    private static final double LEAST = 1e-7;

    /** Predictions in memory at once. */
    private static final int AT_ONCE = 64;

    /**
     * @param solved in parts, as each is predicted before the next is solved
     * @param expected null: nothing is, then there are no assessments
     */
    static MeasuredErrors of(FnoPredictor predictor, Iterable<TrajectorySet> solved, CalibratedErrors expected) {
        CellModel cellModel = CellModels.byId(predictor.card().cellModel());
        List<double[]> features = new ArrayList<>();
        List<float[]> logErrors = new ArrayList<>();
        List<Assessment> assessments = new ArrayList<>();
        List<Double> distances = new ArrayList<>();
        List<Boolean> inRange = new ArrayList<>();
        for (TrajectorySet part : solved) {
            for (int from = 0; from < part.size(); from += AT_ONCE) {
                int to = Math.min(part.size(), from + AT_ONCE);
                float[][][] predicted = predictor.predict(Arrays.copyOfRange(part.currents(), from, to));
                for (int i = from; i < to; i++) {
                    float[] current = part.currents()[i];
                    float[][] trajectory = predicted[i - from];
                    features.add(Feature.of(current, part.grid(), trajectory, cellModel));
                    logErrors.add(logErrors(trajectory, part.trajectory(i), cellModel.variables()));
                    if (expected != null) {
                        assessments.add(expected.assess(current, trajectory));
                        distances.add(expected.distance(current));
                        inRange.add(expected.outOfRange(current).isEmpty());
                    }
                }
            }
        }
        return new MeasuredErrors(
                features.toArray(double[][]::new), logErrors.toArray(float[][]::new), assessments, distances, inRange);
    }

    /** On protocols of the published cell. */
    public static MeasuredErrors of(
            FnoPredictor predictor,
            ReferenceLabels labels,
            CalibratedErrors expected,
            List<StimulusProtocol> protocols) {
        return of(predictor, Calibrator.solved(protocols, predictor.card().grid(), labels), expected);
    }

    /** On a shifted stream. */
    public static MeasuredErrors of(
            FnoPredictor predictor,
            ReferenceLabels labels,
            CalibratedErrors expected,
            Shifts shift,
            long seed,
            int count) {
        CellModel cellModel = CellModels.byId(predictor.card().cellModel());
        ReferenceLabels ofTheCell = labels.ofCell(shift.parameters(cellModel));
        return of(predictor, ofTheCell, expected, shift.protocols(cellModel, seed, count));
    }

    private static float[] logErrors(float[][] predicted, float[][] reference, List<StateVariable> variables) {
        float[] logs = new float[1 + variables.size()];
        double sum = 0;
        for (int row = 0; row < variables.size(); row++) {
            StateVariable variable = variables.get(row);
            ExcursionError error = ExcursionError.of(predicted[row], reference[row], variable);
            sum += error.relativeL2();
            logs[1 + row] = (float) Math.log(Math.max(error.largestDifference(), LEAST * variable.excursion()));
        }
        logs[0] = (float) Math.log(Math.max(sum / variables.size(), LEAST));
        return logs;
    }

    public int size() {
        return logErrors.length;
    }

    /** @param column as in logErrors */
    double error(int protocol, int column) {
        return Math.exp(logErrors[protocol][column]);
    }

    /** Error as a share of the bound, or of the radius, that the assessment gives. */
    double[] ratios(int column) {
        double[] ratios = new double[size()];
        for (int i = 0; i < ratios.length; i++) {
            Assessment assessment = assessments.get(i);
            double expected =
                    column == 0 ? assessment.relativeL2Bound() : assessment.bandRadii()[column - 1];
            ratios[i] = error(i, column) / expected;
        }
        return ratios;
    }

    boolean isWithinBound(int protocol) {
        return error(protocol, 0) <= assessments.get(protocol).relativeL2Bound();
    }

    double boundCoverage() {
        return (double) IntStream.range(0, size()).filter(this::isWithinBound).count() / size();
    }

    /** Share of the variables that the band covers, of each protocol. */
    double[] coverageByProtocol() {
        double[] coverage = new double[size()];
        for (int variable = 1; variable < logErrors[0].length; variable++) {
            double[] ratios = ratios(variable);
            for (int i = 0; i < coverage.length; i++) {
                coverage[i] += (ratios[i] <= 1 ? 1.0 : 0.0) / (logErrors[0].length - 1);
            }
        }
        return coverage;
    }

    /** Share of the protocols whose band covers it, of each variable. */
    double[] coverageByVariable() {
        return IntStream.range(1, logErrors[0].length)
                .mapToDouble(variable -> Arrays.stream(ratios(variable))
                        .map(ratio -> ratio <= 1 ? 1 : 0)
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /** Of the logarithms of expected and real relative L2 error; NaN if all are expected to be the same. */
    double correlation() {
        double[] expected = assessments.stream()
                .mapToDouble(assessment -> Math.log(assessment.expectedRelativeL2()))
                .toArray();
        double[] real =
                IntStream.range(0, size()).mapToDouble(i -> logErrors[i][0]).toArray();
        return new PearsonsCorrelation().correlation(expected, real);
    }

    /** Radius relative to an action potential, over variables and protocols. */
    double geometricMeanRadius(List<StateVariable> variables) {
        double sum = 0;
        for (Assessment assessment : assessments) {
            for (int row = 0; row < variables.size(); row++) {
                sum += Math.log(assessment.bandRadii()[row] / variables.get(row).excursion());
            }
        }
        return Math.exp(sum / (assessments.size() * variables.size()));
    }
}
