package org.ionstream.trainer.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.trainer.drift.DriftSettings.Limit;

/**
 * What a full window comes to.
 *
 * @param window it is of
 * @param effectSize median error as a multiple of the one at release; 0 if the model answered none
 * @param inputDrift population stability index by feature
 */
record DriftQuantities(DriftWindow window, double effectSize, Map<String, Double> inputDrift) {
    /** A median over fewer says nothing. */
    private static final int LEAST_ERRORS = 5;

    static DriftQuantities of(DriftWindow window, double expectedRelativeL2, List<InputHistogram> own) {
        double effectSize = window.errors().size() < LEAST_ERRORS && window.routed() > 0
                ? 0
                : quantile(window.errors(), 0.5) / expectedRelativeL2;
        return new DriftQuantities(window, effectSize, InputDrift.of(own, window.inputs()));
    }

    boolean areBeyond(DriftSettings settings) {
        return !beyond(settings).isEmpty();
    }

    boolean areClear(DriftSettings settings) {
        return effectSize < settings.error().clear()
                && largestInputDrift() < settings.input().clear()
                && routedShare() < settings.routed().clear()
                && uncovered() < settings.uncovered().clear();
    }

    /** Each quantity beyond its limit, with the numbers. */
    private List<String> beyond(DriftSettings settings) {
        List<String> causes = new ArrayList<>();
        if (effectSize >= settings.error().declare()) {
            causes.add("median error %.4f is %.1f times that at release, limit %s"
                    .formatted(quantile(window.errors(), 0.5), effectSize, of(settings.error())));
        }
        if (routedShare() >= settings.routed().declare()) {
            causes.add("%.0f %% of the protocols are left to the reference, limit %.0f %%"
                    .formatted(100 * routedShare(), 100 * settings.routed().declare()));
        }
        if (largestInputDrift() >= settings.input().declare()) {
            String feature = inputDrift.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElseThrow();
            causes.add("stability index of %s is %.2f, limit %s"
                    .formatted(feature, largestInputDrift(), of(settings.input())));
        }
        if (uncovered() >= settings.uncovered().declare()) {
            causes.add("bands miss %.0f %%, limit %.0f %%"
                    .formatted(100 * uncovered(), 100 * settings.uncovered().declare()));
        }
        return causes;
    }

    private static String of(Limit limit) {
        return "%.2g".formatted(limit.declare());
    }

    /** With everything that follows from the window alone. */
    DriftReport.Builder begun(DriftSettings settings) {
        Optional<Double> coverage = coverage();
        return DriftReport.newBuilder()
                .setMedianRelativeL2(quantile(window.errors(), 0.5))
                .setP90RelativeL2(quantile(window.errors(), 0.9))
                .setEffectSize(effectSize)
                .setCause(String.join("; ", beyond(settings)))
                .setMedianApd90ErrorMs(window.apd90ErrorsMs().isEmpty() ? null : quantile(window.apd90ErrorsMs(), 0.5))
                .setP90Apd90ErrorMs(window.apd90ErrorsMs().isEmpty() ? null : quantile(window.apd90ErrorsMs(), 0.9))
                .setCoverage(coverage.orElse(null))
                .setCoverageStandardError(coverage.map(this::standardError).orElse(null))
                .setRoutedShare(routedShare())
                .setInputDrift(inputDrift);
    }

    double routedShare() {
        return (double) window.routed() / window.audits();
    }

    private double largestInputDrift() {
        return inputDrift.values().stream().max(Comparator.naturalOrder()).orElse(0.0);
    }

    private double uncovered() {
        return window.coverages().size() < LEAST_ERRORS ? 0 : 1 - coverage().orElse(1.0);
    }

    private Optional<Double> coverage() {
        return window.coverages().isEmpty()
                ? Optional.empty()
                : Optional.of(window.coverages().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow());
    }

    private double standardError(double mean) {
        double squares = window.coverages().stream()
                .mapToDouble(share -> (share - mean) * (share - mean))
                .sum();
        return Math.sqrt(squares) / window.coverages().size();
    }

    /** By linear interpolation between order statistics; 0 if there are none. */
    static double quantile(List<Double> values, double probability) {
        if (values.isEmpty()) {
            return 0;
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double position = probability * (sorted.length - 1);
        int left = (int) position;
        int right = Math.min(left + 1, sorted.length - 1);
        return sorted[left] + (position - left) * (sorted[right] - sorted[left]);
    }
}
