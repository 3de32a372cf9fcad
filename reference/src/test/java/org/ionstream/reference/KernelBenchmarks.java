package org.ionstream.reference;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.reference.ode.RosenbrockStepper;
import org.ionstream.reference.ode.RosenbrockTableau;
import org.ionstream.reference.ode.StiffSystem;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the parts of a solve cost, by the Java Microbenchmark Harness: {@code mvn -pl reference -am -Pkernels -DskipTests verify}.
 * The potential changes from call to call, so that no branch on it is learned by heart.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class KernelBenchmarks {
    private static final TimeGrid EVERY_MS = new TimeGrid(1, 1001);
    private static final TimeGrid FINE = new TimeGrid(0.1, 1001);
    private static final List<Segment> BEAT = List.of(new Segment(0, 3, 15), new Segment(3, 1000, 0));
    private static final List<Segment> FIRING = List.of(new Segment(0, 50, 10), new Segment(50, 100, 0));
    private static final List<Segment> SPIKE = List.of(new Segment(0, 50, 0.5), new Segment(50, 100, 0));
    private static final double GAMMA_H = 0.02;

    private final OHaraRudy2011 heart = new OHaraRudy2011();
    private final HodgkinHuxley1952 nerve = new HodgkinHuxley1952();
    private final FitzHughNagumo1961 caricature = new FitzHughNagumo1961();
    private final double[] heartState = heart.initialState();
    private final double[] heartSlope = new double[heartState.length];
    private final double[] right = new double[heartState.length];
    private final double[] nerveState = nerve.initialState();
    private final double[] nerveSlope = new double[nerveState.length];
    private final double[] caricatureState = caricature.initialState();
    private final double[] caricatureSlope = new double[caricatureState.length];
    private final RosenbrockStepper stepper = new RosenbrockStepper(RosenbrockTableau.RODAS5P, new Heart());
    private double potentialMv;

    @Setup(Level.Iteration)
    public void linearise() {
        heart.linearise(0, heartState, heartSlope);
        heart.factor(GAMMA_H);
    }

    private double nextPotentialMv() {
        potentialMv = potentialMv > 40 ? -88 : potentialMv + 0.37;
        return potentialMv;
    }

    @Benchmark
    public double[] oharaRudyRightHandSide() {
        heartState[0] = nextPotentialMv();
        heart.derivatives(0, heartState, heartSlope);
        return heartSlope;
    }

    @Benchmark
    public double[] oharaRudyRightHandSideWithJacobian() {
        heartState[0] = nextPotentialMv();
        heart.linearise(0, heartState, heartSlope);
        return heartSlope;
    }

    @Benchmark
    public boolean oharaRudyFactor() {
        return heart.factor(GAMMA_H);
    }

    @Benchmark
    public double[] oharaRudySolveLinear() {
        System.arraycopy(heartSlope, 0, right, 0, right.length);
        heart.solve(right);
        return right;
    }

    @Benchmark
    public boolean oharaRudyRodas5pStep() {
        heartState[0] = -88 + 1e-3 * nextPotentialMv();
        stepper.startAt(0, heartState);
        return stepper.attempt(0.1);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public double[][] oharaRudyBeatOf1000Ms() {
        return solve(new OHaraRudy2011(), BEAT, EVERY_MS, 1e-5);
    }

    @Benchmark
    public double[] hodgkinHuxleyRightHandSide() {
        nerveState[0] = nextPotentialMv();
        nerve.derivatives(0, nerveState, nerveSlope);
        return nerveSlope;
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public double[][] hodgkinHuxleyFiringOf100Ms() {
        return solve(new HodgkinHuxley1952(), FIRING, FINE, 1e-6);
    }

    @Benchmark
    public double[] fitzHughNagumoRightHandSide() {
        caricatureState[0] = 0.01 * nextPotentialMv();
        caricature.derivatives(0, caricatureState, caricatureSlope);
        return caricatureSlope;
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public double[][] fitzHughNagumoSpikeOf100Ms() {
        return solve(new FitzHughNagumo1961(), SPIKE, FINE, 1e-6);
    }

    private static double[][] solve(IonicModel model, List<Segment> segments, TimeGrid grid, double tolerance) {
        return new Integration(model, new SolverSettings(tolerance, 2_000_000, 60_000)).over(segments, grid);
    }

    private final class Heart implements StiffSystem {
        @Override
        public int dimension() {
            return heart.dimension();
        }

        @Override
        public void derivatives(double t, double[] y, double[] yDot) {
            heart.derivatives(0, y, yDot);
        }

        @Override
        public void linearise(double t, double[] y, double[] yDot) {
            heart.linearise(0, y, yDot);
        }

        @Override
        public void addTimeDerivative(double factor, double[] sum) {
            // autonomous
        }

        @Override
        public boolean factor(double gammaH) {
            return heart.factor(gammaH);
        }

        @Override
        public void solve(double[] b) {
            heart.solve(b);
        }
    }
}
