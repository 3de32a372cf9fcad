package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.message.BiomarkerDifference;

/**
 * How far one biomarker is from the reference's over many protocols; its definition and unit are in the schema at its name.
 *
 * @param biomarker name of its field; prefixed with "beat." if it is of a beat
 * @param reference its values where both sides have it
 * @param absoluteDifference between both sides, where both have it; null if they never do
 * @param meanDifference with its sign, prediction - reference
 * @param predictedOnly the reference does not have it
 * @param referenceOnly the prediction does not have it
 */
public record BiomarkerErrors(
        String biomarker,
        Distribution reference,
        Distribution absoluteDifference,
        Double meanDifference,
        int predictedOnly,
        int referenceOnly) {
    private static final String OF_BEAT = "beat.";

    /** A row for each biomarker that some protocol has on some side, in the order of the schema. */
    public static List<BiomarkerErrors> of(List<BiomarkerPair> pairs) {
        Map<String, List<BiomarkerDifference>> byName = new LinkedHashMap<>();
        for (BiomarkerPair pair : pairs) {
            for (BiomarkerDifference difference : BiomarkerDifferences.of(pair.predicted(), pair.reference())) {
                String name = (difference.getBeatOnsetMs() == null ? "" : OF_BEAT) + difference.getBiomarker();
                byName.computeIfAbsent(name, unseen -> new ArrayList<>()).add(difference);
            }
        }
        return byName.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static BiomarkerErrors of(String name, List<BiomarkerDifference> differences) {
        List<BiomarkerDifference> both = differences.stream()
                .filter(difference -> difference.getDifference() != null)
                .toList();
        return new BiomarkerErrors(
                name,
                Distribution.of(both.stream().mapToDouble(BiomarkerDifference::getReference))
                        .orElse(null),
                Distribution.of(both.stream().mapToDouble(difference -> Math.abs(difference.getDifference())))
                        .orElse(null),
                Distribution.of(both.stream().mapToDouble(BiomarkerDifference::getDifference))
                        .map(Distribution::mean)
                        .orElse(null),
                (int) differences.stream()
                        .filter(difference -> difference.getReference() == null)
                        .count(),
                (int) differences.stream()
                        .filter(difference -> difference.getPrediction() == null)
                        .count());
    }
}
