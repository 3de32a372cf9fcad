package org.ionstream.standalone.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.retraining.RetrainingSettings;
import org.ionstream.trainer.retraining.Scenario;
import org.ionstream.trainer.score.Distribution;
import org.ionstream.trainer.score.Examination;
import org.ionstream.trainer.score.PaperTest;
import org.ionstream.trainer.score.RatioOfMeans;
import org.ionstream.trainer.trust.Shifts;

/** Runs a scenario and measures both models on protocols that neither the training nor the decision saw. */
public final class ScenarioTrial {
    private static final long TEST_SEED = 1;
    /** Of the shifted stream; the trainer's audits have another. */
    private static final long SHIFTED_SEED = 9;

    /** Of each part of the stream, as many as the plot shows, at most. */
    private static final int SHOWN = 400;

    private static final int BLOCKS = 5;

    /** @param challenger its file */
    public record Outcome(ScenarioReport report, OnnxModelFile challenger) {}

    private final FnoPredictor.Settings serving;
    private final RetrainingSettings retraining;
    private final int testProtocols;
    private final Optional<Path> checkpoints;
    private final Consumer<String> tell;

    /**
     * @param testProtocols of the shifted stream, on which both models are measured; one in a hundred, about which almost nothing
     *     decides, carries a third of a good network's mean error
     * @param checkpoints folder in which a training that is stopped can go on; empty: it begins anew
     * @param tell receives a line now and then
     */
    public ScenarioTrial(
            FnoPredictor.Settings serving,
            RetrainingSettings retraining,
            int testProtocols,
            Optional<Path> checkpoints,
            Consumer<String> tell) {
        if (testProtocols < BLOCKS) {
            throw new IllegalArgumentException(
                    "%d test protocols of the new stream; give %d or more, 4000 for a sure figure"
                            .formatted(testProtocols, BLOCKS));
        }
        this.serving = serving;
        this.retraining = retraining;
        this.testProtocols = testProtocols;
        this.checkpoints = checkpoints;
        this.tell = tell;
    }

    /**
     * @param champion before the shift
     * @param from made of it by an earlier run, to be trained on in its place; empty: the champion itself is
     */
    public Outcome run(OnnxModelFile champion, Optional<OnnxModelFile> from, Shifts shift) {
        CellModel cellModel = CellModels.byId(champion.card().cellModel());
        ReferenceSolver solver = new ReferenceSolver(SolverSettings.LABELS);
        long began = System.nanoTime();
        tell.accept("%s: the stream becomes %s".formatted(cellModel.id(), shift.title(cellModel)));
        List<ScenarioReport.Look> looks = new ArrayList<>();
        Scenario.Outcome outcome = new Scenario(solver, serving, retraining)
                .run(
                        from.orElse(champion),
                        shift,
                        checkpoints.map(folder -> folder.resolve(cellModel.id() + ".checkpoint")),
                        progress -> report(progress, looks));
        double minutes = (System.nanoTime() - began) / 6e10;
        tell.accept(outcome.decision());

        ReferenceLabels labels = new ReferenceLabels(solver);
        TimeGrid grid = champion.card().grid();
        Examination paper = examination(
                "paper test", cellModel, new PaperTest(cellModel, TEST_SEED, 0, labels).protocols(), grid, labels);
        Examination shifted = examination(
                "shifted", cellModel, shift.protocols(cellModel, SHIFTED_SEED, testProtocols), grid, labels);
        List<OnnxModelFile> models = Stream.of(Optional.of(champion), from, Optional.of(outcome.challenger()))
                .flatMap(Optional::stream)
                .toList();
        List<double[]> onPaper =
                models.stream().map(model -> paper.errors(model, serving)).toList();
        List<double[]> onShifted =
                models.stream().map(model -> shifted.errors(model, serving)).toList();
        int last = models.size() - 1;
        ScenarioReport report = new ScenarioReport(
                cellModel.id(),
                shift.title(cellModel),
                IntStream.rangeClosed(0, last)
                        .mapToObj(i -> new ScenarioReport.Measured(
                                models.get(i).card().modelId(), spread(onShifted.get(i)), spread(onPaper.get(i))))
                        .toList(),
                outcome.promoted(),
                outcome.decision(),
                minutes,
                RatioOfMeans.unpaired(onPaper.get(0), onShifted.get(last)),
                RatioOfMeans.paired(onPaper.get(0), onPaper.get(last)),
                looks,
                blocks(onPaper.get(0), onShifted));
        return new Outcome(report, outcome.challenger());
    }

    private static List<ScenarioReport.Block> blocks(double[] before, List<double[]> onShifted) {
        List<ScenarioReport.Block> blocks = new ArrayList<>();
        add(blocks, "before the shift", before);
        add(blocks, "after the shift", onShifted.get(0));
        for (int swap = 1; swap < onShifted.size(); swap++) {
            add(blocks, swap < onShifted.size() - 1 ? "after an earlier swap" : "after the swap", onShifted.get(swap));
        }
        return blocks;
    }

    private void report(FnoTraining.Progress progress, List<ScenarioReport.Look> looks) {
        if (!progress.validated()) {
            return;
        }
        ScenarioReport.Look look = new ScenarioReport.Look(
                progress.step(),
                progress.validationErrors().get(0),
                progress.validationErrors().get(1));
        looks.add(look);
        tell.accept(
                "step %,d of %,d, loss %.4f, selection: audits %.4f, paper %.4f, both %.4f (best %.4f), %.1f min left"
                        .formatted(
                                progress.step(),
                                progress.steps(),
                                progress.loss(),
                                look.shifted(),
                                look.paper(),
                                progress.validationError(),
                                progress.bestError(),
                                progress.secondsLeft() / 60));
    }

    private static Examination examination(
            String name, CellModel cellModel, List<StimulusProtocol> protocols, TimeGrid grid, ReferenceLabels labels) {
        return new Examination(name, cellModel, labels.solve(protocols, grid, count -> {}));
    }

    /** Protocols of a set come subset by subset: a block takes every fifth. */
    private static void add(List<ScenarioReport.Block> blocks, String part, double[] all) {
        double[] errors = Arrays.copyOf(all, Math.min(all.length, SHOWN));
        int begin = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).to();
        for (int block = 0; block < BLOCKS; block++) {
            int first = block;
            double[] some = IntStream.range(0, errors.length)
                    .filter(i -> i % BLOCKS == first)
                    .mapToDouble(i -> errors[i])
                    .toArray();
            Distribution spread = spread(some);
            int from = begin + block * errors.length / BLOCKS;
            int to = begin + (block + 1) * errors.length / BLOCKS;
            blocks.add(new ScenarioReport.Block(
                    from, to, part, spread.lowerQuartile(), spread.median(), spread.upperQuartile()));
        }
    }

    private static Distribution spread(double[] errors) {
        return Distribution.of(DoubleStream.of(errors)).orElseThrow();
    }
}
