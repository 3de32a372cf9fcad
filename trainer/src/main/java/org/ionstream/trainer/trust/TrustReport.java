package org.ionstream.trainer.trust;

import java.util.List;

/**
 * How far a model's bands, bounds and routes can be trusted, measured on protocols that neither the model nor its calibration
 * has seen.
 *
 * @param protocols of the paper's distribution that it is measured on
 * @param calibration what the model's file says of its own
 * @param assessmentMicros what one assessment costs, after the prediction
 * @param scores the served one first, then what else expected errors could come from
 * @param fifths by expected error, the lowest first
 * @param wishes what route AUTO does with accuracy wishes
 * @param streams coverage in a stream that drifts
 */
public record TrustReport(
        String cellModel,
        String modelId,
        int protocols,
        String calibration,
        double coverage,
        double assessmentMicros,
        List<Score> scores,
        List<Fifth> fifths,
        List<Wish> wishes,
        List<Stream> streams) {

    /**
     * A way to expect errors.
     *
     * @param coverage of the bands, mean over variables and protocols
     * @param standardError of it, over protocols
     * @param lowestCoverage that of the variable with the lowest
     * @param lowestVariable its name
     * @param boundCoverage share of protocols whose relative L2 error is below its bound
     * @param hardestCoverage of the bands, in the fifth of the protocols with the largest errors
     * @param correlation of the logarithms of expected and real relative L2 error
     * @param radius of the bands relative to an action potential, geometric mean over variables and protocols
     */
    public record Score(
            String name,
            double coverage,
            double standardError,
            double lowestCoverage,
            String lowestVariable,
            double boundCoverage,
            double hardestCoverage,
            double correlation,
            double radius) {}

    /** Medians of expected and real relative L2 error, and coverage of the bands, where the expected one is alike. */
    public record Fifth(double expectedRelativeL2, double relativeL2, double coverage, double boundCoverage) {}

    /**
     * What route AUTO does with a wish.
     *
     * @param wanted largest relative L2 error that the sender accepts
     * @param surrogateShare of protocols that the surrogate answers
     * @param meanRelativeL2 of these answers; NaN if there are none, as all that follow
     * @param p90RelativeL2 below which nine tenths of them are
     * @param keptShare of these answers whose error is within the wish
     */
    public record Wish(
            double wanted, double surrogateShare, double meanRelativeL2, double p90RelativeL2, double keptShare) {}

    /** A stream of the paper's protocols that becomes another one halfway. */
    public record Stream(String shift, List<Block> blocks) {}

    /**
     * A stretch of a stream of audits.
     *
     * @param from first audit, from 0
     * @param to last, exclusive
     * @param shifted whether the stream is another one by now
     * @param outOfRange share of protocols that route AUTO would leave to the reference; here all are predicted
     * @param fixed coverage of the bands as calibrated
     * @param adapted coverage of the bands as adjusted by the audits before
     */
    public record Block(int from, int to, boolean shifted, double outOfRange, double fixed, double adapted) {}
}
