package org.ionstream.reference.cell;

import java.util.concurrent.TimeUnit;
import org.ionstream.reference.Beats;
import org.ionstream.reference.ode.RosenbrockStepper;
import org.ionstream.reference.ode.RosenbrockTableau;
import org.ionstream.reference.ode.StiffSystem;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of a step of the solver, each on states along a beat; the profile jmh runs them:
 *
 * <pre>mvn -q -Pjmh -pl reference -am test -DskipTests -Djmh=CellKernels</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CellKernels {
    private final OHaraRudy2011 oharaRudy = new OHaraRudy2011();
    private final OHaraRudyPotential potential = new OHaraRudyPotential(VentricularCell.ENDOCARDIAL);
    private final HodgkinHuxley1952 hodgkinHuxley = new HodgkinHuxley1952();
    private final FitzHughNagumo1961 fitzHughNagumo = new FitzHughNagumo1961();
    private final double[][] oharaRudyStates = Beats.states(new OHaraRudy2011(), 3, 20, 500);
    private final double[][] hodgkinHuxleyStates = Beats.states(new HodgkinHuxley1952(), 1, 20, 30);
    private final double[][] fitzHughNagumoStates = Beats.states(new FitzHughNagumo1961(), 2, 1, 100);
    private final double[] slope = new double[41];
    private final double[] right = new double[41];
    private final OHaraRudy2011[] linearised = new OHaraRudy2011[oharaRudyStates.length];
    private final RosenbrockStepper stepper = new RosenbrockStepper(RosenbrockTableau.RODAS5P, new Resting(oharaRudy));
    private int next;

    @Setup
    public void factorEverywhere() {
        for (int i = 0; i < linearised.length; i++) {
            linearised[i] = new OHaraRudy2011();
            linearised[i].linearise(0, oharaRudyStates[i], slope);
            linearised[i].factor(0.1);
        }
    }

    @Benchmark
    public OHaraRudyPotential oharaRudyPotentialPhase() {
        potential.at(nextOf(oharaRudyStates)[OHaraRudy2011.V]);
        return potential;
    }

    @Benchmark
    public double[] oharaRudyRightHandSide() {
        oharaRudy.derivatives(0, nextOf(oharaRudyStates), slope);
        return slope;
    }

    @Benchmark
    public double[] oharaRudyJacobianWithRightHandSide() {
        oharaRudy.linearise(0, nextOf(oharaRudyStates), slope);
        return slope;
    }

    @Benchmark
    public boolean oharaRudyFactor() {
        return linearised[next = (next + 1) % linearised.length].factor(0.1);
    }

    @Benchmark
    public double[] oharaRudySolve() {
        double[] state = nextOf(oharaRudyStates);
        System.arraycopy(state, 0, right, 0, right.length);
        linearised[next].solve(right);
        return right;
    }

    /** Linearisation, factors and the eight stages of Rodas5P. */
    @Benchmark
    public double[] oharaRudyStep() {
        stepper.startAt(0, nextOf(oharaRudyStates));
        stepper.attempt(0.5);
        return stepper.end();
    }

    @Benchmark
    public double[] hodgkinHuxleyRightHandSide() {
        hodgkinHuxley.derivatives(0, nextOf(hodgkinHuxleyStates), slope);
        return slope;
    }

    @Benchmark
    public double[] fitzHughNagumoRightHandSide() {
        fitzHughNagumo.derivatives(0, nextOf(fitzHughNagumoStates), slope);
        return slope;
    }

    private double[] nextOf(double[][] states) {
        next = (next + 1) % states.length;
        return states[next];
    }

    /** Without a stimulus. */
    private record Resting(StiffIonicModel model) implements StiffSystem {
        @Override
        public int dimension() {
            return model.dimension();
        }

        @Override
        public void derivatives(double t, double[] y, double[] yDot) {
            model.derivatives(0, y, yDot);
        }

        @Override
        public void linearise(double t, double[] y, double[] yDot) {
            model.linearise(0, y, yDot);
        }

        @Override
        public void addTimeDerivative(double factor, double[] sum) {
            // autonomous
        }

        @Override
        public boolean factor(double gammaH) {
            return model.factor(gammaH);
        }

        @Override
        public void solve(double[] b) {
            model.solve(b);
        }
    }
}
