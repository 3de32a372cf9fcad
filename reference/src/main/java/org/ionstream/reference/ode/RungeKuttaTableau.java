package org.ionstream.reference.ode;

/**
 * The coefficients of an explicit Runge-Kutta pair whose last stage is the first of the next step (its row of {@code a} is the
 * result):
 *
 * <pre>
 *   k_i = f(t + c_i h, y + h sum_j a_ij k_j),   y(t + h) = y + h sum_j a_sj k_j,   error = h sum_j e_j k_j   (s stages)
 *   y(t + theta h) = y + h sum_m theta^m sum_j D_mj k_j
 * </pre>
 *
 * @param name of the method
 * @param order of its result
 * @param a lower triangle, [stage][earlier stage]
 * @param c stage times; the last two are 1
 * @param e weights of the error, [stage]
 * @param D dense output, [power of theta - 1][stage]; a row may end before its zeros
 */
public record RungeKuttaTableau(String name, int order, double[][] a, double[] c, double[] e, double[][] D) {

    /**
     * Order 5(4), 7 stages, dense output of order 4: Ch. Tsitouras, "Runge-Kutta pairs of order 5(4) satisfying only the first
     * column simplifying assumption", 2011, DOI 10.1016/j.camwa.2011.06.002.
     */
    public static final RungeKuttaTableau TSITOURAS54 = tsitouras54();

    public int stages() {
        return c.length;
    }

    private static RungeKuttaTableau tsitouras54() {
        double[][] a = {
            {},
            {0.161},
            {-0.008480655492356989, 0.335480655492357},
            {2.8971530571054935, -6.359448489975075, 4.3622954328695815},
            {5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525},
            {5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383},
            {0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774}
        };
        double[] c = {0, 0.161, 0.327, 0.9, 0.9800255409045097, 1, 1};
        double[] e = {
            -0.00178001105222577714,
            -0.0008164344596567469,
            0.007880878010261995,
            -0.1447110071732629,
            0.5823571654525552,
            -0.45808210592918697,
            1.0 / 66
        };
        double[][] D = {
            {1},
            {
                -2.763706197274826,
                0.1317,
                3.9302962368947516,
                -12.411077166933676,
                37.50931341651104,
                -27.896526289197286,
                1.5
            },
            {
                2.9132554618219126,
                -0.2234,
                -5.941033872131505,
                30.33818863028232,
                -88.1789048947664,
                65.09189467479366,
                -4
            },
            {
                -1.0530884977290216,
                0.1017,
                2.490627285651253,
                -16.548102889244902,
                47.37952196281928,
                -34.87065786149661,
                2.5
            }
        };
        return new RungeKuttaTableau("Tsitouras 5(4)", 5, a, c, e, D);
    }
}
