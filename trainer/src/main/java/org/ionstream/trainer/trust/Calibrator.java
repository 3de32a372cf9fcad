package org.ionstream.trainer.trust;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.ShuffledFloats;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.surrogate.trust.Feature;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * Measures what errors a model makes on protocols that it was not trained on, and writes them into its file as a calibration:
 * errors of the neighbours that a prediction's own are expected from, and the conformal quantiles over other protocols.
 */
public final class Calibrator {
    /** Of the bands and the bound. */
    public static final double COVERAGE = 0.9;

    /** Drawn from the paper's validation distribution for the neighbours and as many again for the quantiles. */
    public static final int PROTOCOLS = 2_000;

    /** Seeds of the paper's validation distribution that nothing else draws with. */
    private static final long NEIGHBOURS_SEED = 3;

    private static final long SCORED_SEED = 4;

    /** Protocols in memory at once. */
    private static final int PART = 250;

    /** Chosen by the {@code trust} command among 2, 5, 20 and 80: the narrowest bands at the same coverage. */
    static final int NEAREST = 5;

    private final FnoPredictor.Settings serving;

    /** @param serving how the model is run */
    public Calibrator(FnoPredictor.Settings serving) {
        this.serving = serving;
    }

    /** On the paper's distribution: for models that were trained on it, or that nothing is known of. */
    public OnnxModelFile onPaper(OnnxModelFile file, ReferenceLabels labels) {
        return calibrated(
                file,
                paper(CellModels.byId(file.card().cellModel()), file.card().grid(), labels, PROTOCOLS));
    }

    /** @param count of neighbours, and of protocols to score */
    static Protocols paper(CellModel cellModel, TimeGrid grid, ReferenceLabels labels, int count) {
        PaperDistribution paper = PaperDistribution.of(cellModel);
        return new Protocols(
                "paper validation, seeds %d and %d, %d protocols each".formatted(NEIGHBOURS_SEED, SCORED_SEED, count),
                solved(paper.validation(NEIGHBOURS_SEED, count), grid, labels),
                0,
                solved(paper.validation(SCORED_SEED, count), grid, labels));
    }

    /** In parts, each solved when it is asked for. */
    static Iterable<TrajectorySet> solved(List<StimulusProtocol> protocols, TimeGrid grid, ReferenceLabels labels) {
        return () -> IntStream.range(0, (protocols.size() + PART - 1) / PART)
                .mapToObj(part -> protocols.subList(part * PART, Math.min(protocols.size(), (part + 1) * PART)))
                .map(part -> labels.solve(part, grid, count -> {}))
                .iterator();
    }

    /**
     * What to calibrate on, in parts.
     *
     * @param name for people
     * @param neighbours like what the model is to answer, on its grid; may have been trained on
     * @param streamed the first so many neighbours are like the stream that the model is for; 0: all are
     * @param scored not trained on
     */
    public record Protocols(
            String name, Iterable<TrajectorySet> neighbours, int streamed, Iterable<TrajectorySet> scored) {}

    /** @throws IllegalArgumentException if there are too few protocols for bands of this coverage */
    public OnnxModelFile calibrated(OnnxModelFile file, Protocols protocols) {
        return file.withCalibration(of(file, protocols, List.of(Feature.values()), NEAREST));
    }

    /**
     * @param features that predictions are compared by; the current's, which come first, at least
     * @param nearest neighbours that the expected error is of
     */
    Calibration of(OnnxModelFile file, Protocols protocols, List<Feature> features, int nearest) {
        try (FnoPredictor predictor = new FnoPredictor(file, serving)) {
            MeasuredErrors neighbours = MeasuredErrors.of(predictor, protocols.neighbours(), null);
            double[] centres = new double[features.size()];
            double[] scales = new double[features.size()];
            float[][] points = scaled(neighbours.features(), features, centres, scales);
            Calibration unscored = Calibration.newBuilder()
                    .setProtocols(protocols.name())
                    .setCoverage(COVERAGE)
                    .setNearest(Math.min(nearest, neighbours.size()))
                    .setFeatures(features.stream().map(Feature::name).toList())
                    .setCentres(boxed(centres))
                    .setScales(boxed(scales))
                    .setNeighbours(ShuffledFloats.encode(points))
                    .setStreamed(protocols.streamed())
                    .setLogErrors(ShuffledFloats.encode(neighbours.logErrors()))
                    .setBoundScore(1)
                    .setRadiusScores(boxed(ones(file.card().variables().size())))
                    .setScored(0)
                    .setFarthest(Double.MAX_VALUE)
                    .build();
            return scored(unscored, file, predictor, protocols.scored());
        }
    }

    private static Calibration scored(
            Calibration unscored, OnnxModelFile file, FnoPredictor predictor, Iterable<TrajectorySet> held) {
        MeasuredErrors measured = MeasuredErrors.of(predictor, held, new CalibratedErrors(unscored, file.card()));
        if (measured.size() * (1 - COVERAGE) < 1) {
            throw new IllegalArgumentException("%d protocols to score model %s; a band of %s needs at least %.0f"
                    .formatted(measured.size(), file.card().modelId(), COVERAGE, 1 / (1 - COVERAGE)));
        }
        double[] radiusScores = IntStream.rangeClosed(1, file.card().variables().size())
                .mapToDouble(column -> conformal(measured.ratios(column)))
                .toArray();
        return Calibration.newBuilder(unscored)
                .setBoundScore(conformal(measured.ratios(0)))
                .setRadiusScores(boxed(radiusScores))
                .setScored(measured.size())
                .setFarthest(Collections.max(measured.distances()))
                .build();
    }

    /** The smallest of the scores that a new one stays below with the wanted probability, the new one counted in. */
    static double conformal(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil((sorted.length + 1) * COVERAGE);
        return sorted[Math.min(rank, sorted.length) - 1];
    }

    /** Fills centres and scales with mean and standard deviation. */
    private static float[][] scaled(double[][] values, List<Feature> features, double[] centres, double[] scales) {
        float[][] points = new float[values.length][features.size()];
        for (int column = 0; column < centres.length; column++) {
            int feature = features.get(column).ordinal();
            double mean = Arrays.stream(values)
                    .mapToDouble(row -> row[feature])
                    .average()
                    .orElseThrow();
            double variance = Arrays.stream(values)
                    .mapToDouble(row -> (row[feature] - mean) * (row[feature] - mean))
                    .average()
                    .orElseThrow();
            centres[column] = mean;
            scales[column] = Math.max(Math.sqrt(variance), Feature.RESOLUTION);
            for (int i = 0; i < points.length; i++) {
                points[i][column] = (float) ((values[i][feature] - mean) / scales[column]);
            }
        }
        return points;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
