package org.ionstream.trainer.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ionstream.trainer.tuning.search.SuccessiveHalving.Promotion;
import org.ionstream.trainer.tuning.search.SuccessiveHalving.Rung;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {
    private static final Rung NOBODY = new Rung(Set.of(), Map.of());
    private final SuccessiveHalving halving = new SuccessiveHalving(100, 2, 3);

    @Test
    void shouldTrainEtaTimesAsLongOnEveryRung() {
        assertThat(halving.steps(0)).isEqualTo(100);
        assertThat(halving.steps(2)).isEqualTo(halving.mostSteps()).isEqualTo(400);
    }

    @Test
    void shouldPromoteNobodyBeforeThereAreEtaResults() {
        Rung lowest = new Rung(Set.of(0, 1), Map.of(0, 0.1));

        assertThat(halving.promotion(List.of(lowest, NOBODY, NOBODY))).isEmpty();
    }

    @Test
    void shouldPromoteTheBestOfTheBestShareWithoutWaitingForTheRest() {
        Rung lowest = new Rung(Set.of(0, 1, 2, 3, 4), Map.of(0, 0.3, 1, 0.2, 2, 0.5));

        assertThat(halving.promotion(List.of(lowest, NOBODY, NOBODY))).contains(new Promotion(1, 1));
    }

    @Test
    void shouldPromoteEachTrialOnce() {
        Rung lowest = new Rung(Set.of(0, 1, 2, 3), Map.of(0, 0.3, 1, 0.2, 2, 0.5));
        Rung middle = new Rung(Set.of(1), Map.of());

        assertThat(halving.promotion(List.of(lowest, middle, NOBODY))).isEmpty();
        Rung grown = new Rung(Set.of(0, 1, 2, 3), Map.of(0, 0.3, 1, 0.2, 2, 0.5, 3, 0.9));
        assertThat(halving.promotion(List.of(grown, middle, NOBODY))).contains(new Promotion(0, 1));
    }

    @Test
    void shouldPreferTheHighestRung() {
        Rung lowest = new Rung(Set.of(0, 1, 2, 3), Map.of(0, 0.3, 1, 0.2, 2, 0.1, 3, 0.05));
        Rung middle = new Rung(Set.of(0, 1), Map.of(0, 0.2, 1, 0.15));

        assertThat(halving.promotion(List.of(lowest, middle, NOBODY))).contains(new Promotion(1, 2));
    }

    @Test
    void shouldNotPromoteWhatFailed() {
        Rung lowest = new Rung(Set.of(0, 1), Map.of(0, Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY));

        assertThat(halving.promotion(List.of(lowest, NOBODY, NOBODY))).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoHalving() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SuccessiveHalving(100, 1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuccessiveHalving(100, 4, 20))
                .withMessageContaining("fewer rungs");
    }
}
