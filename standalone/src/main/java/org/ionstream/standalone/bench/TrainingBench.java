package org.ionstream.standalone.bench;

import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;

/** Seconds per training step of the paper's constrained networks, beside PyTorch eager on the same machine. */
public final class TrainingBench {
    /** As many as training reports at least apart. */
    static final int STEPS_PER_ROUND = 25;

    /**
     * @param rounds timed, after one that is not
     * @param threads of either side
     */
    public record Settings(int rounds, int threads) {
        public Settings {
            if (rounds < 1 || threads < 1) {
                throw new IllegalArgumentException(
                        "%d rounds on %d threads; at least one of each".formatted(rounds, threads));
            }
        }
    }

    /**
     * @param cellModel id
     * @param parameters of the network
     * @param samples of the grid
     * @param batch protocols per step
     * @param stepsPerEpoch of the paper's 3000 protocols
     * @param secondsPerStep of this project's trainer
     * @param eagerSecondsPerStep of PyTorch eager; null where Python has no torch
     */
    public record Result(
            String cellModel,
            long parameters,
            int samples,
            int batch,
            int stepsPerEpoch,
            Spread secondsPerStep,
            Spread eagerSecondsPerStep) {}

    private final Settings settings;
    private final Optional<EagerFno> eager;
    private final Progress progress;

    TrainingBench(Settings settings, Optional<EagerFno> eager, Progress progress) {
        this.settings = settings;
        this.eager = eager;
        this.progress = progress;
    }

    public Result measure(CellModel cellModel) {
        Recipe recipe = Recipes.PAPER_CONSTRAINED.of(cellModel);
        int steps = (settings.rounds() + 1) * STEPS_PER_ROUND;
        Recipe timed = recipe.with(Map.of(
                "training.steps", Integer.toString(steps),
                "training.stepsPerValidation", Integer.toString(steps),
                "baseProtocols", Integer.toString(recipe.training().batch()),
                "training.threads", Integer.toString(settings.threads())));
        return new Result(
                cellModel.id(),
                recipe.architecture().parameterCount(),
                recipe.samples(),
                recipe.training().batch(),
                recipe.stepsPerEpoch(),
                ours(cellModel, timed),
                eager.map(other -> other.measure(timed, settings)).orElse(null));
    }

    private Spread ours(CellModel cellModel, Recipe recipe) {
        double[] seconds = new double[settings.rounds()];
        long[] last = {0};
        progress.begin(cellModel.title(), settings.rounds() + 1);
        TrainingRun.of(cellModel, recipe, report -> {
            long now = System.nanoTime();
            int round = report.step() / STEPS_PER_ROUND - 1;
            if (round > 0) {
                seconds[round - 1] = (now - last[0]) / 1e9 / STEPS_PER_ROUND;
            }
            last[0] = now;
            progress.advance(round + 1);
        });
        return Spread.of(seconds);
    }
}
