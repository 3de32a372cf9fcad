package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ionstream.schemas.biomarker.BeatBiomarker;
import org.ionstream.schemas.biomarker.TrajectoryBiomarker;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Biomarkers;

/**
 * How far predicted biomarkers are from the reference's: those of the whole trajectory, then those of each stimulus, which
 * both sides have. Action potentials without a stimulus of their own belong to no pair; their number is compared.
 */
public final class BiomarkerDifferences {
    private BiomarkerDifferences() {}

    /** Of the same protocol. Without those that neither side has. */
    public static List<BiomarkerDifference> of(Biomarkers prediction, Biomarkers reference) {
        List<BiomarkerDifference> differences = new ArrayList<>();
        for (TrajectoryBiomarker biomarker : TrajectoryBiomarker.values()) {
            add(differences, biomarker.fieldName(), null, biomarker.of(prediction), biomarker.of(reference));
        }
        Map<Double, Beat> predicted = prediction.getBeats().stream()
                .filter(Beat::getStimulated)
                .collect(Collectors.toMap(Beat::getOnsetMs, Function.identity(), (first, second) -> first));
        for (Beat solved : reference.getBeats()) {
            Beat beat = solved.getStimulated() ? predicted.get(solved.getOnsetMs()) : null;
            if (beat != null) {
                for (BeatBiomarker biomarker : BeatBiomarker.values()) {
                    add(
                            differences,
                            biomarker.fieldName(),
                            solved.getOnsetMs(),
                            biomarker.of(beat),
                            biomarker.of(solved));
                }
            }
        }
        return differences;
    }

    private static void add(
            List<BiomarkerDifference> differences, String name, Double onsetMs, Double predicted, Double solved) {
        if (predicted != null || solved != null) {
            Double difference = predicted == null || solved == null ? null : Double.valueOf(predicted - solved);
            differences.add(new BiomarkerDifference(name, onsetMs, predicted, solved, difference));
        }
    }
}
