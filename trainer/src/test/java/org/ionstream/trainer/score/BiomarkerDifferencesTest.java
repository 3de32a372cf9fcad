package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Biomarkers;
import org.junit.jupiter.api.Test;

class BiomarkerDifferencesTest {
    @Test
    void shouldCompareTheWholeTrajectoryThenEachStimulus() {
        Biomarkers prediction = biomarkers(2, beat(10, true, 30.0), beat(110, true, 28.0));
        Biomarkers reference = biomarkers(3, beat(10, true, 31.0), beat(110, true, 25.0));

        List<BiomarkerDifference> differences = BiomarkerDifferences.of(prediction, reference);

        assertThat(differences).contains(new BiomarkerDifference("actionPotentials", null, 2.0, 3.0, -1.0));
        assertThat(differences)
                .filteredOn(difference -> difference.getBiomarker().equals("apd50FromMaxUpstrokeMs"))
                .containsExactly(
                        new BiomarkerDifference("apd50FromMaxUpstrokeMs", 10.0, 30.0, 31.0, -1.0),
                        new BiomarkerDifference("apd50FromMaxUpstrokeMs", 110.0, 28.0, 25.0, 3.0));
    }

    @Test
    void shouldKeepWhatOneSideHasAndLeaveOutWhatNeitherHas() {
        List<BiomarkerDifference> differences =
                BiomarkerDifferences.of(biomarkers(1, beat(10, true, 30.0)), biomarkers(0, beat(10, true, null)));

        assertThat(differences)
                .contains(new BiomarkerDifference("apd50FromMaxUpstrokeMs", 10.0, 30.0, null, null))
                .noneMatch(difference -> difference.getBiomarker().equals("peakCalciumMm"))
                .noneMatch(difference -> difference.getBiomarker().equals("apd90AlternansMs"));
    }

    @Test
    void shouldPairOnlyStimuliThatBothSidesKeep() {
        Biomarkers prediction = biomarkers(2, beat(10, true, 30.0), beat(50, false, 30.0));
        Biomarkers reference = biomarkers(3, beat(50, false, 30.0), beat(110, true, 30.0));

        assertThat(BiomarkerDifferences.of(prediction, reference))
                .allMatch(difference -> difference.getBeatOnsetMs() == null);
    }

    private static Biomarkers biomarkers(int actionPotentials, Beat... beats) {
        return new Biomarkers(1.0, beats.length, beats.length, actionPotentials, 0, null, List.of(beats));
    }

    private static Beat beat(double onsetMs, boolean stimulated, Double apd50Ms) {
        return Beat.newBuilder()
                .setOnsetMs(onsetMs)
                .setStimulated(stimulated)
                .setCaptured(apd50Ms != null)
                .setRestingPotential(-90)
                .setPeakPotential(30)
                .setAmplitudeFromResting(120)
                .setApd50FromMaxUpstrokeMs(apd50Ms)
                .build();
    }
}
