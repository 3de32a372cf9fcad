package org.ionstream.reference.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExplicitStepperTest {
    /** Not autonomous, not linear; from (1, 1) it is (cos t, exp(sin t)). */
    private static final FirstOrderSystem PURSUIT = new FirstOrderSystem() {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public void derivatives(double t, double[] y, double[] yDot) {
            yDot[0] = -5 * (y[0] - Math.cos(t)) - Math.sin(t);
            yDot[1] = y[0] * y[1];
        }
    };

    @Test
    void shouldConvergeWithItsOrder() {
        double order = Math.log(errorAtEnd(1.0 / 32) / errorAtEnd(1.0 / 64)) / Math.log(2);

        assertThat(order).isCloseTo(5, within(0.2));
    }

    @Test
    void shouldInterpolateWithOneOrderLess() {
        double order = Math.log(interpolationError(1.0 / 16) / interpolationError(1.0 / 32)) / Math.log(2);

        // of one step: one more than globally
        assertThat(order).isCloseTo(5, within(0.3));
    }

    @Test
    void shouldEstimateTheErrorOfAStep() {
        double order = Math.log(errorEstimate(1.0 / 16) / errorEstimate(1.0 / 32)) / Math.log(2);

        assertThat(order).isCloseTo(5, within(0.3));
    }

    @Test
    void shouldNoticeThatStabilityHoldsItBack() {
        OneStepMethod method = OneStepMethod.explicit(ExplicitTableau.DORMAND_PRINCE_54, decay(1000));
        method.startAt(0, new double[] {1});

        for (int step = 0; step < 2_000; step++) {
            method.attempt(0.0033);
            method.proceed();
        }
        assertThat(method.isHeldBack()).isTrue();

        method.startAt(0, new double[] {1});
        assertThat(method.isHeldBack()).isFalse();
    }

    private static FirstOrderSystem decay(double rate) {
        return new FirstOrderSystem() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void derivatives(double t, double[] y, double[] yDot) {
                yDot[0] = -rate * (y[0] - Math.cos(t));
            }
        };
    }

    private static double errorAtEnd(double h) {
        OneStepMethod method = OneStepMethod.explicit(ExplicitTableau.DORMAND_PRINCE_54, PURSUIT);
        method.startAt(0, new double[] {1, 1});
        double t = 0;
        while (t < 2) {
            method.attempt(h);
            method.proceed();
            t += h;
        }
        return Math.hypot(method.start()[0] - Math.cos(t), method.start()[1] - Math.exp(Math.sin(t)));
    }

    private static double interpolationError(double h) {
        OneStepMethod method = step(h);
        method.prepareDenseOutput();
        double worst = 0;
        for (double theta = 0.1; theta < 1; theta += 0.1) {
            worst = Math.max(worst, Math.abs(method.interpolated(0, theta) - Math.cos(theta * h)));
            worst = Math.max(worst, Math.abs(method.interpolated(1, theta) - Math.exp(Math.sin(theta * h))));
        }
        return worst;
    }

    private static double errorEstimate(double h) {
        return Math.abs(step(h).error()[0]);
    }

    private static OneStepMethod step(double h) {
        OneStepMethod method = OneStepMethod.explicit(ExplicitTableau.DORMAND_PRINCE_54, PURSUIT);
        method.startAt(0, new double[] {1, 1});
        method.attempt(h);
        return method;
    }
}
