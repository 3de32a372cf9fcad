package org.ionstream.schemas.biomarker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ionstream.schemas.biomarker.HandMade.at;
import static org.ionstream.schemas.biomarker.HandMade.joined;
import static org.ionstream.schemas.biomarker.HandMade.line;
import static org.ionstream.schemas.biomarker.HandMade.stimulus;
import static org.ionstream.schemas.biomarker.HandMade.triangle;
import static org.ionstream.schemas.biomarker.HandMade.ventricular;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.assertj.core.data.Offset;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;

class TrajectoryBiomarkersTest {
    /** float32 at 100 mV. */
    private static final Offset<Double> ROUNDING = within(1e-4);

    @Test
    void shouldReadATriangle() {
        Biomarkers biomarkers = ventricular(triangle(10), 200, 10);

        Beat beat = onlyBeat(biomarkers);
        assertThat(beat.getOnsetMs()).isEqualTo(10);
        assertThat(beat.getStimulated()).isTrue();
        assertThat(beat.getCaptured()).isTrue();
        assertThat(beat.getRestingPotential()).isEqualTo(-90);
        assertThat(beat.getPeakPotential()).isEqualTo(10);
        assertThat(beat.getAmplitudeFromResting()).isEqualTo(100);
        assertThat(beat.getMaxUpstrokeVelocityPerMs()).isEqualTo(100);
        // the vertex leans to the flatter of the neighbours, here by 0.5 * 1 / 201
        assertThat(beat.getMaxUpstrokeTimeMs()).isCloseTo(10.5, within(0.003));
        double fromPeak = 11 - beat.getMaxUpstrokeTimeMs();
        assertThat(beat.getApd30FromMaxUpstrokeMs()).isCloseTo(30 + fromPeak, ROUNDING);
        assertThat(beat.getApd50FromMaxUpstrokeMs()).isCloseTo(50 + fromPeak, ROUNDING);
        assertThat(beat.getApd70FromMaxUpstrokeMs()).isCloseTo(70 + fromPeak, ROUNDING);
        assertThat(beat.getApd90FromMaxUpstrokeMs()).isCloseTo(90 + fromPeak, ROUNDING);
        assertThat(beat.getTriangulationApd90MinusApd30Ms()).isCloseTo(60, ROUNDING);
        assertThat(beat.getEarlyAfterdepolarisations()).isZero();
        assertThat(biomarkers.getStimuli()).isEqualTo(1);
        assertThat(biomarkers.getCapturedStimuli()).isEqualTo(1);
        assertThat(biomarkers.getActionPotentials()).isEqualTo(1);
        assertThat(biomarkers.getApd90AlternansMs()).isNull();
    }

    @Test
    void shouldFindTimesBetweenSamples() {
        // 50 % are repolarised at 61.3 ms, in the middle of no sample interval
        var plateau = List.of(at(10, -90), at(11, 10), at(60.8, 10), at(61.8, -90));

        Beat beat = onlyBeat(ventricular(plateau, 200, 10));

        double upstrokeMs = beat.getMaxUpstrokeTimeMs();
        // the corners at 60.8 and 61.8 ms are cut by the line from the sample at 60 to the ones at 61 and 62 ms
        assertThat(upstrokeMs + beat.getApd50FromMaxUpstrokeMs()).isCloseTo(61.3, within(0.2));
        assertThat(beat.getTriangulationApd90MinusApd30Ms()).isBetween(0.5, 1.0);
    }

    @Test
    void shouldFindTheSteepestTimeOfASmoothUpstroke() {
        TimeGrid grid = new TimeGrid(0.5, 200);
        float[] V = new float[200];
        for (int sample = 0; sample < V.length; sample++) {
            double t = grid.timeMs(sample);
            V[sample] = (float) (t < 60 ? -30 + 60 * Math.tanh(t - 20.17) : 30 - 120 * (1 - Math.exp((60 - t) / 5)));
        }
        Traces traces = new Traces(grid, List.of("Ca_i", "V"), new float[][] {new float[200], V});

        Beat beat = onlyBeat(
                TrajectoryBiomarkers.of(traces, stimulus(CellModels.OHARA_RUDY_2011, grid, List.of(pulse(18)))));

        assertThat(beat.getMaxUpstrokeTimeMs()).isCloseTo(20.17, within(0.02));
        assertThat(beat.getMaxUpstrokeVelocityPerMs()).isCloseTo(60, within(2.0));
        assertThat(beat.getMaxUpstrokeTimeMs() + beat.getApd50FromMaxUpstrokeMs())
                .isCloseTo(60 + 5 * Math.log(2), within(0.1));
    }

    @Test
    void shouldReadTheCalciumTransient() {
        var calcium = List.of(at(12, 1e-4), at(22, 5e-4), at(102, 1e-4));

        Beat beat = onlyBeat(ventricular(triangle(10), calcium, 200, 10));

        assertThat(beat.getDiastolicCalciumMm()).isCloseTo(1e-4, within(1e-10));
        assertThat(beat.getPeakCalciumMm()).isCloseTo(5e-4, within(1e-10));
        assertThat(beat.getPeakCalciumTimeMs()).isEqualTo(22);
        assertThat(beat.getCalciumTransientAmplitudeMm()).isCloseTo(4e-4, within(1e-10));
        double steepestMs = 22 + 40 - beat.getCatd50FromMaxCalciumUpstrokeMs();
        assertThat(steepestMs).isBetween(12.0, 22.0);
        assertThat(steepestMs + beat.getCatd90FromMaxCalciumUpstrokeMs()).isCloseTo(22 + 72, within(1e-3));
    }

    @Test
    void shouldSayNothingOfACalciumTransientThatTheHorizonCuts() {
        var calcium = List.of(at(12, 1e-4), at(22, 5e-4), at(102, 1e-4));

        Beat beat = onlyBeat(ventricular(triangle(10), calcium, 80, 10));

        assertThat(beat.getCalciumTransientAmplitudeMm()).isCloseTo(4e-4, within(1e-10));
        assertThat(beat.getCatd50FromMaxCalciumUpstrokeMs()).isNotNull();
        assertThat(beat.getCatd90FromMaxCalciumUpstrokeMs()).isNull();
    }

    @Test
    void shouldSayNothingOfARepolarisationThatTheHorizonCuts() {
        Biomarkers biomarkers = ventricular(triangle(10), 70, 10);

        Beat beat = onlyBeat(biomarkers);
        assertThat(biomarkers.getCapturedStimuli()).isEqualTo(1);
        assertThat(beat.getCaptured()).isTrue();
        assertThat(beat.getApd50FromMaxUpstrokeMs()).isNotNull();
        assertThat(beat.getApd70FromMaxUpstrokeMs()).isNull();
        assertThat(beat.getApd90FromMaxUpstrokeMs()).isNull();
        assertThat(beat.getTriangulationApd90MinusApd30Ms()).isNull();
        assertThat(beat.getEarlyAfterdepolarisations()).isZero();
    }

    @Test
    void shouldNotTakeASubthresholdResponseForAnActionPotential() {
        Biomarkers biomarkers = ventricular(List.of(at(10, -90), at(12, -5), at(20, -90)), 100, 10);

        Beat beat = onlyBeat(biomarkers);
        assertThat(biomarkers.getStimuli()).isEqualTo(1);
        assertThat(biomarkers.getCapturedStimuli()).isZero();
        assertThat(biomarkers.getActionPotentials()).isZero();
        assertThat(beat.getCaptured()).isFalse();
        assertThat(beat.getRestingPotential()).isEqualTo(-90);
        assertThat(beat.getPeakPotential()).isEqualTo(-5);
        assertThat(beat.getAmplitudeFromResting()).isEqualTo(85);
        assertThat(beat.getDiastolicCalciumMm()).isNotNull();
        assertThat(Stream.of(BeatBiomarker.values())
                        .filter(biomarker -> biomarker.of(beat) != null)
                        .map(BeatBiomarker::fieldName))
                .containsExactly("restingPotential", "peakPotential", "amplitudeFromResting", "diastolicCalciumMm");
    }

    @Test
    void shouldSeeThatEverySecondStimulusIsBlocked() {
        Biomarkers biomarkers = ventricular(joined(triangle(10), triangle(210)), 400, 10, 60, 210, 260);

        assertThat(biomarkers.getBeats()).extracting(Beat::getCaptured).containsExactly(true, false, true, false);
        assertThat(biomarkers.getBeats()).extracting(Beat::getOnsetMs).containsExactly(10.0, 60.0, 210.0, 260.0);
        assertThat(biomarkers.getCapturedStimuli()).isEqualTo(2);
        assertThat(biomarkers.getActionPotentials()).isEqualTo(2);
        assertThat(biomarkers.getApd90AlternansMs()).isNull();
        // a stimulus in the plateau does not end the action potential it fails to follow
        assertThat(biomarkers.getBeats().get(0).getApd90FromMaxUpstrokeMs()).isCloseTo(90.5, within(0.01));
    }

    @Test
    void shouldSeeTwoActionPotentialsWhenTheSecondComesBeforeTheFirstIsOver() {
        var early = List.of(at(10, -90), at(11, 10), at(90, -69), at(91, 5), at(186, -90));

        Biomarkers biomarkers = ventricular(early, 300, 10, 90);

        Beat first = biomarkers.getBeats().get(0);
        Beat second = biomarkers.getBeats().get(1);
        assertThat(biomarkers.getCapturedStimuli()).isEqualTo(2);
        assertThat(biomarkers.getEarlyAfterdepolarisations()).isZero();
        assertThat(first.getApd70FromMaxUpstrokeMs()).isNotNull();
        assertThat(first.getApd90FromMaxUpstrokeMs()).isNull();
        assertThat(second.getRestingPotential()).isEqualTo(-69);
        assertThat(second.getApd90FromMaxUpstrokeMs()).isNotNull();
    }

    @Test
    void shouldCountEarlyAfterdepolarisationsInThePlateauAndInTheRepolarisation() {
        var early = List.of(at(10, -90), at(11, 10), at(60, -25), at(70, -10), at(90, -50), at(100, -30), at(140, -90));

        Biomarkers biomarkers = ventricular(early, 200, 10);

        assertThat(biomarkers.getEarlyAfterdepolarisations()).isEqualTo(2);
        assertThat(biomarkers.getActionPotentials()).isEqualTo(1);
        assertThat(onlyBeat(biomarkers).getEarlyAfterdepolarisations()).isEqualTo(2);
    }

    @Test
    void shouldNotTakeADomeARippleOrAStimulusForAnEarlyAfterdepolarisation() {
        var dome = List.of(at(10, -90), at(11, 10), at(14, -15), at(30, 5), at(130, -90));
        var ripple = List.of(at(10, -90), at(11, 10), at(60, -25), at(70, -21), at(140, -90));
        var bump = List.of(at(10, -90), at(11, 10), at(60, -25), at(61, -10), at(140, -90));

        assertThat(ventricular(dome, 200, 10).getEarlyAfterdepolarisations()).isZero();
        assertThat(ventricular(ripple, 200, 10).getEarlyAfterdepolarisations()).isZero();
        assertThat(ventricular(bump, 200, 10, 60).getEarlyAfterdepolarisations())
                .isZero();
        assertThat(ventricular(bump, 200, 10).getEarlyAfterdepolarisations()).isEqualTo(1);
    }

    @Test
    void shouldMeasureAlternans() {
        var train = joined(triangle(0, 90), triangle(200, 80), triangle(400, 88), triangle(600, 78));

        assertThat(ventricular(train, 800, 0, 200, 400, 600).getApd90AlternansMs())
                .isCloseTo(8, within(0.01));
        // the last action potential is cut: the three before it count
        assertThat(ventricular(train, 650, 0, 200, 400, 600).getApd90AlternansMs())
                .isCloseTo(8, within(0.01));
    }

    @Test
    void shouldNotTakeAdaptationForAlternans() {
        var train = joined(triangle(0, 90), triangle(200, 80), triangle(400, 76));

        assertThat(ventricular(train, 600, 0, 200, 400).getApd90AlternansMs()).isZero();
        assertThat(ventricular(train, 400, 0, 200).getApd90AlternansMs()).isNull();
    }

    @Test
    void shouldCountRepetitiveFiringUnderOneStimulus() {
        TimeGrid grid = TimeGrid.covering(100, 0.5);
        List<HandMade.Point> firing = new ArrayList<>();
        for (int spike = 0; spike < 5; spike++) {
            firing.add(at(20 * spike + 2, spike == 0 ? 0 : 5));
            firing.add(at(20 * spike + 3, 100));
            firing.add(at(20 * spike + 6, -10));
        }

        Biomarkers biomarkers = TrajectoryBiomarkers.of(
                new Traces(grid, List.of("V"), new float[][] {line(firing, grid)}),
                stimulus(CellModels.HODGKIN_HUXLEY_1952, grid, List.of(new Pulse(2.0, 90.0, 20.0))));

        assertThat(biomarkers.getStimuli()).isEqualTo(1);
        assertThat(biomarkers.getCapturedStimuli()).isEqualTo(1);
        assertThat(biomarkers.getActionPotentials()).isEqualTo(5);
        assertThat(biomarkers.getBeats())
                .extracting(Beat::getStimulated)
                .containsExactly(true, false, false, false, false);
        assertThat(biomarkers.getBeats())
                .extracting(Beat::getRestingPotential)
                .containsExactly(0.0, -10.0, -10.0, -10.0, -10.0);
        assertThat(biomarkers.getBeats()).allSatisfy(beat -> {
            assertThat(beat.getApd90FromMaxUpstrokeMs()).isBetween(2.5, 4.0);
            assertThat(beat.getPeakCalciumMm()).isNull();
        });
    }

    @Test
    void shouldDescribeATrajectoryWithoutStimulusAndActionPotential() {
        Beat beat = onlyBeat(ventricular(List.of(at(0, -88), at(50, -87)), 100));

        assertThat(beat.getOnsetMs()).isZero();
        assertThat(beat.getStimulated()).isFalse();
        assertThat(beat.getCaptured()).isFalse();
        assertThat(beat.getPeakPotential()).isEqualTo(-87);
    }

    @Test
    void shouldFollowAStimulusBetweenTwoSamplesAndOneAtTheEnd() {
        var late = List.of(at(10.4, -90), at(11.4, 10), at(111.4, -90));

        Biomarkers biomarkers = ventricular(late, 200, 10.4, 199.7);

        assertThat(biomarkers.getBeats()).extracting(Beat::getCaptured).containsExactly(true, false);
        assertThat(biomarkers.getBeats().get(0).getRestingPotential()).isEqualTo(-90);
        assertThat(biomarkers.getBeats().get(0).getMaxUpstrokeTimeMs()).isBetween(10.4, 11.4);
    }

    @Test
    void shouldTakeTouchingPulsesForOneStimulusAndOnlyDepolarisingOnes() {
        TimeGrid grid = TimeGrid.covering(200, 1);
        Traces traces =
                new Traces(grid, List.of("Ca_i", "V"), new float[][] {new float[200], line(triangle(10), grid)});
        List<Pulse> pulses = List.of(
                new Pulse(1.0, 2.0, -5.0),
                new Pulse(10.0, 0.1, 1.0),
                new Pulse(10.1, 0.2, 2.0),
                new Pulse(150.0, 0.0, 3.0));

        Biomarkers biomarkers = TrajectoryBiomarkers.of(traces, stimulus(CellModels.OHARA_RUDY_2011, grid, pulses));

        assertThat(biomarkers.getStimuli()).isEqualTo(1);
        assertThat(onlyBeat(biomarkers).getOnsetMs()).isEqualTo(10);
    }

    @Test
    void shouldKeepTheLastBeatsOfManyAndCountThemAll() {
        double[] onsetsMs = new double[80];
        for (int beat = 0; beat < onsetsMs.length; beat++) {
            onsetsMs[beat] = 50 * beat;
        }

        Biomarkers biomarkers = ventricular(List.of(at(0, -90)), 4_000, onsetsMs);

        assertThat(biomarkers.getStimuli()).isEqualTo(80);
        assertThat(biomarkers.getBeats()).hasSize(50);
        assertThat(biomarkers.getBeats().get(49).getOnsetMs()).isEqualTo(3_950);
    }

    @Test
    void shouldReadOneSample() {
        assertThat(onlyBeat(ventricular(List.of(at(0, -90)), 1, 0)).getCaptured())
                .isFalse();
        assertThat(onlyBeat(ventricular(List.of(at(0, 20)), 2, 0)).getCaptured())
                .isFalse();
    }

    @Test
    void shouldListEveryBiomarkerOfTheSchema() {
        assertThat(Stream.of(BeatBiomarker.values()).map(BeatBiomarker::fieldName))
                .containsExactlyElementsOf(fieldsWithout(Beat.getClassSchema(), "onsetMs", "stimulated", "captured"));
        assertThat(Stream.of(TrajectoryBiomarker.values()).map(TrajectoryBiomarker::fieldName))
                .containsExactlyElementsOf(fieldsWithout(Biomarkers.getClassSchema(), "stepMs", "beats"));
    }

    @Test
    void shouldKnowThePotentialAndTheThresholdOfEveryCellModel() {
        for (CellModel model : CellModels.all()) {
            assertThat(model.variableNames()).contains(model.excitability().potential());
            assertThat(model.excitability().calcium())
                    .isEqualTo(model.variableNames().contains("Ca_i") ? "Ca_i" : "");
        }
    }

    private static List<String> fieldsWithout(Schema schema, String... others) {
        return schema.getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> !List.of(others).contains(name))
                .toList();
    }

    private static Beat onlyBeat(Biomarkers biomarkers) {
        assertThat(biomarkers.getBeats()).hasSize(1);
        return biomarkers.getBeats().get(0);
    }

    private static Pulse pulse(double onsetMs) {
        return new Pulse(onsetMs, 1.0, 1.0);
    }
}
