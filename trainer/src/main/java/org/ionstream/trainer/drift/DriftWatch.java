package org.ionstream.trainer.drift;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.message.DriftState;

/**
 * What is known of one model version's live error: the open window and the verdict so far. A value; every discrepancy makes
 * a new one.
 *
 * @param window number of the open window, from 1
 * @param errors relative L2 of the open window
 * @param inARow closed windows in a row that spoke against the present verdict
 * @param drifted the verdict
 * @param unmatched audits whose other half never came
 */
record DriftWatch(long window, List<Double> errors, int inARow, boolean drifted, long unmatched) {
    static final DriftWatch START = new DriftWatch(1, List.of(), 0, false, 0);

    DriftWatch {
        errors = List.copyOf(errors);
    }

    DriftWatch plus(double relativeL2) {
        List<Double> more = new ArrayList<>(errors);
        more.add(relativeL2);
        return new DriftWatch(window, more, inARow, drifted, unmatched);
    }

    DriftWatch plusUnmatched() {
        return new DriftWatch(window, errors, inARow, drifted, unmatched + 1);
    }

    /** The next window, with the verdict that the full one leads to. */
    DriftWatch closed(double effectSize, DriftSettings settings) {
        boolean against = drifted ? effectSize < settings.clearEffect() : effectSize >= settings.declareEffect();
        int contrary = against ? inARow + 1 : 0;
        boolean turned = contrary >= settings.persistence();
        return new DriftWatch(window + 1, List.of(), turned ? 0 : contrary, turned != drifted, unmatched);
    }

    @JsonIgnore
    DriftState state() {
        if (drifted) {
            return DriftState.DRIFTED;
        }
        return inARow > 0 ? DriftState.SUSPECTED : DriftState.IN_DISTRIBUTION;
    }

    /** By linear interpolation between order statistics. */
    double quantile(double probability) {
        double[] sorted = errors.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double position = probability * (sorted.length - 1);
        int left = (int) position;
        int right = Math.min(left + 1, sorted.length - 1);
        return sorted[left] + (position - left) * (sorted[right] - sorted[left]);
    }
}
