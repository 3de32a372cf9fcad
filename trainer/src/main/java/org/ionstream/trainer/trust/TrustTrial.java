package org.ionstream.trainer.trust;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.surrogate.trust.Feature;
import org.ionstream.trainer.data.ReferenceLabels;

/** Measures how far a calibrated model can be trusted, with the classes that serve it. */
public final class TrustTrial {
    /** Of the paper's validation distribution; no calibration draws with it. */
    private static final long SEED = 5;

    /** How much of the whole is one block of a stream. */
    private static final int FIFTHS = 5;

    /**
     * @param protocols measured on; as many again make each drifting stream
     * @param calibrationProtocols neighbours, and as many scored, of the other ways to expect errors; 0: leaves these out
     * @param wishes accuracy wishes
     */
    public record Settings(int protocols, int calibrationProtocols, List<Double> wishes) {
        public Settings {
            if (protocols < 100) {
                throw new IllegalArgumentException(
                        "%d protocols say nothing of a coverage; take 100 at least".formatted(protocols));
            }
            wishes = List.copyOf(wishes);
        }
    }

    private final OnnxModelFile file;
    private final Calibration calibration;
    private final CellModel cellModel;
    private final ReferenceLabels labels;
    private final FnoPredictor.Settings serving;
    private final Settings settings;

    /** @throws IllegalArgumentException if the file has no calibration */
    public TrustTrial(OnnxModelFile file, ReferenceLabels labels, FnoPredictor.Settings serving, Settings settings) {
        this.file = file;
        this.calibration = file.requiredCalibration();
        this.cellModel = CellModels.byId(file.card().cellModel());
        this.labels = labels;
        this.serving = serving;
        this.settings = settings;
    }

    /** @param progress told what comes next */
    public TrustReport run(Consumer<String> progress) {
        progress.accept("solving %,d protocols".formatted(settings.protocols()));
        List<StimulusProtocol> protocols = PaperDistribution.of(cellModel).validation(SEED, settings.protocols());
        try (FnoPredictor predictor = new FnoPredictor(file, serving)) {
            CalibratedErrors errors = new CalibratedErrors(calibration, file.card());
            MeasuredErrors measured = measured(predictor, protocols, errors);
            List<TrustReport.Score> scores = new ArrayList<>();
            scores.add(score("as served", measured));
            if (settings.calibrationProtocols() > 0) {
                scores.addAll(alternatives(predictor, protocols, progress));
            }
            List<TrustReport.Stream> streams = new DriftingStream(cellModel, labels, predictor, errors)
                    .all(measured, settings.protocols(), progress);
            return new TrustReport(
                    cellModel.id(),
                    file.card().modelId(),
                    settings.protocols(),
                    "%s; %d neighbours, %d scored"
                            .formatted(calibration.getProtocols(), calibration.getNearest(), calibration.getScored()),
                    errors.coverage(),
                    assessmentMicros(predictor, protocols, errors),
                    scores,
                    fifths(measured),
                    settings.wishes().stream().map(wish -> wish(wish, measured)).toList(),
                    streams);
        }
    }

    /** Calibrated anew, all on the same protocols. */
    private List<TrustReport.Score> alternatives(
            FnoPredictor predictor, List<StimulusProtocol> protocols, Consumer<String> progress) {
        int count = settings.calibrationProtocols();
        progress.accept("solving %,d calibration protocols for the other ways to expect errors".formatted(2 * count));
        Calibrator.Protocols paper = Calibrator.paper(cellModel, file.card().grid(), labels, count);
        Calibrator calibrator = new Calibrator(serving);
        record Way(String name, List<Feature> features, int nearest) {}
        return List.of(
                        new Way("the same for all protocols", Feature.OF_CURRENT, Integer.MAX_VALUE),
                        new Way("neighbours by current", Feature.OF_CURRENT, Calibrator.NEAREST),
                        new Way("neighbours by current and prediction", List.of(Feature.values()), Calibrator.NEAREST),
                        new Way("the same, 2 neighbours", List.of(Feature.values()), 2),
                        new Way("the same, 20 neighbours", List.of(Feature.values()), 20),
                        new Way("the same, 80 neighbours", List.of(Feature.values()), 80))
                .stream()
                .map(way -> {
                    Calibration calibration = calibrator.of(file, paper, way.features(), way.nearest());
                    CalibratedErrors errors = new CalibratedErrors(calibration, file.card());
                    return score(way.name(), measured(predictor, protocols, errors));
                })
                .toList();
    }

    private MeasuredErrors measured(FnoPredictor predictor, List<StimulusProtocol> protocols, CalibratedErrors errors) {
        return MeasuredErrors.of(
                predictor, Calibrator.solved(protocols, file.card().grid(), labels), errors);
    }

    private TrustReport.Score score(String name, MeasuredErrors measured) {
        double[] byProtocol = measured.coverageByProtocol();
        double[] byVariable = measured.coverageByVariable();
        int lowest = IntStream.range(0, byVariable.length)
                .boxed()
                .min(Comparator.comparingDouble(variable -> byVariable[variable]))
                .orElseThrow();
        List<Integer> byError = sorted(measured, i -> measured.error(i, 0));
        List<Integer> hardest = byError.subList(measured.size() - measured.size() / FIFTHS, measured.size());
        return new TrustReport.Score(
                name,
                mean(byProtocol),
                standardError(byProtocol),
                byVariable[lowest],
                cellModel.variables().get(lowest).name(),
                measured.boundCoverage(),
                hardest.stream().mapToDouble(i -> byProtocol[i]).average().orElseThrow(),
                measured.correlation(),
                measured.geometricMeanRadius(cellModel.variables()));
    }

    private static List<TrustReport.Fifth> fifths(MeasuredErrors measured) {
        List<Integer> byExpectation =
                sorted(measured, i -> measured.assessments().get(i).expectedRelativeL2());
        double[] covered = measured.coverageByProtocol();
        List<TrustReport.Fifth> fifths = new ArrayList<>();
        for (int fifth = 0; fifth < FIFTHS; fifth++) {
            List<Integer> part =
                    byExpectation.subList(fifth * measured.size() / FIFTHS, (fifth + 1) * measured.size() / FIFTHS);
            fifths.add(new TrustReport.Fifth(
                    median(part.stream()
                            .mapToDouble(i -> measured.assessments().get(i).expectedRelativeL2())
                            .toArray()),
                    median(part.stream().mapToDouble(i -> measured.error(i, 0)).toArray()),
                    part.stream().mapToDouble(i -> covered[i]).average().orElseThrow(),
                    part.stream()
                            .mapToDouble(i -> measured.isWithinBound(i) ? 1 : 0)
                            .average()
                            .orElseThrow()));
        }
        return fifths;
    }

    private static TrustReport.Wish wish(double wanted, MeasuredErrors measured) {
        double[] served = IntStream.range(0, measured.size())
                .filter(i -> measured.assessments().get(i).relativeL2Bound() <= wanted)
                .filter(i -> measured.inRange().get(i))
                .mapToDouble(i -> measured.error(i, 0))
                .sorted()
                .toArray();
        if (served.length == 0) {
            return new TrustReport.Wish(wanted, 0, Double.NaN, Double.NaN, Double.NaN);
        }
        double kept =
                (double) Arrays.stream(served).filter(error -> error <= wanted).count() / served.length;
        return new TrustReport.Wish(
                wanted,
                (double) served.length / measured.size(),
                mean(served),
                served[(int) Math.ceil(0.9 * served.length) - 1],
                kept);
    }

    /** Of the second half of them, when the code is warm. */
    private double assessmentMicros(FnoPredictor predictor, List<StimulusProtocol> protocols, CalibratedErrors errors) {
        int count = Math.min(64, protocols.size());
        float[][] currents = protocols.stream()
                .limit(count)
                .map(protocol -> Stimulus.of(protocol).cellMeans(file.card().grid()))
                .toArray(float[][]::new);
        float[][][] predicted = predictor.predict(currents);
        long began = 0;
        for (int round = 0; round < 20; round++) {
            began = round == 10 ? System.nanoTime() : began;
            for (int i = 0; i < count; i++) {
                errors.outOfRange(currents[i]);
                errors.assess(currents[i], predicted[i]);
            }
        }
        return (System.nanoTime() - began) / 1e3 / (10 * count);
    }

    private static List<Integer> sorted(MeasuredErrors measured, IntToDoubleFunction by) {
        return IntStream.range(0, measured.size())
                .boxed()
                .sorted(Comparator.comparingDouble(by::applyAsDouble))
                .toList();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        return Math.sqrt(variance / values.length);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
