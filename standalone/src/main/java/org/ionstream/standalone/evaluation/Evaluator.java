package org.ionstream.standalone.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.score.BiomarkerErrors;
import org.ionstream.trainer.score.BiomarkerPair;
import org.ionstream.trainer.score.ErrorRow;
import org.ionstream.trainer.score.Firing;
import org.ionstream.trainer.score.Norms;
import org.ionstream.trainer.score.PaperError;
import org.ionstream.trainer.score.PaperErrors;
import org.ionstream.trainer.score.PaperTest;
import org.ionstream.trainer.score.PhysicalError;
import org.ionstream.trainer.score.PhysicalErrors;
import org.ionstream.trainer.score.PredictionCost;
import org.ionstream.trainer.score.PublishedErrors;
import org.ionstream.trainer.score.ReferenceTrajectory;

/**
 * Takes one model through the paper's test. Two families of grids are solved, each protocol once: the paper's grid, and one
 * four times as fine as the served one, of which every second, fourth and eighth sample are the other grids of that family.
 */
public final class Evaluator {
    /** Samples of the finest grid per sample of each grid, the served one's last but one. */
    private static final int[] EVERY_NTH = {8, 4, 2, 1};

    private static final int SERVED = 4;
    private static final double MB = 1 << 20;

    /**
     * @param seed of the paper's data sets
     * @param protocols of the test; 0: as many as the paper has
     * @param servedOnly not exported to any other grid, which takes most of the time
     */
    public record Settings(long seed, int protocols, boolean servedOnly) {
        public Settings {
            if (protocols < 0) {
                throw new IllegalArgumentException(
                        "%d test protocols; give 0 for the paper's number, or more".formatted(protocols));
            }
        }
    }

    private final OnnxModelFile served;
    private final CellModel cellModel;
    private final Settings settings;
    private final LongTask task;
    private final ReferenceLabels labels = ReferenceLabels.standard();
    private final PaperTest test;
    private final NetworkGrids grids;

    /** @param tell receives a line now and then */
    public Evaluator(OnnxModelFile served, Settings settings, Consumer<String> tell) {
        this.served = served;
        this.cellModel = CellModels.byId(served.card().cellModel());
        this.settings = settings;
        this.task = new LongTask(cellModel.id(), tell);
        this.test = new PaperTest(cellModel, settings.seed(), settings.protocols(), labels);
        this.grids = new NetworkGrids(served);
    }

    /** @param cost measured before; null: not wanted */
    public Evaluated evaluate(PredictionCost cost) {
        long startNs = System.nanoTime();
        TimeGrid finest = finest(served.card().grid());
        Normalisation onFinest = task.solving(test.statisticsOf(), "the paper's", () -> test.statistics(finest));
        OnPaperGrid paper = onPaperGrid(onFinest.on(served.card().grid()));
        OnServedGrids own = onServedGrids(finest, onFinest);
        List<StimulusProtocol> protocols = test.protocols();
        ErrorRow.Measured measured = new ErrorRow.Measured(test.subsets(), paper.served, paper.exported, own.physical);
        List<ModelReport.OfProtocol> rows = IntStream.range(0, protocols.size())
                .mapToObj(i -> row(protocols.get(i), i, measured))
                .toList();
        List<TraceExample> examples = examples(rows);
        ModelReport report = new ModelReport(
                cellModel.id(),
                cellModel.variables().size(),
                served.card().modelId(),
                new ModelReport.Grids(
                        served.card().samples(),
                        served.card().stepMs(),
                        test.grid().samples(),
                        test.grid().stepMs()),
                ErrorRow.all(measured),
                ErrorRow.bySubset(measured),
                ErrorRow.byVariable(measured, cellModel.variables()),
                BiomarkerErrors.of(own.biomarkers),
                Firing.of(own.biomarkers),
                own.resolution,
                size(),
                cost,
                (System.nanoTime() - startNs) / 1e9,
                PublishedErrors.of(cellModel),
                rows);
        return new Evaluated(report, examples);
    }

    private record OnPaperGrid(List<PaperError> served, List<PaperError> exported) {}

    private OnPaperGrid onPaperGrid(Normalisation onServed) {
        Normalisation onPaper = task.solving(test.statisticsOf(), "the paper's", () -> test.statistics(test.grid()));
        try (Predictors predictors = new Predictors()) {
            PaperErrors asServed = new PaperErrors(predictors.of(served), onServed, onPaper);
            PaperErrors exported = null;
            if (exports()) {
                Candidate there =
                        task.solving(grids.trainingProtocols(), "its own", () -> grids.on(test.grid(), labels));
                exported = new PaperErrors(predictors.of(grids.file(there)), onPaper, onPaper);
            }
            List<PaperErrors> all = exported == null ? List.of(asServed) : List.of(asServed, exported);
            task.counting("test protocols on the paper's grid", test.protocols().size());
            test.solve(test.grid(), part -> {
                all.forEach(errors -> errors.add(part));
                task.advance(asServed.errors().size());
            });
            return new OnPaperGrid(asServed.errors(), exported == null ? List.of() : exported.errors());
        }
    }

    private record OnServedGrids(
            List<PhysicalError> physical, List<BiomarkerPair> biomarkers, List<ModelReport.OnGrid> resolution) {}

    private OnServedGrids onServedGrids(TimeGrid finest, Normalisation onFinest) {
        try (Predictors predictors = new Predictors()) {
            FnoPredictor predictor = predictors.of(served);
            PhysicalErrors physical = new PhysicalErrors(predictor, cellModel);
            Candidate there = exports()
                    ? task.solving(grids.trainingProtocols(), "its own", () -> grids.on(finest, labels))
                    : null;
            Map<Integer, PaperErrors> byNth = new LinkedHashMap<>();
            for (int nth : EVERY_NTH) {
                Normalisation statistics = onFinest.on(ReferenceTrajectory.every(finest, nth));
                if (nth == SERVED) {
                    byNth.put(nth, new PaperErrors(predictor, statistics, statistics));
                } else if (there != null) {
                    byNth.put(nth, new PaperErrors(predictors.of(grids.every(there, nth)), statistics, statistics));
                }
            }
            task.counting(
                    "test protocols on grids around the served one",
                    test.protocols().size());
            test.solve(finest, part -> {
                physical.add(every(part, SERVED));
                byNth.forEach((nth, errors) -> errors.add(every(part, nth)));
                task.advance(physical.errors().size());
            });
            List<ModelReport.OnGrid> resolution = new ArrayList<>();
            byNth.forEach((nth, errors) -> {
                TimeGrid grid = ReferenceTrajectory.every(finest, nth);
                resolution.add(new ModelReport.OnGrid(
                        (double) SERVED / nth, grid.samples(), grid.stepMs(), Norms.ofPaper(errors.errors())));
            });
            return new OnServedGrids(physical.errors(), physical.biomarkers(), resolution);
        }
    }

    private boolean exports() {
        return !settings.servedOnly() && grids.areThere();
    }

    private static List<ReferenceTrajectory> every(List<ReferenceTrajectory> part, int nth) {
        return part.stream().map(reference -> reference.every(nth)).toList();
    }

    private static TimeGrid finest(TimeGrid served) {
        return new TimeGrid(served.stepMs() / SERVED, SERVED * served.samples());
    }

    private ModelReport.OfProtocol row(StimulusProtocol protocol, int place, ErrorRow.Measured measured) {
        List<Pulse> pulses = protocol.getPulses();
        double physical =
                PhysicalError.meanOverMoved(measured.physical().get(place).relativeL2());
        return new ModelReport.OfProtocol(
                protocol.getId(),
                measured.subsets().get(place),
                pulses.isEmpty() ? 0 : pulses.get(0).getAmplitude(),
                pulses.isEmpty() ? 0 : pulses.get(0).getDurationMs(),
                measured.served().get(place),
                measured.exported().isEmpty() ? null : measured.exported().get(place),
                Double.isNaN(physical) ? null : physical,
                PhysicalError.meanOverMoved(measured.physical().get(place).relativeL2OnStream()));
    }

    private List<TraceExample> examples(List<ModelReport.OfProtocol> rows) {
        int[] byError = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> rows.get(i).served().relativeL2()))
                .mapToInt(Integer::intValue)
                .toArray();
        int last = rows.size() - 1;
        try (Predictors predictors = new Predictors()) {
            FnoPredictor predictor = predictors.of(served);
            return List.of(
                    example("best", predictor, rows, byError[0]),
                    example("median", predictor, rows, byError[last / 2]),
                    example("95th percentile", predictor, rows, byError[(int) Math.round(0.95 * last)]),
                    example("worst", predictor, rows, byError[last]));
        }
    }

    private TraceExample example(String rank, FnoPredictor predictor, List<ModelReport.OfProtocol> rows, int place) {
        TimeGrid grid = predictor.card().grid();
        ReferenceTrajectory reference =
                test.solve(List.of(test.protocols().get(place)), grid).get(0);
        float[] current = reference.stimulus().cellMeans(grid);
        Traces predicted = new Traces(grid, cellModel.variableNames(), predictor.predict(new float[][] {current})[0]);
        return new TraceExample(rank, rows.get(place), predicted, reference.traces(cellModel), current);
    }

    private ModelReport.Size size() {
        Candidate candidate = grids.candidate();
        long parameters = candidate.recipe().architecture().parameterCount();
        return new ModelReport.Size(
                parameters,
                Float.BYTES * parameters / MB,
                served.bytes().length / MB,
                candidate.recipe().training().steps(),
                candidate.recipe().training().batch(),
                candidate.recipe().baseProtocols());
    }
}
