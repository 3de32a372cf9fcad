package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FnoTrainingTest {
    private static final TimeGrid GRID = new TimeGrid(0.5, 64);
    private static final FnoArchitecture SMALL =
            FnoArchitecture.paper(8, 6, 2, FourierLayer.MLP, Activation.GELU, 0.1, 2);

    @Test
    void shouldOverfitTenSamples() {
        TrajectorySet ten = LinearCells.sample(10, GRID, 1);

        var result = training(1_000, ten).run(FnoParameters.random(SMALL, 1), Optional.empty(), p -> {});

        assertThat(result.validationError()).isLessThan(0.05);
    }

    @Test
    void shouldGiveTheSameBitsForTheSameSeed() {
        TrajectorySet set = LinearCells.sample(40, GRID, 2);

        var once = training(20, set).run(FnoParameters.random(SMALL, 3), Optional.empty(), p -> {});
        var again = training(20, set).run(FnoParameters.random(SMALL, 3), Optional.empty(), p -> {});

        assertThat(once.parameters().values()).isEqualTo(again.parameters().values());
    }

    @Test
    void shouldGoOnFromACheckpointAsIfItHadNotStopped(@TempDir Path directory) {
        TrajectorySet set = LinearCells.sample(40, GRID, 2);
        Path file = directory.resolve("checkpoint");
        FnoParameters start = FnoParameters.random(SMALL, 3);
        var straight = training(40, set).run(start, Optional.empty(), p -> {});

        RuntimeException stop = new RuntimeException("stopped");
        try {
            training(40, set).run(start, Optional.of(file), progress -> {
                throw stop;
            });
        } catch (RuntimeException e) {
            assertThat(e).isSameAs(stop);
        }
        assertThat(Checkpoint.read(file, start.values().length).orElseThrow().step())
                .isEqualTo(20);
        var resumed = training(40, set).run(start, Optional.of(file), p -> {});

        assertThat(resumed.parameters().values())
                .isEqualTo(straight.parameters().values());
    }

    private static FnoTraining training(int steps, TrajectorySet set) {
        TrainingSettings settings = new TrainingSettings(10, steps, 1e-2, 0.2, 1e-4, 1, 20, 7, 1);
        return new FnoTraining(settings, Normalisation.of(set), set, set);
    }
}
