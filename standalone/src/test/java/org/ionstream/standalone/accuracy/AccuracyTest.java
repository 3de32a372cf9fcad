package org.ionstream.standalone.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ionstream.reference.truth.Truth;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;

class AccuracyTest {
    private static final Path BUNDLED = Path.of("../reference/src/test/resources/truth");

    @Test
    void shouldFollowTheTruthTheCloserTheTighterTheTolerance() {
        for (Truth truth : Truth.read(BUNDLED, "")) {
            Accuracy accuracy = Accuracy.of(truth);

            assertThat(accuracy.nearThreshold()).as(truth.file()).isFalse();
            assertThat(accuracy.errors()).hasSize(2);
            assertThat(accuracy.errors().get(0).mean()).as(truth.file()).isLessThan(5e-6);
            assertThat(accuracy.errors().get(1).worst()).as(truth.file()).isLessThan(1e-6);
            assertThat(accuracy.errors().get(1).mean())
                    .isLessThan(accuracy.errors().get(0).mean());
        }
    }

    @Test
    void shouldFlagAProtocolNearItsThreshold() {
        Map<String, double[]> anything = Map.of("V", new double[101], "w", new double[101]);
        List<Segment> justBelow = List.of(new Segment(0, 2, 0.0812), new Segment(2, 100, 0));

        Accuracy accuracy = Accuracy.of(
                new Truth("fhn", "fhn", "just below threshold", Map.of(), justBelow, new TimeGrid(1, 101), anything));

        assertThat(accuracy.nearThreshold()).isTrue();
        assertThat(accuracy.conditioning()).isBetween(100.0, 400.0);
    }

    @Test
    void shouldSayWhyATrajectoryOfOtherConstantsIsNotSolved() {
        Accuracy accuracy =
                Accuracy.of(new Truth("ord_a", "ord_a", "", Map.of(), List.of(), new TimeGrid(1, 2), Map.of()));

        assertThat(accuracy.errors()).isEmpty();
        assertThat(accuracy.remark()).contains("tau_a");
    }
}
