package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.ionstream.schemas.message.DriftState;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
    private static final DriftSettings SETTINGS = new DriftSettings(0.1, Duration.ofMinutes(1), 4, 2, 1.5, 3);

    @Test
    void shouldInterpolateQuantiles() {
        DriftWatch watch = new DriftWatch(1, List.of(4.0, 1.0, 3.0, 2.0), 0, false, 0);

        assertThat(watch.quantile(0)).isEqualTo(1);
        assertThat(watch.quantile(0.5)).isEqualTo(2.5);
        assertThat(watch.quantile(0.9)).isCloseTo(3.7, within(1e-12));
        assertThat(watch.quantile(1)).isEqualTo(4);
        assertThat(DriftWatch.START.plus(7).quantile(0.9)).isEqualTo(7);
    }

    @Test
    void shouldOpenAnEmptyWindowWhenOneCloses() {
        DriftWatch closed = DriftWatch.START.plus(0.1).plusUnmatched().closed(1, SETTINGS);

        assertThat(closed).isEqualTo(new DriftWatch(2, List.of(), 0, false, 1));
        assertThat(closed.state()).isEqualTo(DriftState.IN_DISTRIBUTION);
    }

    @Test
    void shouldDeclareOnlyWhatPersists() {
        assertThat(after(2, 2).state()).isEqualTo(DriftState.SUSPECTED);
        assertThat(after(2, 2, 1.9, 2, 2).state()).isEqualTo(DriftState.SUSPECTED);
        assertThat(after(2, 2, 2).state()).isEqualTo(DriftState.DRIFTED);
    }

    @Test
    void shouldStayDriftedBetweenTheTwoThresholds() {
        assertThat(after(2, 2, 2, 1.7, 1.7, 1.7, 1.7).state()).isEqualTo(DriftState.DRIFTED);
        assertThat(after(2, 2, 2, 1.4, 1.4, 1.5, 1.4, 1.4).state()).isEqualTo(DriftState.DRIFTED);
    }

    @Test
    void shouldClearWhatPersists() {
        assertThat(after(2, 2, 2, 1.4, 1.4, 1.4).state()).isEqualTo(DriftState.IN_DISTRIBUTION);
        assertThat(after(2, 2, 2, 1.4, 1.4, 1.4, 2, 2, 2).state()).isEqualTo(DriftState.DRIFTED);
    }

    @Test
    void shouldSurviveItsStore() {
        JsonSerde<DriftWatch> serde = new JsonSerde<>(DriftWatch.class);
        DriftWatch watch = after(2, 2, 2, 1.4).plus(0.25).plusUnmatched();

        DriftWatch restored =
                serde.deserializer().deserialize("store", serde.serializer().serialize("store", watch));

        assertThat(restored).isEqualTo(watch);
        assertThat(serde.deserializer().deserialize("store", null)).isNull();
        assertThat(serde.serializer().serialize("store", null)).isNull();
    }

    @Test
    void shouldRefuseSettingsThatContradictThemselves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DriftSettings(0.1, Duration.ofMinutes(1), 4, 1.4, 1.5, 3))
                .withMessageContaining("declared at 1.4, cleared at 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DriftSettings(1.1, Duration.ofMinutes(1), 4, 2, 1.5, 3))
                .withMessageContaining("1.1");
    }

    private static DriftWatch after(double... effectSizes) {
        DriftWatch watch = DriftWatch.START;
        for (double effectSize : effectSizes) {
            watch = watch.closed(effectSize, SETTINGS);
        }
        return watch;
    }
}
