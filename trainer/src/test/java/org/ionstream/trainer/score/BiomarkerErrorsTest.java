package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Biomarkers;
import org.junit.jupiter.api.Test;

class BiomarkerErrorsTest {
    private final List<BiomarkerPair> pairs = List.of(
            new BiomarkerPair(fired(1, 30.0), fired(1, 31.0)),
            new BiomarkerPair(fired(2, 28.0), fired(1, 25.0)),
            new BiomarkerPair(fired(1, 27.0), fired(0, null)),
            new BiomarkerPair(fired(0, null), fired(1, 29.0)),
            new BiomarkerPair(fired(0, null), fired(0, null)));

    @Test
    void shouldSummariseWhatBothSidesHave() {
        BiomarkerErrors apd50 = row("beat.apd50FromMaxUpstrokeMs");

        assertThat(apd50.absoluteDifference().count()).isEqualTo(2);
        assertThat(apd50.absoluteDifference().median()).isEqualTo(2);
        assertThat(apd50.absoluteDifference().largest()).isEqualTo(3);
        assertThat(apd50.meanDifference()).isEqualTo(1);
        assertThat(apd50.reference().mean()).isEqualTo(28);
    }

    @Test
    void shouldCountWhatOnlyOneSideHas() {
        BiomarkerErrors apd50 = row("beat.apd50FromMaxUpstrokeMs");

        assertThat(apd50.predictedOnly()).isEqualTo(1);
        assertThat(apd50.referenceOnly()).isEqualTo(1);
        assertThat(BiomarkerErrors.of(pairs.subList(2, 3)))
                .filteredOn(row -> row.biomarker().equals("beat.apd50FromMaxUpstrokeMs"))
                .singleElement()
                .satisfies(row -> assertThat(row.absoluteDifference()).isNull());
    }

    @Test
    void shouldCountOnWhichProtocolsBothSidesFire() {
        assertThat(Firing.of(pairs)).isEqualTo(new Firing(2, 1, 1, 1, 2));
        assertThat(Firing.of(pairs).protocols()).isEqualTo(5);
    }

    private BiomarkerErrors row(String name) {
        return BiomarkerErrors.of(pairs).stream()
                .filter(row -> row.biomarker().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Biomarkers fired(int actionPotentials, Double apd50Ms) {
        Beat beat = Beat.newBuilder()
                .setOnsetMs(0)
                .setStimulated(true)
                .setCaptured(actionPotentials > 0)
                .setRestingPotential(-90)
                .setPeakPotential(30)
                .setAmplitudeFromResting(120)
                .setApd50FromMaxUpstrokeMs(apd50Ms)
                .build();
        return new Biomarkers(1.0, 1, Math.min(1, actionPotentials), actionPotentials, 0, null, List.of(beat));
    }
}
