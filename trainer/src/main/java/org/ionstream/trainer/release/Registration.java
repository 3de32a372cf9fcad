package org.ionstream.trainer.release;

import java.util.Arrays;
import java.util.List;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.score.Examination;

/**
 * Examines model files that may come from anywhere: they run, what they predict is what a surrogate may serve, and how good it
 * is. All files of a cell model are scored on the same protocols and on the same grid, that of the cell model, onto which
 * answers are resampled as the surrogate does it.
 */
public final class Registration {
    /** The paper's validation distribution, but not the draw by which the bundled champions' best steps were chosen. */
    private static final long SEED = 2;

    private static final String HELD_OUT = "paper validation, seed " + SEED;
    /** In units of a variable's excursion; float32 in another order of sums gives some 1e-6. */
    private static final double LARGEST_DIFFERENCE_IN_A_BATCH = 1e-3;

    /**
     * @param file with the measured error in its card
     * @param score on the held-out protocols
     * @param outOfBounds protocols whose prediction leaves the cell model's bounds: the reference would answer them
     */
    public record Examined(OnnxModelFile file, Score score, int outOfBounds) {}

    private final CellModel cellModel;
    private final FnoPredictor.Settings serving;
    private final List<Stimulus> protocols;
    private final TimeGrid grid;
    private final Examination examination;

    /** Solves the held-out protocols. */
    public Registration(CellModel cellModel, ReferenceLabels labels, FnoPredictor.Settings serving) {
        this.cellModel = cellModel;
        this.serving = serving;
        this.grid = TimeGrid.covering(cellModel.horizonMs(), cellModel.stepMs());
        var drawn = PaperDistribution.of(cellModel).validation(SEED);
        this.protocols = drawn.stream().map(Stimulus::of).toList();
        TrajectorySet references = labels.solve(drawn, grid, count -> {});
        this.examination = new Examination(HELD_OUT, cellModel, references);
    }

    /** @throws UnusableModelException if it must not be served: why, with the numbers and the remedy */
    public Examined examine(OnnxModelFile file) {
        ModelCard card = file.card();
        checkHorizon(card);
        try (FnoPredictor predictor = new FnoPredictor(file, serving)) {
            float[][] currents = protocols.stream()
                    .map(protocol -> protocol.cellMeans(card.grid()))
                    .toArray(float[][]::new);
            float[][][] predicted = predictor.predict(currents);
            checkFinite(card, predicted);
            checkBatch(card, predicted[1], predictor.predict(new float[][] {currents[1]})[0]);
            int outOfBounds = outOfBounds(card, predicted);
            Score score = examination.take(held -> resampled(card, predicted));
            OnnxModelFile scored = file.withExpectedRelativeL2(score.getMedianRelativeL2());
            return new Examined(scored, score, outOfBounds);
        }
    }

    /** Of a file that is released by hand: what its card tells. */
    public static Provenance provenance(ModelCard card, String revision) {
        return Provenance.newBuilder()
                .setParentModelId("")
                .setRecipe(card.recipe())
                .setSeed(0)
                .setBaseProtocols(0)
                .setReplayedReferences(0)
                .setRevision(revision)
                .build();
    }

    private void checkHorizon(ModelCard card) {
        require(
                card.cellModel().equals(cellModel.id()),
                "model %s is of %s, not of %s; name the cell model it is of",
                card.modelId(),
                card.cellModel(),
                cellModel.id());
        double horizonMs = card.grid().horizonMs();
        require(
                horizonMs >= cellModel.horizonMs() * (1 - 1e-9),
                "model %s covers %s ms (%d samples of %s ms), %s is asked for %s ms; train it on the whole horizon",
                card.modelId(),
                horizonMs,
                card.samples(),
                card.stepMs(),
                cellModel.id(),
                cellModel.horizonMs());
    }

    private void checkFinite(ModelCard card, float[][][] predicted) {
        int broken = 0;
        String first = "";
        for (int protocol = 0; protocol < predicted.length; protocol++) {
            for (int variable = 0; variable < predicted[protocol].length; variable++) {
                float[] row = predicted[protocol][variable];
                int at = firstNotFinite(row);
                if (at >= 0) {
                    first = broken > 0
                            ? first
                            : "%s = %s at t=%s ms for %s"
                                    .formatted(
                                            card.variables().get(variable),
                                            row[at],
                                            card.grid().timeMs(at),
                                            protocols.get(protocol).id());
                    broken++;
                    break;
                }
            }
        }
        require(
                broken == 0,
                "model %s predicts values that are not finite for %d of %d protocols, the first %s; look for divisions and"
                        + " logarithms of zero, and for weights that are not finite",
                card.modelId(),
                broken,
                predicted.length,
                first);
    }

    private static int firstNotFinite(float[] row) {
        for (int i = 0; i < row.length; i++) {
            if (!Float.isFinite(row[i])) {
                return i;
            }
        }
        return -1;
    }

    /** A graph whose batch is not one, by a constant shape or a mean over it, answers one protocol by its neighbours. */
    private void checkBatch(ModelCard card, float[][] amongOthers, float[][] alone) {
        for (int variable = 0; variable < alone.length; variable++) {
            StateVariable state = cellModel.variables().get(variable);
            for (int i = 0; i < alone[variable].length; i++) {
                double difference = Math.abs((double) alone[variable][i] - amongOthers[variable][i]);
                require(
                        difference <= LARGEST_DIFFERENCE_IN_A_BATCH * state.excursion(),
                        "model %s predicts %s = %s %s at t=%s ms for a protocol alone and %s in a batch of %d; keep the first"
                                + " axis free of everything but the batch",
                        card.modelId(),
                        state.name(),
                        alone[variable][i],
                        state.unit(),
                        card.grid().timeMs(i),
                        amongOthers[variable][i],
                        protocols.size());
            }
        }
    }

    private int outOfBounds(ModelCard card, float[][][] predicted) {
        int outside = 0;
        int[] byVariable = new int[cellModel.variables().size()];
        for (float[][] trajectory : predicted) {
            boolean isOutside = false;
            for (int variable = 0; variable < trajectory.length; variable++) {
                StateVariable state = cellModel.variables().get(variable);
                for (float value : trajectory[variable]) {
                    if (!state.contains(value)) {
                        byVariable[variable]++;
                        isOutside = true;
                        break;
                    }
                }
            }
            outside += isOutside ? 1 : 0;
        }
        int most = Arrays.stream(byVariable).max().orElse(0);
        int worst = Arrays.stream(byVariable).boxed().toList().indexOf(most);
        StateVariable state = cellModel.variables().get(worst);
        require(
                outside < predicted.length,
                "model %s leaves the bounds of %s for all %d protocols, so that it would never be served; %s leaves [%s, %s] %s in"
                        + " %d of them: check the order of the variables and their units",
                card.modelId(),
                cellModel.id(),
                predicted.length,
                state.name(),
                state.lowest(),
                state.highest(),
                state.unit(),
                most);
        return outside;
    }

    private float[][][] resampled(ModelCard card, float[][][] predicted) {
        return Arrays.stream(predicted)
                .map(values -> new Traces(card.grid(), card.variables(), values)
                        .resample(grid)
                        .values())
                .toArray(float[][][]::new);
    }

    private static void require(boolean holds, String rule, Object... numbers) {
        if (!holds) {
            throw new UnusableModelException(rule.formatted(numbers));
        }
    }
}
