package org.ionstream.surrogate.trust;

import java.util.List;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.ShuffledFloats;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.TinyModel;

/** A calibration of the tiny model: what protocols it knows, and the errors it made on them. */
public final class TinyCalibration {
    private static final TimeGrid GRID = new TimeGrid(TinyModel.STEP_MS, TinyModel.SAMPLES);

    private TinyCalibration() {}

    /**
     * Of one neighbour at a time, features as they are.
     *
     * @param known calibration protocols
     * @param relativeL2 error on each of them; V and w are off by twice and three times as much
     * @param boundScore the bound is so many times the expected error
     */
    public static Calibration of(List<StimulusProtocol> known, List<Double> relativeL2, double boundScore) {
        float[][] points = new float[known.size()][];
        float[][] logErrors = new float[known.size()][];
        for (int i = 0; i < points.length; i++) {
            double[] features = Feature.ofCurrent(current(known.get(i)), GRID);
            points[i] = new float[features.length];
            for (int feature = 0; feature < features.length; feature++) {
                points[i][feature] = (float) features[feature];
            }
            double error = relativeL2.get(i);
            logErrors[i] =
                    new float[] {(float) Math.log(error), (float) Math.log(2 * error), (float) Math.log(3 * error)};
        }
        return Calibration.newBuilder()
                .setProtocols("tiny")
                .setCoverage(0.9)
                .setNearest(1)
                .setFeatures(Feature.OF_CURRENT.stream().map(Feature::name).toList())
                .setCentres(Feature.OF_CURRENT.stream().map(feature -> 0.0).toList())
                .setScales(Feature.OF_CURRENT.stream().map(feature -> 1.0).toList())
                .setNeighbours(ShuffledFloats.encode(points))
                .setLogErrors(ShuffledFloats.encode(logErrors))
                .setBoundScore(boundScore)
                .setRadiusScores(List.of(1.5, 2.0))
                .setScored(100)
                .setFarthest(0.5)
                .build();
    }

    static float[] current(StimulusProtocol protocol) {
        return Stimulus.of(protocol).cellMeans(GRID);
    }
}
