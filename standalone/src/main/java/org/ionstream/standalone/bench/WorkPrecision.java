package org.ionstream.standalone.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How exact solvers of a cell model are and how fast, one point for each tolerance.
 *
 * @param cellModel catalogue id
 * @param horizonMs simulated time
 * @param samples of a trajectory
 * @param truth the method the errors are measured against
 * @param truthDoubt mean relative L2 distance of the reference solver at its tightest from that truth
 * @param reference by tolerance, loosest first
 * @param anchor likewise
 * @param comparisons one for each tolerance of the reference solver
 */
public record WorkPrecision(
        String cellModel,
        double horizonMs,
        int samples,
        String truth,
        double truthDoubt,
        List<Point> reference,
        List<Point> anchor,
        List<Comparison> comparisons) {

    /**
     * One method at one tolerance.
     *
     * @param solvesPerSecond of thread time, over the rounds
     * @param steps accepted, mean of a protocol
     * @param evaluations of the right-hand side, mean of a protocol
     */
    public record Point(
            String method,
            double relativeTolerance,
            Spread solvesPerSecond,
            double steps,
            double evaluations,
            Errors errors) {}

    /**
     * The reference solver beside the anchor at the same mean error.
     *
     * @param anchorSolvesPerSecond read off the anchor's curve; its loosest tolerance where even that is more exact; null
     *     where no tolerance of the anchor is as exact
     * @param timesFaster the reference solver is; null likewise
     */
    public record Comparison(Point reference, Double anchorSolvesPerSecond, Double timesFaster) {

        static Comparison of(Point reference, List<Point> anchor) {
            double error = reference.errors().mean();
            Optional<Point> exact = anchor.stream()
                    .filter(point -> point.errors().mean() <= error)
                    .max(Comparator.comparingDouble(point -> point.errors().mean()));
            Optional<Point> coarse = anchor.stream()
                    .filter(point -> point.errors().mean() > error)
                    .min(Comparator.comparingDouble(point -> point.errors().mean()));
            Double anchorSpeed = exact.map(point -> coarse.map(other -> between(other, point, error))
                            .orElse(point.solvesPerSecond().median()))
                    .orElse(null);
            Double times =
                    anchorSpeed == null ? null : reference.solvesPerSecond().median() / anchorSpeed;
            return new Comparison(reference, anchorSpeed, times);
        }

        /** Straight in the logarithms of error and speed. */
        private static double between(Point coarse, Point exact, double error) {
            double share = Math.log(error / coarse.errors().mean())
                    / Math.log(exact.errors().mean() / coarse.errors().mean());
            double speed = coarse.solvesPerSecond().median();
            return speed * Math.pow(exact.solvesPerSecond().median() / speed, share);
        }
    }

    /** At the loosest tolerance whose mean error is at most so large. */
    public Optional<Comparison> at(double largestMeanError) {
        return comparisons.stream()
                .filter(comparison -> comparison.reference().errors().mean() <= largestMeanError)
                .findFirst();
    }
}
