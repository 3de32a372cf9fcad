package org.ionstream.surrogate.trust;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ionstream.schemas.message.BandAdjustment;

/**
 * What audits of models in service have taught about their bands. One thread takes what comes from the topic, the stage's reads.
 */
public final class BandAdjustments {
    private final Map<String, BandAdjustment> byModel = new ConcurrentHashMap<>();

    /** The newest one counts; one with a factor that is not a positive number is none. */
    public void take(BandAdjustment adjustment) {
        boolean usable = isFactor(adjustment.getBoundFactor())
                && adjustment.getBandFactors().values().stream().allMatch(BandAdjustments::isFactor);
        if (usable) {
            byModel.put(adjustment.getModelId(), adjustment);
        }
    }

    /** @param variables of the model, in the order of the radii */
    public Assessment adjusted(String modelId, List<String> variables, Assessment assessment) {
        BandAdjustment adjustment = byModel.get(modelId);
        if (adjustment == null) {
            return assessment;
        }
        double[] radii = assessment.bandRadii().clone();
        for (int row = 0; row < radii.length; row++) {
            radii[row] *= adjustment.getBandFactors().getOrDefault(variables.get(row), 1.0);
        }
        return new Assessment(
                assessment.expectedRelativeL2(), adjustment.getBoundFactor() * assessment.relativeL2Bound(), radii);
    }

    private static boolean isFactor(double factor) {
        return factor > 0 && Double.isFinite(factor);
    }
}
