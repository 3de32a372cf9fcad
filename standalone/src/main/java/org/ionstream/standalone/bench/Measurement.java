package org.ionstream.standalone.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import org.ionstream.reference.truth.RelativeError;
import org.ionstream.schemas.protocol.Stimulus;

/** What a method took, protocol by protocol and round by round, and how far it is from the truth. One thread. */
final class Measurement {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Method method;
    private final double[][] seconds;
    private final double[][] errors;
    private final int[] steps;
    private final int[] evaluations;

    Measurement(Method method, int rounds) {
        this.method = method;
        this.seconds = new double[rounds][method.protocols()];
        this.errors = new double[method.protocols()][];
        this.steps = new int[method.protocols()];
        this.evaluations = new int[method.protocols()];
    }

    Method method() {
        return method;
    }

    /** Solves all its protocols once, and takes the thread's time for it. */
    void time(List<Stimulus> protocols, int round) {
        for (int protocol = 0; protocol < method.protocols(); protocol++) {
            long startedNs = THREADS.getCurrentThreadCpuTime();
            method.solver().apply(protocols.get(protocol));
            seconds[round][protocol] = (THREADS.getCurrentThreadCpuTime() - startedNs) / 1e9;
        }
    }

    void judge(int protocol, Stimulus stimulus, double[][] truth) {
        if (protocol >= method.protocols()) {
            return;
        }
        Solved solved = method.solver().apply(stimulus);
        errors[protocol] = RelativeError.l2(solved.values(), truth);
        steps[protocol] = solved.steps();
        evaluations[protocol] = solved.evaluations();
    }

    /** Over the first protocols only. */
    WorkPrecision.Point over(int protocols, List<String> variables) {
        double[] solvesPerSecond = Arrays.stream(seconds)
                .mapToDouble(round ->
                        protocols / Arrays.stream(round).limit(protocols).sum())
                .toArray();
        return new WorkPrecision.Point(
                method.title(),
                method.relativeTolerance(),
                protocols,
                Spread.of(solvesPerSecond),
                Arrays.stream(steps).limit(protocols).average().orElseThrow(),
                Arrays.stream(evaluations).limit(protocols).average().orElseThrow(),
                Errors.of(Arrays.copyOf(errors, protocols), variables));
    }
}
