package org.ionstream.standalone.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.standalone.run.Simulator;
import org.ionstream.standalone.run.SimulatorSettings;

/** Runs the whole simulator in this process for a while and looks at what the process holds. */
public final class Soak {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final long LONGEST_START_S = 60;
    private static final long LOOK_MS = 50;

    private final SimulatorSettings simulated;
    private final double minutes;
    private final double secondsBetweenLooks;

    /**
     * @param simulated the simulator
     * @param minutes after its first answer
     * @param secondsBetweenLooks of the process
     */
    public Soak(SimulatorSettings simulated, double minutes, double secondsBetweenLooks) {
        if (!(secondsBetweenLooks > 0) || minutes * SECONDS_PER_MINUTE < 2 * Trend.LEAST_LOOKS * secondsBetweenLooks) {
            throw new IllegalArgumentException("%s min with %s s between looks; there must be time for %d looks"
                    .formatted(minutes, secondsBetweenLooks, 2 * Trend.LEAST_LOOKS));
        }
        this.simulated = simulated;
        this.minutes = minutes;
        this.secondsBetweenLooks = secondsBetweenLooks;
    }

    /** @throws IllegalStateException if a part of the simulator ended */
    public SoakReport run() throws InterruptedException {
        Machine machine = Machine.here();
        List<Holding> looks = new ArrayList<>();
        try (Simulator simulator = new Simulator(simulated)) {
            simulator.start();
            awaitFirstAnswer(simulator);
            long began = System.nanoTime();
            double minute = 0;
            while (minute < minutes) {
                looks.add(Holding.now(minute));
                simulator.failure().ifPresent(fault -> {
                    throw new IllegalStateException(
                            "a part ended after %d looks: %s".formatted(looks.size(), fault), fault);
                });
                long next = began + (long) (looks.size() * secondsBetweenLooks * 1e9);
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                minute = (System.nanoTime() - began) / (double) TimeUnit.MINUTES.toNanos(1);
            }
            long answered =
                    simulator.activity().predicted() + simulator.activity().solved();
            return SoakReport.of(machine, simulated.cellModel().id(), answered, looks);
        }
    }

    private static void awaitFirstAnswer(Simulator simulator) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_S);
        while (answered(simulator) == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "no protocol was answered in %d s; see the log".formatted(LONGEST_START_S));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private static long answered(Simulator simulator) {
        return simulator.activity().predicted() + simulator.activity().solved();
    }
}
