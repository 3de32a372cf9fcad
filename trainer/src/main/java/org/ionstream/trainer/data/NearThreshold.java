package org.ionstream.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.producer.sampler.Subset;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Protocols next to the threshold of an action potential, where a thousandth more current decides about the whole answer: the
 * paper's single pulses with amplitudes close to the least one that fires. In its distribution few are so close, and most of
 * a good network's error is there. Immutable, thread-safe.
 */
public final class NearThreshold {
    private static final int DURATIONS = 96;
    private static final int HALVINGS = 16;
    private static final int SAMPLES = 1000;
    /** Distances from the threshold, as shares of it: decimal logarithms, evenly distributed in between. */
    private static final double FARTHEST = -0.9;

    private static final double NEAREST = -3.2;
    private static final int ATTEMPTS = 1_000;

    private final CellModel cellModel;
    private final List<Subset> subsets;
    private final double[] logDurations;
    /** Least amplitude that fires, by duration; infinite where the strongest of the paper's pulses does not. */
    private final double[] thresholds;

    /** Finds the threshold by duration, on all processors. */
    public NearThreshold(CellModel cellModel, ReferenceLabels labels) {
        this.cellModel = cellModel;
        this.subsets = PaperDistribution.of(cellModel).subsets().stream()
                .filter(subset -> subset.durationMs().to() > 0)
                .toList();
        double strongest = subsets.stream()
                .mapToDouble(subset -> subset.amplitude().to())
                .max()
                .orElseThrow();
        double shortest = subsets.stream()
                .mapToDouble(subset ->
                        Math.max(cellModel.stepMs(), subset.durationMs().from()))
                .min()
                .orElseThrow();
        double stretch = Math.log(cellModel.horizonMs() / shortest) / (DURATIONS - 1);
        this.logDurations = IntStream.range(0, DURATIONS)
                .mapToDouble(i -> Math.log(shortest) + i * stretch)
                .toArray();
        this.thresholds = IntStream.range(0, DURATIONS)
                .parallel()
                .mapToDouble(i -> threshold(labels, Math.exp(logDurations[i]), strongest))
                .toArray();
    }

    private double threshold(ReferenceLabels labels, double durationMs, double strongest) {
        if (!fires(labels, durationMs, strongest)) {
            return Double.POSITIVE_INFINITY;
        }
        double silent = 0;
        double firing = strongest;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (silent + firing) / 2;
            if (fires(labels, durationMs, middle)) {
                firing = middle;
            } else {
                silent = middle;
            }
        }
        return firing;
    }

    private boolean fires(ReferenceLabels labels, double durationMs, double amplitude) {
        int potential =
                cellModel.variableNames().indexOf(cellModel.excitability().potential());
        LabelledProtocol solved = labels.solve(
                protocol("threshold", "threshold", durationMs, amplitude),
                new TimeGrid(cellModel.horizonMs() / SAMPLES, SAMPLES));
        double least = cellModel.excitability().threshold() - solved.initial()[potential];
        for (float excursion : solved.excursions()[potential]) {
            if (excursion > least) {
                return true;
            }
        }
        return false;
    }

    /**
     * Durations as in the paper's subsets, each as likely as it is frequent in the training set, amplitudes on both sides of
     * the threshold and within the subset's range.
     *
     * @throws IllegalStateException if the ranges hardly meet the threshold
     */
    public List<StimulusProtocol> draw(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<StimulusProtocol> protocols = new ArrayList<>(count);
        int attempts = 0;
        while (protocols.size() < count) {
            Subset subset = any(random);
            double durationMs = subset.durationMs().draw(random);
            double distance = Math.pow(10, NEAREST + (FARTHEST - NEAREST) * random.nextDouble());
            double amplitude = threshold(durationMs) * (random.nextBoolean() ? 1 + distance : 1 - distance);
            if (subset.amplitude().contains(amplitude)) {
                String id = "%s-near-threshold-%d-%d".formatted(cellModel.id(), seed, protocols.size());
                protocols.add(protocol(id, subset.name(), durationMs, amplitude));
            } else if (++attempts > ATTEMPTS * (1 + protocols.size())) {
                throw new IllegalStateException(
                        "%d of %d protocols next to the threshold after %d attempts: the paper's pulses of %s hardly meet it"
                                .formatted(protocols.size(), count, attempts, cellModel.id()));
            }
        }
        return protocols;
    }

    private Subset any(SplittableRandom random) {
        int place =
                random.nextInt(subsets.stream().mapToInt(Subset::heldOutCount).sum());
        int row = 0;
        while (place >= subsets.get(row).heldOutCount()) {
            place -= subsets.get(row).heldOutCount();
            row++;
        }
        return subsets.get(row);
    }

    /** Linear between the durations that were tried, on logarithmic scales. */
    private double threshold(double durationMs) {
        double position = (Math.log(Math.max(durationMs, Double.MIN_NORMAL)) - logDurations[0])
                / (logDurations[1] - logDurations[0]);
        int left = (int) Math.max(0, Math.min(DURATIONS - 2, Math.floor(position)));
        double share = Math.max(0, Math.min(1, position - left));
        return Math.exp((1 - share) * Math.log(thresholds[left]) + share * Math.log(thresholds[left + 1]));
    }

    private StimulusProtocol protocol(String id, String subset, double durationMs, double amplitude) {
        return CatalogueProtocol.of(cellModel, id, subset, List.of(new Pulse(0.0, durationMs, amplitude)));
    }
}
