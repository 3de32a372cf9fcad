package org.ionstream.reference.ode;

import java.util.Arrays;

/**
 * The coefficients of a stiffly accurate Rosenbrock method in the form of E. Hairer, G. Wanner, "Solving ordinary differential
 * equations II", 1996, DOI 10.1007/978-3-642-05221-7, section IV.7, where a stage needs no product with the Jacobian J:
 *
 * <pre>
 *   (I / (gamma h) - J) u_i = f(t + c_i h, y + sum_j a_ij u_j) + sum_j (C_ij / h) u_j + d_i h df/dt
 *   y(t + h) = y + sum_j a_sj u_j + u_s,   error = u_s   (s stages)
 *   y(t + theta h) = y + theta (y1 - y) + theta (1 - theta) (k_1 + theta k_2 + ...),   k_m = sum_j H_mj u_j
 * </pre>
 *
 * @param name of the method
 * @param order of its result
 * @param gamma the diagonal
 * @param a lower triangle, [stage][earlier stage]
 * @param C lower triangle, [stage][earlier stage]
 * @param c stage times
 * @param d weights of df/dt
 * @param H dense output, [power of theta][stage]
 */
public record RosenbrockTableau(
        String name, int order, double gamma, double[][] a, double[][] C, double[] c, double[] d, double[][] H) {

    /**
     * Rodas5P, order 5(4), 8 stages, dense output of order 4: G. Steinebach, "Construction of Rosenbrock-Wanner method Rodas5P
     * and numerical benchmarks within the Julia Differential Equations package", 2023, DOI 10.1007/s10543-023-00967-x.
     */
    public static final RosenbrockTableau RODAS5P = rodas5p();

    /**
     * Rodas4P2, order 4(3), 6 stages, dense output of order 3: G. Steinebach, "Improvement of Rosenbrock-Wanner method RODASP",
     * 2020, DOI 10.1007/978-3-030-53905-4_6.
     */
    public static final RosenbrockTableau RODAS4P2 = rodas4p2();

    public int stages() {
        return c.length;
    }

    /** By stage, whether its point is that of the stage before plus one more increment. */
    boolean[] addsToStageBefore() {
        boolean[] adds = new boolean[stages()];
        for (int stage = 2; stage < stages(); stage++) {
            adds[stage] = Arrays.equals(a[stage], 0, stage - 1, a[stage - 1], 0, stage - 1);
        }
        return adds;
    }

    /** Weights of the increments in the polynomial of {@link DenseOutput}, [power of theta - 1][stage]. */
    double[][] denseOutput() {
        int last = stages() - 1;
        double[][] weights = new double[H.length + 1][stages()];
        for (int j = 0; j <= last; j++) {
            weights[0][j] = (j < last ? a[last][j] : 1) + H[0][j];
            for (int power = 1; power <= H.length; power++) {
                weights[power][j] = (power < H.length ? H[power][j] : 0) - H[power - 1][j];
            }
        }
        return weights;
    }

    private static RosenbrockTableau rodas5p() {
        double[] last = {
            -7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1, 1
        };
        double[][] a = {
            {},
            {3.0},
            {2.849394379747939, 0.45842242204463923},
            {-6.954028509809101, 2.489845061869568, -10.358996098473584},
            {2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641},
            Arrays.copyOf(last, 5),
            Arrays.copyOf(last, 6),
            last
        };
        double[][] C = {
            {},
            {-14.155112264123755},
            {-17.97296035885952, -2.859693295451294},
            {147.12150275711716, -1.41221402718213, 71.68940251302358},
            {165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306},
            {24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471},
            {
                30.91273214028599,
                -3.1208243349937974,
                77.79954646070892,
                34.28646028294783,
                -19.097331116725623,
                -28.087943162872662
            },
            {
                37.80277123390563,
                -3.2571969029072276,
                112.26918849496327,
                66.9347231244047,
                -40.06618937091002,
                -54.66780262877968,
                -9.48861652309627
            }
        };
        double[] c = {0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1, 1, 1};
        double[] d = {
            0.21193756319429014,
            -0.42387512638858027,
            -0.3384627126235924,
            1.8046452872882734,
            2.325825639765069,
            0,
            0,
            0
        };
        double[][] H = {
            {
                25.948786856663858,
                -2.5579724845846235,
                10.433815404888879,
                -2.3679251022685204,
                0.524948541321073,
                1.1241088310450404,
                0.4272876194431874,
                -0.17202221070155493
            },
            {
                -9.91568850695171,
                -0.9689944594115154,
                3.0438037242978453,
                -24.495224566215796,
                20.176138334709044,
                15.98066361424651,
                -6.789040303419874,
                -6.710236069923372
            },
            {
                11.419903575922262,
                2.8879645146136994,
                72.92137995996029,
                80.12511834622643,
                -52.072871366152654,
                -59.78993625266729,
                -0.15582684282751913,
                4.883087185713722
            }
        };
        return new RosenbrockTableau("Rodas5P", 5, 0.21193756319429014, a, C, c, d, H);
    }

    private static RosenbrockTableau rodas4p2() {
        double[] last = {7.089566927282776, 4.573591406461604, -8.423496976860259, -0.959280113459775, 1};
        double[][] a = {
            {},
            {3},
            {0.906377755268814, -0.189707390391685},
            {3.758617027739064, 1.161741776019525, -0.849258085312803},
            Arrays.copyOf(last, 4),
            last
        };
        double[][] C = {
            {},
            {-12},
            {-6.354581592719008, 0.338972550544623},
            {-8.575016317114033, -7.606483992117508, 12.224997650124820},
            {-5.888975457523102, -8.157396617841821, 24.805546872612922, 12.790401512796979},
            {-4.408651676063871, -6.692003137674639, 24.625568527593117, 16.627521966636085, -5.714285714285718}
        };
        double[] c = {0, 0.75, 0.321448134013046, 0.519745732277726, 1, 1};
        double[] d = {0.25, -0.5, -0.189532918363016, 0.085612108792769, 0, 0};
        double[][] H = {
            {-5.323528268423303, -10.042123754867493, 17.175254928256965, -5.079931171878093, -0.016185991706112, 0},
            {6.984505741529879, 6.914061169603662, -0.849178943070653, 18.104410789349338, -3.516963011559032, 0}
        };
        return new RosenbrockTableau("Rodas4P2", 4, 0.25, a, C, c, d, H);
    }
}
