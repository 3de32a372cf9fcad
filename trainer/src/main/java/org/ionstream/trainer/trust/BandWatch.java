package org.ionstream.trainer.trust;

import java.util.Map;
import java.util.TreeMap;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.VariableDiscrepancy;

/**
 * Adaptive conformal prediction by quantile tracking (Gibbs and Candes 2021, "Adaptive conformal inference under distribution
 * shift"; Angelopoulos, Candes and Tibshirani 2023, "Conformal PID control for time series prediction"): each audit that a band
 * missed widens it, each that it covered narrows it a little, so that over a long time the wanted share is covered whatever
 * the stream does. A value; every audit makes a new one.
 *
 * @param audits predictions with a band compared so far
 * @param logBoundFactor natural logarithm of the factor of the error's bound
 * @param logBandFactors those of the radii, by variable
 */
public record BandWatch(long audits, double logBoundFactor, Map<String, Double> logBandFactors) {
    public static final BandWatch START = new BandWatch(0, 0, Map.of());

    /**
     * Of the logarithm of a factor. Errors ten times as large are caught up with in some 50 audits; in a steady stream of
     * lognormal errors with a deviation of 1 the factor strays by a sixth.
     */
    static final double STEP = 0.1;

    /** A factor of this logarithm is never left: 10^6 either way. */
    private static final double FARTHEST = Math.log(1e6);

    public BandWatch {
        logBandFactors = Map.copyOf(logBandFactors);
    }

    /** After one more audit; the same if the prediction had no band. */
    public BandWatch plus(Discrepancy discrepancy, double coverage) {
        Map<String, Double> factors = new TreeMap<>(logBandFactors);
        boolean banded = false;
        for (VariableDiscrepancy variable : discrepancy.getVariables()) {
            if (variable.getCovered() != null) {
                factors.merge(variable.getVariable(), step(variable.getCovered(), coverage), BandWatch::bounded);
                banded = true;
            }
        }
        Double bound = discrepancy.getRelativeL2Bound();
        if (!banded || bound == null) {
            return this;
        }
        double boundFactor = bounded(logBoundFactor, step(discrepancy.getRelativeL2() <= bound, coverage));
        return new BandWatch(audits + 1, boundFactor, factors);
    }

    public BandAdjustment toMessage(String cellModel, String modelId, long atMs) {
        Map<String, Double> factors = new TreeMap<>();
        logBandFactors.forEach((variable, logFactor) -> factors.put(variable, Math.exp(logFactor)));
        return BandAdjustment.newBuilder()
                .setModelId(modelId)
                .setCellModel(cellModel)
                .setAudits(audits)
                .setBoundFactor(Math.exp(logBoundFactor))
                .setBandFactors(factors)
                .setAtMs(atMs)
                .build();
    }

    private static double step(boolean covered, double coverage) {
        return STEP * (covered ? coverage - 1 : coverage);
    }

    private static double bounded(double logFactor, double step) {
        return Math.max(-FARTHEST, Math.min(FARTHEST, logFactor + step));
    }
}
