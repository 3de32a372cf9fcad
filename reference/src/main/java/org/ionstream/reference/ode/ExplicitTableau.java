package org.ionstream.reference.ode;

/**
 * The coefficients of an explicit Runge-Kutta pair whose last stage is the first of the next step, with a dense output that
 * costs no further stage, in the form of E. Hairer, S. P. Norsett, G. Wanner, "Solving ordinary differential equations I", 1993,
 * DOI 10.1007/978-3-540-78862-1, section II.6.
 *
 * @param name of the method
 * @param order of its result; the error estimate is one lower
 * @param c stage times
 * @param a lower triangle, [stage][earlier stage]; the last row gives the result
 * @param e weights of the stages in the error estimate
 * @param d weights of the stages in the highest term of the dense output
 * @param stabilityLimit of step times the largest negative rate
 */
public record ExplicitTableau(
        String name, int order, double[] c, double[][] a, double[] e, double[] d, double stabilityLimit) {

    /**
     * J. R. Dormand, P. J. Prince, "A family of embedded Runge-Kutta formulae", 1980, DOI 10.1016/0771-050X(80)90013-3; dense
     * output of order 4 by L. F. Shampine, "Some practical Runge-Kutta formulas", 1986, DOI 10.1090/S0025-5718-1986-0815836-3.
     */
    public static final ExplicitTableau DORMAND_PRINCE_54 = new ExplicitTableau(
            "Dormand-Prince 5(4)",
            5,
            new double[] {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1},
            new double[][] {
                {},
                {1.0 / 5},
                {3.0 / 40, 9.0 / 40},
                {44.0 / 45, -56.0 / 15, 32.0 / 9},
                {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
                {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
                {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
            },
            new double[] {71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40},
            new double[] {
                -12715105075.0 / 11282082432.0,
                0,
                87487479700.0 / 32700410799.0,
                -10690763975.0 / 1880347072.0,
                701980252875.0 / 199316789632.0,
                -1453857185.0 / 822651844.0,
                69997945.0 / 29380423.0
            },
            3.25);

    int stages() {
        return c.length;
    }
}
