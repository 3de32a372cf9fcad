package org.ionstream.trainer.drift;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.VariableDiscrepancy;

/**
 * What the audits of an open window say. A value.
 *
 * @param errors relative L2 of those that the model answered
 * @param apd90ErrorsMs absolute, of their beats
 * @param coverages share of the variables whose band held the reference, of those with bands
 * @param inputs features of the currents, of all
 * @param routed how many the model left to the reference
 */
record DriftWindow(
        List<Double> errors,
        List<Double> apd90ErrorsMs,
        List<Double> coverages,
        List<Map<String, Double>> inputs,
        int routed) {
    static final DriftWindow EMPTY = new DriftWindow(List.of(), List.of(), List.of(), List.of(), 0);

    /** The other reasons are the sender's, or the installation's. */
    private static final Set<RouteReason> MODEL_CANNOT =
            Set.of(RouteReason.OUT_OF_RANGE, RouteReason.NON_FINITE, RouteReason.UNCERTAIN);

    private static final String APD90 = "apd90FromMaxUpstrokeMs";

    DriftWindow {
        errors = List.copyOf(errors);
        apd90ErrorsMs = List.copyOf(apd90ErrorsMs);
        coverages = List.copyOf(coverages);
        inputs = List.copyOf(inputs);
    }

    /** Whether it says something of the model: it answered, or could not. */
    static boolean counts(Discrepancy discrepancy) {
        return isCompared(discrepancy) || isRouted(discrepancy);
    }

    /** A model without a stated error cannot drift away from it. */
    private static boolean isCompared(Discrepancy discrepancy) {
        Double expected = discrepancy.getExpectedRelativeL2();
        return discrepancy.getStatus() == DiscrepancyStatus.COMPARED && expected != null && expected > 0;
    }

    /** What the sender wished for, its accuracy or its conditions, is no drift. */
    private static boolean isRouted(Discrepancy discrepancy) {
        return discrepancy.getSource() == Source.REFERENCE
                && !discrepancy.getModelId().isEmpty()
                && MODEL_CANNOT.contains(discrepancy.getReason());
    }

    DriftWindow plus(Discrepancy discrepancy) {
        List<Map<String, Double>> moreInputs = plus(inputs, Stream.of(discrepancy.getInputs()));
        if (isRouted(discrepancy)) {
            return new DriftWindow(errors, apd90ErrorsMs, coverages, moreInputs, routed + 1);
        }
        List<Boolean> covered = discrepancy.getVariables().stream()
                .map(VariableDiscrepancy::getCovered)
                .filter(Objects::nonNull)
                .toList();
        Stream<Double> coverage = covered.isEmpty()
                ? Stream.of()
                : Stream.of((double) covered.stream().filter(held -> held).count() / covered.size());
        Stream<Double> apd90Errors = discrepancy.getBiomarkers().stream()
                .filter(biomarker -> biomarker.getBiomarker().equals(APD90))
                .map(BiomarkerDifference::getDifference)
                .filter(Objects::nonNull)
                .map(Math::abs);
        return new DriftWindow(
                plus(errors, Stream.of(discrepancy.getRelativeL2())),
                plus(apd90ErrorsMs, apd90Errors),
                plus(coverages, coverage),
                moreInputs,
                routed);
    }

    @JsonIgnore
    int audits() {
        return errors.size() + routed;
    }

    private static <T> List<T> plus(List<T> list, Stream<T> more) {
        List<T> longer = new ArrayList<>(list);
        more.forEach(longer::add);
        return longer;
    }
}
