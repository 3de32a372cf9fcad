package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;
import org.junit.jupiter.api.Test;

class PastTrainingsTest {
    private static final long MINUTE_MS = 60_000;

    private final PastTrainings trainings = new PastTrainings();

    @Test
    void shouldNotCountTheTimeThatTheTrainerWasDown() {
        reported("r-1", TrainingPhase.TRAINING, "drift", 0);
        reported("r-1", TrainingPhase.TRAINING, "", 2);
        reported("r-1", TrainingPhase.TRAINING, "goes on after a restart: drift", 100);
        reported("r-1", TrainingPhase.TRAINING, "", 103);
        reported("r-1", TrainingPhase.REJECTED, "no better", 104);

        assertThat(trainings.minutesOfTheLastDay(200 * MINUTE_MS)).isEqualTo(2 + 4);
        assertThat(trainings.lastEndMs()).isEqualTo(104 * MINUTE_MS);
        assertThat(trainings.hasEnded("r-1")).isTrue();
    }

    @Test
    void shouldForgetWhatIsOlderThanADay() {
        reported("r-1", TrainingPhase.TRAINING, "drift", 0);
        reported("r-1", TrainingPhase.PROMOTED, "better", 5);

        assertThat(trainings.minutesOfTheLastDay(24 * 60 * MINUTE_MS)).isEqualTo(5);
        assertThat(trainings.minutesOfTheLastDay((24 * 60 + 5) * MINUTE_MS)).isZero();
    }

    @Test
    void shouldKnowWhichHaveEnded() {
        reported("r-1", TrainingPhase.TRAINING, "drift", 1);
        reported("r-2", TrainingPhase.TRAINING, "drift", 2);
        reported("r-1", TrainingPhase.FAILED, "no champion", 3);

        assertThat(trainings.hasEnded("r-1")).isTrue();
        assertThat(trainings.hasEnded("r-2")).isFalse();
    }

    private void reported(String runId, TrainingPhase phase, String detail, long minute) {
        trainings.reported(TrainingReport.newBuilder()
                .setCellModel(LiveReferences.CELL_MODEL.id())
                .setRunId(runId)
                .setTrigger("drift")
                .setPhase(phase)
                .setDetail(detail)
                .setAtMs(minute * MINUTE_MS)
                .build());
    }
}
