package org.ionstream.standalone.accuracy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.reference.SolverSettings;
import org.ionstream.reference.truth.RelativeError;
import org.ionstream.reference.truth.Truth;
import org.ionstream.schemas.protocol.Stimulus.Segment;

/**
 * How far the reference solver is from a trajectory that was computed independently.
 *
 * @param file of the trajectory
 * @param cellModel catalogue id
 * @param description of its stimulus
 * @param remark why there are no errors; empty if there are
 * @param conditioning by how much the problem itself magnifies a small relative change of the stimulus, in the worst
 *     variable; null if there are no errors
 * @param nearThreshold conditioned so badly that an error says more of the stimulus than of the solver
 * @param errors one for each tolerance
 */
public record Accuracy(
        String file,
        String cellModel,
        String description,
        String remark,
        Double conditioning,
        boolean nearThreshold,
        List<Error> errors) {
    /** An error of the solver is multiplied by about as much as one of the stimulus is. */
    private static final double BADLY_CONDITIONED = 100;

    private static final double[] TOLERANCES = {1e-6, 1e-8};
    private static final double TIGHT_TOLERANCE = 1e-11;
    private static final double SMALL_CHANGE = 1e-6;
    private static final int LARGEST_EVALUATIONS = 10_000_000;
    private static final double LARGEST_WALL_MS = 600_000;

    /**
     * At one tolerance.
     *
     * @param mean relative L2, mean over variables
     * @param worst of a variable
     * @param worstVariable its name
     */
    public record Error(double relativeTolerance, double mean, double worst, String worstVariable) {}

    public static Accuracy of(Truth truth) {
        if (truth.equations().isEmpty()) {
            return unsolved(truth, "other constants than the catalogue's (tau_a as the supplement prints it)");
        }
        double[][] expected = expected(truth);
        double[][] errors = new double[TOLERANCES.length][];
        for (int i = 0; i < TOLERANCES.length; i++) {
            Solution solution = solve(truth, TOLERANCES[i], 1);
            if (!solution.isOk()) {
                return unsolved(truth, solution.detail());
            }
            errors[i] = RelativeError.l2(solution.values(), expected);
        }
        double conditioning = conditioning(truth);
        List<String> names = truth.cellModel().variableNames();
        return new Accuracy(
                truth.file(),
                truth.cellModel().id(),
                truth.description(),
                "",
                conditioning,
                conditioning > BADLY_CONDITIONED,
                List.of(error(TOLERANCES[0], errors[0], names), error(TOLERANCES[1], errors[1], names)));
    }

    private static Accuracy unsolved(Truth truth, String remark) {
        return new Accuracy(truth.file(), truth.cellModel().id(), truth.description(), remark, null, false, List.of());
    }

    private static double[][] expected(Truth truth) {
        return truth.cellModel().variableNames().stream()
                .map(name -> truth.values().get(name))
                .toArray(double[][]::new);
    }

    private static Error error(double tolerance, double[] errors, List<String> names) {
        int worst = 0;
        for (int variable = 1; variable < errors.length; variable++) {
            worst = errors[variable] > errors[worst] ? variable : worst;
        }
        return new Error(tolerance, Arrays.stream(errors).average().orElseThrow(), errors[worst], names.get(worst));
    }

    /** The relative L2 change of the worst variable for a relative change of the stimulus, by a finite difference. */
    private static double conditioning(Truth truth) {
        Solution nominal = solve(truth, TIGHT_TOLERANCE, 1);
        Solution changed = solve(truth, TIGHT_TOLERANCE, 1 + SMALL_CHANGE);
        if (!nominal.isOk() || !changed.isOk()) {
            throw new IllegalStateException("%s: %s%s".formatted(truth.file(), nominal.detail(), changed.detail()));
        }
        return DoubleStream.of(RelativeError.l2(changed.values(), nominal.values()))
                        .max()
                        .orElseThrow()
                / SMALL_CHANGE;
    }

    private static Solution solve(Truth truth, double tolerance, double stimulusFactor) {
        List<Segment> segments = truth.segments().stream()
                .map(segment -> new Segment(segment.startMs(), segment.endMs(), stimulusFactor * segment.current()))
                .toList();
        return new ReferenceSolver(new SolverSettings(tolerance, LARGEST_EVALUATIONS, LARGEST_WALL_MS))
                .solve(truth.cellModel(), truth.equations().orElseThrow(), segments, truth.grid());
    }
}
