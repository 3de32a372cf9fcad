package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FnoTrainingTest {
    private static final TimeGrid GRID = new TimeGrid(0.5, 64);
    private static final FnoArchitecture SMALL =
            FnoArchitecture.paper(8, 6, 2, FourierLayer.MLP, Activation.GELU, 0.1, 2);
    private static final FnoArchitecture LATENT =
            new FnoArchitecture(8, 6, 2, FourierLayer.MLP, Activation.GELU, 0.1, 2, 16, Inputs.CURRENT_AND_CHARGE, 20);

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
            training(40, set).run(start, resume(file), progress -> {
                throw stop;
            });
        } catch (RuntimeException e) {
            assertThat(e).isSameAs(stop);
        }
        assertThat(Checkpoint.read(file).orElseThrow().step()).isEqualTo(20);
        var resumed = training(40, set).run(start, resume(file), p -> {});

        assertThat(resumed.parameters().values())
                .isEqualTo(straight.parameters().values());
    }

    @Test
    void shouldGoOnWithSoapFromACheckpointAsIfItHadNotStopped(@TempDir Path directory) {
        TrajectorySet set = LinearCells.sample(40, GRID, 2);
        Path file = directory.resolve("checkpoint");
        FnoParameters start = FnoParameters.random(LATENT, 3);
        var straight = soap(40, set).run(start, Optional.empty(), p -> {});

        RuntimeException stop = new RuntimeException("stopped");
        assertThatThrownBy(() -> soap(40, set).run(start, resume(file), progress -> {
                    throw stop;
                }))
                .isSameAs(stop);
        var resumed = soap(40, set).run(start, resume(file), p -> {});

        assertThat(resumed.parameters().values())
                .isEqualTo(straight.parameters().values());
    }

    @Test
    void shouldLearnToMarchAcrossAStop(@TempDir Path directory) {
        FnoArchitecture marching =
                new FnoArchitecture(8, 4, 2, FourierLayer.MLP, Activation.GELU, 0.1, 2, 16, Inputs.LEAKY, 32, 0, 4);
        TrajectorySet set = LinearCells.sample(40, GRID, 2);
        Path file = directory.resolve("checkpoint");
        FnoParameters start = FnoParameters.random(marching, 3);
        var straight = marching(set).run(start, Optional.empty(), p -> {});

        RuntimeException stop = new RuntimeException("stopped");
        assertThatThrownBy(() -> marching(set).run(start, resume(file), progress -> {
                    throw stop;
                }))
                .isSameAs(stop);
        var resumed = marching(set).run(start, resume(file), p -> {});

        assertThat(straight.validationError()).isLessThan(0.05);
        assertThat(resumed.parameters().values())
                .isEqualTo(straight.parameters().values());
    }

    @Test
    void shouldLearnFasterWithSoap() {
        TrajectorySet set = LinearCells.sample(40, GRID, 2);
        FnoParameters start = FnoParameters.random(LATENT, 3);

        double soap = soap(200, set).run(start, Optional.empty(), p -> {}).validationError();
        double adam = training(200, set).run(start, Optional.empty(), p -> {}).validationError();

        assertThat(soap).isLessThan(adam);
    }

    @Test
    void shouldEndEarlyWhenPatienceIsOver() {
        TrajectorySet set = LinearCells.sample(10, GRID, 2);
        TrainingSettings hopeless =
                new TrainingSettings(10, 1_000, 1e-12, 0.1, 0, 1, 10, 7, 1, Optimiser.Kind.ADAMW, 1, 10, 1, 3, 0, 1);

        var result = training(hopeless, set).run(FnoParameters.random(SMALL, 3), Optional.empty(), p -> {});

        assertThat(result.steps()).isLessThan(200);
    }

    @Test
    void shouldRefuseTheCheckpointOfAnotherRun(@TempDir Path directory) {
        TrajectorySet set = LinearCells.sample(10, GRID, 2);
        Path file = directory.resolve("checkpoint");
        FnoParameters start = FnoParameters.random(SMALL, 3);
        training(20, set).run(start, resume(file), p -> {});

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        training(20, set).run(start, Optional.of(new FnoTraining.Resume(file, "another")), p -> {}))
                .withMessageContaining(
                        "is of another training run, a test of %1$d parameters; this is another of %1$d",
                        SMALL.parameterCount());
    }

    @Test
    void shouldLeaveOutABatchWhoseLossIsNotFinite() {
        TrajectorySet set = LinearCells.sample(40, GRID, 2);
        TrajectorySet damaged = LinearCells.sample(40, GRID, 2);
        damaged.currents()[17][3] = Float.NaN;
        TrainingSettings twoEpochs = new TrainingSettings(10, 8, 1e-2, 0.2, 1e-4, 1, 4, 7, 1);

        var result = trainedOn(damaged, twoEpochs, set).run(FnoParameters.random(SMALL, 3), Optional.empty(), p -> {});

        assertThat(result.steps()).isEqualTo(8);
        assertThat(result.validationError()).isFinite();
    }

    @Test
    void shouldEndWhenNoBatchHasAFiniteLoss() {
        TrajectorySet set = LinearCells.sample(40, GRID, 2);
        TrainingSettings tooHot = new TrainingSettings(10, 40, 1e30, 0.2, 0, 1, 20, 7, 1);

        assertThatThrownBy(() -> training(tooHot, set).run(FnoParameters.random(SMALL, 3), Optional.empty(), p -> {}))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("lower the peak learning rate, now 1.0E30");
    }

    private static Optional<FnoTraining.Resume> resume(Path file) {
        return Optional.of(new FnoTraining.Resume(file, "a test"));
    }

    private static FnoTraining training(int steps, TrajectorySet set) {
        return training(new TrainingSettings(10, steps, 1e-2, 0.2, 1e-4, 1, 20, 7, 1), set);
    }

    private static FnoTraining soap(int steps, TrajectorySet set) {
        return training(soap(steps), set);
    }

    private static TrainingSettings soap(int steps) {
        return new TrainingSettings(10, steps, 1e-2, 0.2, 1e-4, 1, 20, 7, 1, Optimiser.Kind.SOAP, 0, 0, 4, 0, 0, 1);
    }

    private static FnoTraining marching(TrajectorySet set) {
        return trainedOn(set, soap(200), set, Normalisation.of(set).overAllTimes());
    }

    private static FnoTraining training(TrainingSettings settings, TrajectorySet set) {
        return trainedOn(set, settings, set);
    }

    private static FnoTraining trainedOn(TrajectorySet data, TrainingSettings settings, TrajectorySet set) {
        return trainedOn(data, settings, set, Normalisation.of(set));
    }

    private static FnoTraining trainedOn(
            TrajectorySet data, TrainingSettings settings, TrajectorySet set, Normalisation normalisation) {
        return new FnoTraining(
                settings, normalisation, TrainingData.fixed(data), List.of(set), GRID.horizonMs(), ComputeDevice.CPU);
    }
}
