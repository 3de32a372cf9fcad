package org.ionstream.schemas.biomarker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ionstream.schemas.biomarker.HandMade.line;
import static org.ionstream.schemas.biomarker.HandMade.triangle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints microseconds per trajectory on one thread, potential and calcium of O'Hara-Rudy, 500 samples:
 *
 * <pre>mvn -pl schemas test -Dtest=BiomarkerSpeedTest -Dionstream.speed=true</pre>
 */
@EnabledIfSystemProperty(
        named = "ionstream.speed",
        matches = "true",
        disabledReason = "a measurement, not a check; -Dionstream.speed=true runs it")
class BiomarkerSpeedTest {
    private static final int ROUNDS = 15;
    private static final int TRAJECTORIES = 20_000;

    @Test
    void shouldCostNextToNothingBesideAPrediction() {
        System.out.printf(
                "%s %s; best and median of %d rounds of %d trajectories after 5 to warm up%n",
                System.getProperty("java.vm.name"), System.getProperty("java.version"), ROUNDS, TRAJECTORIES);

        double single = micros("one beat", 1);
        double train = micros("four beats", 4);

        assertThat(single).isLessThan(20);
        assertThat(train).isLessThan(80);
    }

    private static double micros(String label, int beats) {
        TimeGrid grid = new TimeGrid(1, 500);
        Pulse[] pulses = new Pulse[beats];
        float[] V = new float[grid.samples()];
        Arrays.fill(V, -90);
        for (int beat = 0; beat < beats; beat++) {
            pulses[beat] = new Pulse(10.0 + 120 * beat, 2.0, 20.0);
            float[] triangle = line(triangle(pulses[beat].getOnsetMs()), grid);
            for (int sample = 0; sample < V.length; sample++) {
                V[sample] = Math.max(V[sample], triangle[sample]);
            }
        }
        Traces traces = new Traces(grid, List.of("Ca_i", "V"), new float[][] {V, V});
        Stimulus stimulus = HandMade.stimulus(CellModels.OHARA_RUDY_2011, grid, List.of(pulses));
        double[] micros = new double[ROUNDS];
        for (int round = -5; round < ROUNDS; round++) {
            long found = 0;
            long startedNs = System.nanoTime();
            for (int i = 0; i < TRAJECTORIES; i++) {
                found += TrajectoryBiomarkers.of(traces, stimulus).getActionPotentials();
            }
            assertThat(found).isEqualTo((long) beats * TRAJECTORIES);
            if (round >= 0) {
                micros[round] = (System.nanoTime() - startedNs) / 1e3 / TRAJECTORIES;
            }
        }
        Arrays.sort(micros);
        System.out.printf(Locale.ROOT, "%-12s %6.2f us best, %6.2f median%n", label, micros[0], micros[ROUNDS / 2]);
        return micros[ROUNDS / 2];
    }
}
