package org.ionstream.reference.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrajectoryTest {

    static Stream<Named<Function<Relaxation, OneStepMethod>>> methods() {
        return Stream.of(
                Named.of("Tsitouras", system -> new RungeKuttaStepper(RungeKuttaTableau.TSITOURAS54, system)),
                Named.of("Rodas5P", system -> new RosenbrockStepper(RosenbrockTableau.RODAS5P, system)),
                Named.of("Rodas4P2", system -> new RosenbrockStepper(RosenbrockTableau.RODAS4P2, system)));
    }

    static Stream<Named<Function<Relaxation, OneStepMethod>>> implicitMethods() {
        return methods().skip(1);
    }

    @ParameterizedTest
    @MethodSource("implicitMethods")
    void shouldConvergeWithItsOrder(Function<Relaxation, OneStepMethod> method) {
        OneStepMethod coarse = method.apply(new Relaxation(1));

        double ratio = error(coarse, 32)[0] / error(method.apply(new Relaxation(1)), 64)[0];

        assertThat(Math.log(ratio) / Math.log(2)).isCloseTo(coarse.order(), within(0.2));
    }

    /** A planet once round the sun. Of one variable alone the terms of order 5 nearly vanish. */
    @Test
    void shouldConvergeWithOrderFiveIfExplicit() {
        double ratio = errorAfterOneOrbit(200) / errorAfterOneOrbit(400);

        assertThat(Math.log(ratio) / Math.log(2)).isCloseTo(5, within(0.2));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldInterpolateWithOneOrderLessAtWorst(Function<Relaxation, OneStepMethod> method) {
        OneStepMethod coarse = method.apply(new Relaxation(1));

        double ratio = error(coarse, 32)[1] / error(method.apply(new Relaxation(1)), 64)[1];

        assertThat(Math.log(ratio) / Math.log(2)).isBetween(coarse.order() - 0.3, coarse.order() + 0.5);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldMeetItsToleranceAtEverySample(Function<Relaxation, OneStepMethod> method) {
        Trajectory trajectory = trajectory(method.apply(new Relaxation(3)), 1e-8, 100_000);

        trajectory.advanceTo(0.123456);
        trajectory.advanceTo(10);

        double[] values = trajectory.values()[0];
        for (int sample = 0; sample < values.length; sample++) {
            assertThat(values[sample]).isCloseTo(Math.cos(0.1 * sample), within(1e-7));
        }
    }

    @Test
    void shouldLeaveStiffStretchesToTheImplicitMethod() {
        Relaxation stiff = new Relaxation(1e6);
        StiffnessSwitch method = switching(stiff);
        Trajectory trajectory = trajectory(method, 1e-8, 20_000);

        trajectory.advanceTo(10);

        assertThat(method.name()).isEqualTo("Tsitouras 5(4), Rodas5P");
        assertThat(trajectory.values()[0][100]).isCloseTo(Math.cos(10), within(1e-7));
    }

    @Test
    void shouldBeExplicitAgainWhereTheSystemHasChanged() {
        Relaxation system = new Relaxation(1e6);
        StiffnessSwitch method = switching(system);
        Trajectory trajectory = trajectory(method, 1e-8, 20_000);
        trajectory.advanceTo(5);
        int stiff = system.factored;

        system.rate = 1;
        trajectory.advanceTo(10);

        assertThat(stiff).isPositive();
        assertThat(system.factored).isEqualTo(stiff);
    }

    @Test
    void shouldStayExplicitWhereNothingIsStiff() {
        StiffnessSwitch method = switching(new Relaxation(1));

        trajectory(method, 1e-8, 20_000).advanceTo(10);

        assertThat(method.name()).isEqualTo("Tsitouras 5(4)");
    }

    @Test
    void shouldSayWhereTheEvaluationsRanOutAndWhatToDo() {
        Trajectory trajectory =
                trajectory(new RungeKuttaStepper(RungeKuttaTableau.TSITOURAS54, new Relaxation(1e6)), 1e-8, 5_000);

        assertThatThrownBy(() -> trajectory.advanceTo(10))
                .isInstanceOf(IntegrationException.class)
                .hasMessageMatching("5000 evaluations .* at t=0.0.* ms; raise largestEvaluations .*");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldSayWhereTheValuesCeasedToBeFiniteAndWhatToDo(Function<Relaxation, OneStepMethod> method) {
        Relaxation system = new Relaxation(1);
        Trajectory trajectory = trajectory(method.apply(system), 1e-8, 100_000);
        trajectory.advanceTo(1);

        system.rate = Double.NaN;

        assertThatThrownBy(() -> trajectory.advanceTo(10))
                .isInstanceOf(IntegrationException.class)
                .hasMessageMatching(
                        "values are not finite after t=1.0 ms.* minimum 1.0E-12 ms.*; lower the stimulus.*");
    }

    @Test
    void shouldSayWhereTheStepBecameTooSmallAndWhatToDo() {
        OdeSystem jumpy = new OdeSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double t, double[] y, double[] yDot) {
                yDot[0] = t < 1 ? 1 : 1e12 * Math.sin(1e15 * t);
            }
        };
        Trajectory trajectory =
                trajectory(new RungeKuttaStepper(RungeKuttaTableau.TSITOURAS54, jumpy), 1e-8, 1_000_000);

        assertThatThrownBy(() -> trajectory.advanceTo(10))
                .isInstanceOf(IntegrationException.class)
                .hasMessageMatching("step .* ms is below the minimum 1.0E-12 ms at t=(0.99|1.0).*tolerances; loosen.*");
    }

    /** The largest at the ends of so many equal steps over [0, 2], and between them. */
    private static double[] error(OneStepMethod method, int steps) {
        double h = 2.0 / steps;
        double atEnds = 0;
        double between = 0;
        double[] state = new double[1];
        method.startAt(0, new double[] {1});
        for (int step = 0; step < steps; step++) {
            if (step > 0) {
                method.goOn(step * h);
            }
            method.attempt(h);
            atEnds = Math.max(atEnds, Math.abs(method.end()[0] - Math.cos((step + 1) * h)));
            method.prepareDenseOutput();
            for (double theta = 0.1; theta < 1; theta += 0.1) {
                method.interpolate(theta, state);
                between = Math.max(between, Math.abs(state[0] - Math.cos((step + theta) * h)));
            }
        }
        return new double[] {atEnds, between};
    }

    private static double errorAfterOneOrbit(int steps) {
        double h = 2 * Math.PI / steps;
        double eccentricity = 0.3;
        double speed = Math.sqrt((1 + eccentricity) / (1 - eccentricity));
        OdeSystem planet = new OdeSystem() {
            @Override
            public int dimension() {
                return 4;
            }

            @Override
            public void derivatives(double t, double[] y, double[] yDot) {
                double pull = Math.pow(y[0] * y[0] + y[1] * y[1], -1.5);
                yDot[0] = y[2];
                yDot[1] = y[3];
                yDot[2] = -pull * y[0];
                yDot[3] = -pull * y[1];
            }
        };
        OneStepMethod method = new RungeKuttaStepper(RungeKuttaTableau.TSITOURAS54, planet);
        method.startAt(0, new double[] {1 - eccentricity, 0, 0, speed});
        for (int step = 0; step < steps; step++) {
            if (step > 0) {
                method.goOn(step * h);
            }
            method.attempt(h);
        }
        return Math.hypot(method.end()[0] - (1 - eccentricity), method.end()[1]);
    }

    private static StiffnessSwitch switching(Relaxation system) {
        return new StiffnessSwitch(
                new RungeKuttaStepper(RungeKuttaTableau.TSITOURAS54, system),
                new RosenbrockStepper(RosenbrockTableau.RODAS5P, system));
    }

    /** Samples of [0, 10] at 0.1, from 1. */
    private static Trajectory trajectory(OneStepMethod method, double tolerance, int evaluations) {
        double[] ones = new double[method.dimension()];
        Arrays.fill(ones, 1);
        double[] absolute = {0.01 * tolerance};
        return new Trajectory(
                method,
                ones,
                0.1,
                101,
                new Trajectory.Settings(tolerance, absolute, new double[] {1}, 1e-12, 1, evaluations));
    }

    /** y' = -rate (y - cos t) (1 + y^2) - sin t, from 1: y = cos t, the stiffer the greater the rate. */
    private static final class Relaxation implements StiffSystem {
        private double rate;
        private double derivative;
        private double timeDerivative;
        private double pivot;
        private int factored;

        Relaxation(double rate) {
            this.rate = rate;
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public void derivatives(double t, double[] y, double[] yDot) {
            yDot[0] = -rate * (y[0] - Math.cos(t)) * (1 + y[0] * y[0]) - Math.sin(t);
        }

        @Override
        public void linearise(double t, double[] y, double[] yDot) {
            double excess = y[0] - Math.cos(t);
            derivative = -rate * (1 + y[0] * y[0] + excess * 2 * y[0]);
            timeDerivative = -rate * Math.sin(t) * (1 + y[0] * y[0]) - Math.cos(t);
            derivatives(t, y, yDot);
        }

        @Override
        public void addTimeDerivative(double factor, double[] sum) {
            sum[0] += factor * timeDerivative;
        }

        @Override
        public boolean factor(double gammaH) {
            factored++;
            pivot = 1 / (1 - gammaH * derivative);
            return true;
        }

        @Override
        public void solve(double[] b) {
            b[0] *= pivot;
        }
    }
}
