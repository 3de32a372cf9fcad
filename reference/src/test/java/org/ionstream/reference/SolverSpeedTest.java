package org.ionstream.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.reference.ode.GridSampler;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints solves per second on one thread, 1001 samples each, on protocols of the paper's "general" subsets (seed 1):
 *
 * <pre>mvn -pl reference -am test -Dtest=SolverSpeedTest -Dsurefire.failIfNoSpecifiedTests=false -Dionstream.speed=true</pre>
 */
@EnabledIfSystemProperty(
        named = "ionstream.speed",
        matches = "true",
        disabledReason = "a measurement, not a check; -Dionstream.speed=true runs it")
class SolverSpeedTest {
    private static final int PROTOCOLS = 50;
    private static final int ROUNDS = 5;
    private static final int SAMPLES = 1001;
    private static final SolverSettings AT_1E_6 = new SolverSettings(1e-6, 10_000_000);

    /** Amplitude and duration are uniform in these ranges. */
    private enum Subset {
        FITZHUGH_NAGUMO(FitzHughNagumo1961::new, 0.1, 2, 0.01, 100, 100),
        HODGKIN_HUXLEY(HodgkinHuxley1952::new, 2, 10, 0.01, 100, 100),
        OHARA_RUDY(OHaraRudy2011::new, 0, 20, 2, 5, 1000);

        private final Supplier<IonicModel> model;
        private final double[] ranges;

        Subset(Supplier<IonicModel> model, double... ranges) {
            this.model = model;
            this.ranges = ranges;
        }

        List<List<Segment>> protocols(int count) {
            Random random = new Random(1);
            return Stream.generate(() -> {
                        double amplitude = ranges[0] + (ranges[1] - ranges[0]) * random.nextDouble();
                        double duration = ranges[2] + (ranges[3] - ranges[2]) * random.nextDouble();
                        return List.of(new Segment(0, duration, amplitude), new Segment(duration, horizonMs(), 0));
                    })
                    .limit(count)
                    .toList();
        }

        double horizonMs() {
            return ranges[4];
        }

        TimeGrid grid() {
            return new TimeGrid(horizonMs() / (SAMPLES - 1), SAMPLES);
        }
    }

    private interface Solve {
        /** @return steps and evaluations */
        int[] of(Subset subset, List<Segment> protocol);
    }

    @Test
    void shouldSolveTheStiffModelFasterThanTheExplicitPairOfHipparchus() {
        System.out.printf(
                "%s %s, %d processors; best and median of %d rounds of %d protocols after one to warm up%n",
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ROUNDS,
                PROTOCOLS);
        for (double tolerance : new double[] {1e-5, 1e-6, 1e-8}) {
            SolverSettings settings = new SolverSettings(tolerance, 10_000_000);
            for (Subset subset : Subset.values()) {
                measure(subset, PROTOCOLS, "rtol %.0e".formatted(tolerance), (s, p) -> ours(s, p, settings));
            }
        }
        double implicit = measure(Subset.OHARA_RUDY, 10, "rtol 1e-06", (s, p) -> ours(s, p, AT_1E_6));
        double explicit = measure(Subset.OHARA_RUDY, 10, "rtol 1e-06, Hipparchus DP54", SolverSpeedTest::hipparchus);

        assertThat(implicit).isGreaterThan(5 * explicit);
    }

    private static double measure(Subset subset, int count, String label, Solve solve) {
        List<List<Segment>> protocols = subset.protocols(count);
        double[] perSecond = new double[ROUNDS];
        long steps = 0;
        long evaluations = 0;
        for (int round = -1; round < ROUNDS; round++) {
            long startedNs = System.nanoTime();
            steps = 0;
            evaluations = 0;
            for (List<Segment> protocol : protocols) {
                int[] work = solve.of(subset, protocol);
                steps += work[0];
                evaluations += work[1];
            }
            if (round >= 0) {
                perSecond[round] = count * 1e9 / (System.nanoTime() - startedNs);
            }
        }
        Arrays.sort(perSecond);
        System.out.printf(
                Locale.ROOT,
                "%-16s %-28s %6.0f solves/s best, %6.0f median; %d steps, %d evaluations each%n",
                subset,
                label,
                perSecond[ROUNDS - 1],
                perSecond[ROUNDS / 2],
                steps / count,
                evaluations / count);
        return perSecond[ROUNDS / 2];
    }

    private static int[] ours(Subset subset, List<Segment> protocol, SolverSettings settings) {
        Integration integration = new Integration(subset.model.get(), settings);
        integration.over(protocol, subset.grid());
        return new int[] {integration.steps(), integration.evaluations()};
    }

    /** Steps up to 0.1 ms: longer trials make concentrations negative. */
    private static int[] hipparchus(Subset subset, List<Segment> protocol) {
        IonicModel model = subset.model.get();
        double[] absolute =
                Arrays.stream(model.scales()).map(scale -> 1e-8 * scale).toArray();
        double[] relative = new double[absolute.length];
        Arrays.fill(relative, 1e-6);
        double[] state = model.initialState();
        GridSampler sampler = new GridSampler(subset.grid().stepMs(), SAMPLES, state, 0.1);
        int evaluations = 0;
        for (Segment segment : protocol) {
            DormandPrince54Integrator integrator = new DormandPrince54Integrator(1e-12, 0.1, absolute, relative);
            integrator.setInitialStepSize(1e-4);
            integrator.addStepHandler(sampler);
            state = integrator
                    .integrate(
                            driven(model, segment.current()), new ODEState(segment.startMs(), state), segment.endMs())
                    .getPrimaryState();
            evaluations += integrator.getEvaluations();
        }
        return new int[] {sampler.steps(), evaluations};
    }

    private static OrdinaryDifferentialEquation driven(IonicModel model, double current) {
        return new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return model.dimension();
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] slope = new double[y.length];
                model.derivatives(current, y, slope);
                return slope;
            }
        };
    }
}
