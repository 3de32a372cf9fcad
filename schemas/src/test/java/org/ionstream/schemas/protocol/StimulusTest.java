package org.ionstream.schemas.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StimulusTest {

    @Test
    void shouldRestartAtEveryPulseEdge() {
        Stimulus stimulus = of(Protocols.with(new Pulse(5.0, 2.0, 3.0), new Pulse(7.0, 1.0, 4.0)));

        List<Segment> segments = stimulus.segments(10);

        assertThat(segments)
                .containsExactly(
                        new Segment(0, 5, 0), new Segment(5, 7, 3), new Segment(7, 8, 4), new Segment(8, 10, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCoverTheWholeTimeWithoutGaps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Stimulus stimulus = of(Protocols.valid().setPulses(randomPulses(random)));
        double endMs = random.nextDouble(1, 120);

        List<Segment> segments = stimulus.segments(endMs);

        double time = 0;
        for (Segment segment : segments) {
            assertThat(segment.startMs()).isEqualTo(time);
            assertThat(segment.endMs()).isGreaterThan(segment.startMs());
            time = segment.endMs();
        }
        assertThat(time).isEqualTo(endMs);
    }

    @Test
    void shouldMakeOneEdgeOfTwoWithinRounding() {
        List<Pulse> train = IntStream.range(0, 1000)
                .mapToObj(k -> new Pulse(0.1 * k, 0.1, 1.0 + k % 2))
                .toList();

        List<Segment> segments = of(Protocols.valid().setPulses(train)).segments(1000 * 0.1);

        assertThat(segments)
                .hasSize(1000)
                .allSatisfy(segment ->
                        assertThat(segment.endMs() - segment.startMs()).isCloseTo(0.1, within(1e-8)));
        assertThat(segments.get(999).endMs()).isEqualTo(1000 * 0.1);
    }

    @Test
    void shouldLeaveOutWhatLiesBeyondTheEnd() {
        Stimulus stimulus = of(Protocols.with(new Pulse(90.0, 50.0, 1.0), new Pulse(150.0, 1.0, 9.0)));

        assertThat(stimulus.segments(100)).containsExactly(new Segment(0, 90, 0), new Segment(90, 100, 1));
        assertThat(stimulus.segments(50)).containsExactly(new Segment(0, 50, 0));
        assertThat(stimulus.pulses()).hasSize(1);
    }

    @Test
    void shouldHaveOneSegmentWithoutPulses() {
        assertThat(of(Protocols.valid()).segments(100)).containsExactly(new Segment(0, 100, 0));
    }

    @Test
    void shouldIgnoreAPulseThatLastsNoTime() {
        assertThat(of(Protocols.with(new Pulse(5.0, 0.0, 9.0))).segments(10)).containsExactly(new Segment(0, 10, 0));
    }

    @Test
    void shouldShareAPulseAmongTheCellsItTouches() {
        Stimulus stimulus = of(Protocols.with(new Pulse(1.25, 1.5, 8.0)));

        float[] means = stimulus.cellMeans(new TimeGrid(1, 4));

        assertThat(means).containsExactly(0, 6, 6, 0);
    }

    @Test
    void shouldCountAPulseShorterThanACell() {
        Stimulus stimulus = of(Protocols.with(new Pulse(2.5, 0.125, 16.0)));

        assertThat(stimulus.cellMeans(new TimeGrid(1, 4))).containsExactly(0, 0, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void shouldConserveCharge(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Stimulus stimulus = of(Protocols.valid().setPulses(randomPulses(random)));
        TimeGrid cells = TimeGrid.covering(100, random.nextDouble(0.1, 7));
        double charge = 0;
        for (Segment segment : stimulus.segments(cells.horizonMs())) {
            charge += segment.current() * (segment.endMs() - segment.startMs());
        }

        double inCells = 0;
        for (float mean : stimulus.cellMeans(cells)) {
            inCells += mean * cells.stepMs();
        }

        assertThat(inCells).isCloseTo(charge, within(1e-4 * (1 + Math.abs(charge))));
    }

    @Test
    void shouldCutCellMeansAtTheGridsEnd() {
        Stimulus stimulus = of(Protocols.with(new Pulse(3.0, 90.0, 2.0)));

        assertThat(stimulus.cellMeans(new TimeGrid(2, 3))).containsExactly(0, 1, 2);
    }

    @Test
    void shouldReadASampledCurrentAsPulsesOfEqualNeighbours() {
        Stimulus stimulus = of(Protocols.sampled(2, 0f, 1f, 1f, 0f, -3f));

        assertThat(stimulus.pulses()).containsExactly(new Pulse(2.0, 4.0, 1.0), new Pulse(8.0, 2.0, -3.0));
    }

    @Test
    void shouldLeaveOutSamplesOfACurrentBeyondTheHorizon() {
        Stimulus stimulus = of(Protocols.sampled(60, 1f, 2f, 3f));

        assertThat(stimulus.pulses()).containsExactly(new Pulse(0.0, 60.0, 1.0), new Pulse(60.0, 60.0, 2.0));
    }

    @Test
    void shouldGiveBackASampledCurrentOnItsOwnGrid() {
        Stimulus stimulus = of(Protocols.sampled(0.3, 0.5f, 0.5f, -1f, 0f, 2f));

        float[] means = stimulus.cellMeans(new TimeGrid(0.3, 6));

        float[] sent = {0.5f, 0.5f, -1, 0, 2, 0};
        for (int i = 0; i < sent.length; i++) {
            assertThat(means[i]).isCloseTo(sent[i], within(1e-5f));
        }
    }

    private static Stimulus of(StimulusProtocol.Builder protocol) {
        return Stimulus.of(protocol.build());
    }

    /** Some touch the one before, some are very short. */
    private static List<Pulse> randomPulses(SplittableRandom random) {
        Pulse[] pulses = new Pulse[30];
        double time = 0;
        for (int i = 0; i < pulses.length; i++) {
            double onset = time + (i % 3 == 0 ? 0 : random.nextDouble(5));
            double duration = i % 4 == 0 ? 1e-3 : random.nextDouble(4);
            pulses[i] = new Pulse(onset, duration, random.nextDouble(-2, 2));
            time = onset + duration;
        }
        return List.of(pulses);
    }
}
