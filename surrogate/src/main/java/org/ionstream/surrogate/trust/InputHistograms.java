package org.ionstream.surrogate.trust;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.ShuffledFloats;
import org.ionstream.schemas.wire.TimeGrid;

/** How the protocols that a model is calibrated on are distributed, and what to compare with it. */
public final class InputHistograms {
    /** Few, so that fifty audits fill them. */
    private static final int BINS = 5;

    private InputHistograms() {}

    /** What the current of a protocol is described by, on the cell model's own grid. */
    public static Map<String, Double> features(Stimulus stimulus) {
        TimeGrid grid = TimeGrid.covering(
                stimulus.cellModel().horizonMs(), stimulus.cellModel().stepMs());
        double[] values = Feature.ofCurrent(stimulus.cellMeans(grid), grid);
        Map<String, Double> features = new LinkedHashMap<>();
        Feature.OF_CURRENT.forEach(feature -> features.put(feature.name(), values[feature.ordinal()]));
        return features;
    }

    /** Of the neighbours that are like the stream, with edges at their quantiles, so that the bins are about equally full. */
    static List<InputHistogram> of(Calibration calibration) {
        int columns = calibration.getFeatures().size();
        int protocols = calibration.getNeighbours().remaining() / (Float.BYTES * columns);
        float[][] points = ShuffledFloats.decode(calibration.getNeighbours(), protocols, columns);
        return Feature.OF_CURRENT.stream()
                .map(feature -> {
                    int column = feature.ordinal();
                    double centre = calibration.getCentres().get(column);
                    double scale = calibration.getScales().get(column);
                    double[] sorted = Arrays.stream(points)
                            .limit(calibration.getStreamed() == 0 ? protocols : calibration.getStreamed())
                            .mapToDouble(point -> centre + scale * point[column])
                            .sorted()
                            .toArray();
                    return of(feature.name(), sorted);
                })
                .toList();
    }

    /** Edges lie a little above the values, as these come back from float32. */
    static InputHistogram of(String feature, double[] sorted) {
        double[] edges = IntStream.range(1, BINS)
                .mapToDouble(bin -> sorted[bin * sorted.length / BINS] + Feature.RESOLUTION / 2)
                .distinct()
                .toArray();
        double[] shares = new double[edges.length + 1];
        for (double value : sorted) {
            shares[bin(edges, value)] += 1.0 / sorted.length;
        }
        return new InputHistogram(feature, boxed(edges), boxed(shares));
    }

    /** Place of a value among bins. */
    public static int bin(double[] edges, double value) {
        int bin = 0;
        while (bin < edges.length && value > edges[bin]) {
            bin++;
        }
        return bin;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
