package org.ionstream.standalone.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import org.ionstream.reference.truth.RelativeError;
import org.ionstream.schemas.protocol.Stimulus;

/** What a method took, round by round, and how far it is from the truth. One thread. */
final class Measurement {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Method method;
    private final double[] seconds;
    private final double[][] errors;
    private final int[] steps;
    private final int[] evaluations;

    Measurement(Method method, int rounds, int protocols) {
        this.method = method;
        this.seconds = new double[rounds];
        this.errors = new double[protocols][];
        this.steps = new int[protocols];
        this.evaluations = new int[protocols];
    }

    /** Only works, so that the compiler has seen it. */
    void warmUp(Stimulus stimulus) {
        method.solver().apply(stimulus);
    }

    /** Solves all protocols once, and takes the thread's time for it. */
    void time(List<Stimulus> protocols, int round) {
        long startedNs = THREADS.getCurrentThreadCpuTime();
        for (Stimulus stimulus : protocols) {
            method.solver().apply(stimulus);
        }
        seconds[round] = (THREADS.getCurrentThreadCpuTime() - startedNs) / 1e9;
    }

    void judge(int protocol, Stimulus stimulus, double[][] truth) {
        Solved solved = method.solver().apply(stimulus);
        errors[protocol] = RelativeError.l2(solved.values(), truth);
        steps[protocol] = solved.steps();
        evaluations[protocol] = solved.evaluations();
    }

    WorkPrecision.Point point(List<String> variables) {
        return new WorkPrecision.Point(
                method.title(),
                method.relativeTolerance(),
                Spread.of(Arrays.stream(seconds)
                        .map(ofRound -> errors.length / ofRound)
                        .toArray()),
                Arrays.stream(steps).average().orElseThrow(),
                Arrays.stream(evaluations).average().orElseThrow(),
                Errors.of(errors, variables));
    }
}
