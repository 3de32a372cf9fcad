package org.ionstream.reference;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole solves of one action potential (Hodgkin-Huxley: several) with 1001 samples; the profile jmh runs them:
 *
 * <pre>mvn -q -Pjmh -pl reference -am test -DskipTests -Djmh=SolveKernels</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SolveKernels {
    private static final int SAMPLES = 1001;

    @Param({"1e-5", "1e-6", "1e-8"})
    public double relativeTolerance;

    @Benchmark
    public double[][] oharaRudySolve() {
        return solve(new OHaraRudy2011(), 3, 20, 1000);
    }

    @Benchmark
    public double[][] hodgkinHuxleySolve() {
        return solve(new HodgkinHuxley1952(), 50, 10, 100);
    }

    @Benchmark
    public double[][] fitzHughNagumoSolve() {
        return solve(new FitzHughNagumo1961(), 50, 1, 100);
    }

    private double[][] solve(IonicModel model, double durationMs, double amplitude, double horizonMs) {
        return new Integration(model, new SolverSettings(relativeTolerance, 1_000_000))
                .over(
                        List.of(new Segment(0, durationMs, amplitude), new Segment(durationMs, horizonMs, 0)),
                        new TimeGrid(horizonMs / (SAMPLES - 1), SAMPLES));
    }
}
