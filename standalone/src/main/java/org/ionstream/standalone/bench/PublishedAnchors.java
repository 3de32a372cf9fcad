package org.ionstream.standalone.bench;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModels;

/**
 * Solvers in C, measured in another run on another machine: they say where the mark is, not who won. Same subset, other draws.
 */
public final class PublishedAnchors {
    /** How they came about. */
    public static final String SETTING =
            "2 vCPU AMD EPYC (Zen 4), gcc 12.2, SUNDIALS 6.4.1, one thread, CPU time, +-30 %; 50 protocols of the same subset";

    /**
     * @param method with compiler options
     * @param relativeTolerance of one step
     * @param solvesPerSecond one thread
     * @param meanError relative L2, mean over variables and protocols
     */
    public record Anchor(String method, double relativeTolerance, double solvesPerSecond, double meanError) {}

    private static final Map<String, List<Anchor>> BY_CELL_MODEL = Map.of(
            CellModels.OHARA_RUDY_2011.id(),
            List.of(
                    new Anchor("CVODE, Debian's library", 1e-6, 82, 2.2e-6),
                    new Anchor("CVODE -O3 -march=native", 1e-6, 364, 2.2e-6),
                    new Anchor("CVODE -O3, structured Jacobian", 1e-6, 792, 2.2e-6),
                    new Anchor("CVODE -Ofast, structured Jacobian", 1e-6, 949, 2.1e-6),
                    new Anchor("Rodas5P -O3, structured Jacobian", 1e-5, 740, 2.0e-6)),
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            List.of(
                    new Anchor("CVODE -O3 -march=native", 1e-6, 2976, 6.1e-6),
                    new Anchor("DP5(4) -O3", 1e-6, 15600, 7.5e-7)),
            CellModels.HODGKIN_HUXLEY_1952.id(),
            List.of(
                    new Anchor("CVODE -O3 -march=native", 1e-6, 1408, 7.4e-5),
                    new Anchor("DP5(4) -O3", 1e-6, 2840, 7.6e-7)));

    private PublishedAnchors() {}

    public static List<Anchor> of(String cellModel) {
        return BY_CELL_MODEL.getOrDefault(cellModel, List.of());
    }
}
