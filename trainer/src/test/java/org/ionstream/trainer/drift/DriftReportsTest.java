package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.DriftState;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topology says of drift. */
class DriftReportsTest {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    @TempDir
    private Path stateDirectory;

    private DriftDriver drift;

    @BeforeEach
    void auditEveryProtocol() {
        drift = new DriftDriver(1, stateDirectory);
    }

    @AfterEach
    void close() {
        drift.close();
    }

    @Test
    void shouldDeclareDriftAfterPersistentWindowsAndClearIt() {
        drift.window("a", "m1", 0.2);
        drift.window("b", "m1", 0.6);
        drift.window("c", "m1", 0.6);
        drift.window("d", "m1", 0.2);
        drift.window("e", "m1", 0.2);

        List<DriftReport> reports = drift.reports();

        assertThat(reports)
                .extracting(DriftReport::getState)
                .containsExactly(
                        DriftState.IN_DISTRIBUTION,
                        DriftState.SUSPECTED,
                        DriftState.DRIFTED,
                        DriftState.DRIFTED,
                        DriftState.IN_DISTRIBUTION);
        assertThat(reports).extracting(DriftReport::getWindow).containsExactly(1L, 2L, 3L, 4L, 5L);
        DriftReport third = reports.get(2);
        assertThat(third.getCellModel()).isEqualTo(AuditMessages.CELL_MODEL);
        assertThat(third.getModelId()).isEqualTo("m1");
        assertThat(third.getAudits()).isEqualTo(2);
        assertThat(third.getMedianRelativeL2()).isCloseTo(0.3, within(1e-6));
        assertThat(third.getExpectedRelativeL2()).isEqualTo(0.1);
        assertThat(third.getEffectSize()).isCloseTo(3, within(1e-5));
    }

    @Test
    void shouldStartAfreshWithANewModelVersion() {
        drift.window("a", "m1", 0.6);
        drift.window("b", "m1", 0.6);
        drift.window("c", "m2", 0.6);

        assertThat(drift.reports())
                .extracting(DriftReport::getModelId, DriftReport::getWindow, DriftReport::getState)
                .endsWith(tuple("m2", 1L, DriftState.SUSPECTED));
    }

    @Test
    void shouldCountTheAuditsWhoseReferenceNeverCame() {
        drift.send(drift.topics.predictions, "lost", AuditMessages.prediction("lost", "m1", 0));
        drift.pass(WINDOW.multipliedBy(3));

        drift.window("a", "m1", 0.2);

        assertThat(drift.reports()).extracting(DriftReport::getUnmatched).containsExactly(1L);
    }

    @Test
    void shouldFindTheInputsOfTheModelAmongTheReleases() {
        ModelRelease release = ModelRelease.newBuilder()
                .setModelId("m1")
                .setCellModel(AuditMessages.CELL_MODEL)
                .setAlias("m1")
                .setSha256("")
                .setArtifactBytes(1)
                .setArtifactChunks(1)
                .setArtifactOffset(0)
                .setReleasedAtMs(1)
                .setInputs(List.of(new InputHistogram("PULSES", List.of(0.1), List.of(0.0, 1.0))))
                .setProvenance(new Provenance("", false, "{}", 7L, 10, 0, 0, 0.0, -1L, -1L, List.of(), 0.0, "0.1.0"))
                .build();
        drift.sendBytes(drift.topics.models, "poison", new byte[] {1});
        drift.send(drift.topics.models, AuditMessages.CELL_MODEL + "/m1", release);

        drift.window("a", "m1", 0);
        drift.window("b", "m2", 0);

        List<DriftReport> reports = drift.reports();
        assertThat(reports.get(0).getInputDrift().get("PULSES")).isGreaterThan(1);
        assertThat(reports.get(0).getState()).isEqualTo(DriftState.SUSPECTED);
        assertThat(reports.get(1).getInputDrift()).isEmpty();
    }
}
