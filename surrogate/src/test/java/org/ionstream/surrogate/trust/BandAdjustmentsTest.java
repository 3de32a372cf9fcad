package org.ionstream.surrogate.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.message.BandAdjustment;
import org.junit.jupiter.api.Test;

class BandAdjustmentsTest {
    private static final Assessment CALIBRATED = new Assessment(0.01, 0.02, new double[] {1, 10});

    private final BandAdjustments adjustments = new BandAdjustments();

    @Test
    void shouldLeaveAModelAloneThatNoAuditsAreKnownOf() {
        adjustments.take(adjustment("other", 3, Map.of()));

        assertThat(adjusted()).isSameAs(CALIBRATED);
    }

    @Test
    void shouldMultiplyByTheNewestFactors() {
        adjustments.take(adjustment("m", 9, Map.of("V", 9.0)));
        adjustments.take(adjustment("m", 2, Map.of("w", 0.5)));

        assertThat(adjusted().expectedRelativeL2()).isEqualTo(0.01);
        assertThat(adjusted().relativeL2Bound()).isEqualTo(0.04);
        assertThat(adjusted().bandRadii()).containsExactly(1, 5);
    }

    @Test
    void shouldPassOverFactorsThatAreNoPositiveNumbers() {
        for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            adjustments.take(adjustment("m", factor, Map.of()));
            adjustments.take(adjustment("m", 1, Map.of("V", factor)));
        }

        assertThat(adjusted()).isSameAs(CALIBRATED);
    }

    private Assessment adjusted() {
        return adjustments.adjusted("m", List.of("V", "w"), CALIBRATED);
    }

    private static BandAdjustment adjustment(String modelId, double boundFactor, Map<String, Double> bandFactors) {
        return new BandAdjustment(modelId, "fitzhugh-nagumo-1961", 10L, boundFactor, bandFactors, 1L);
    }
}
