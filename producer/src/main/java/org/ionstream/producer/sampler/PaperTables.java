package org.ionstream.producer.sampler;

import java.util.List;
import java.util.Map;
import org.ionstream.producer.Range;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;

/**
 * The data sets of L. Pellegrini, M. Ghiotto, E. Centofanti, L. F. Pavarino, "Learning High-dimensional Ionic Model Dynamics
 * Using Fourier Neural Operators", arXiv 2505.14039: tables 6, 9 and 11, rows in file order.
 *
 * <p>Two numbers differ from print. The shortest pulses of FitzHugh-Nagumo and Hodgkin-Huxley last 1 ms: the 0.01 printed is
 * a share of the horizon of 100 ms. The strongest FitzHugh-Nagumo pulse of t_fin is 2, not 3. The published errors follow
 * from these values.
 */
final class PaperTables {
    private static final Range UP_TO_100_MS = new Range(1, 100);
    private static final Range ALL_100_MS = Range.only(100);
    private static final Range ALL_500_MS = Range.only(500);

    private static final List<Subset> TABLE_6 = List.of(
            Subset.zero(20, 10),
            new Subset("general", 2480, 285, new Range(0.1, 2), UP_TO_100_MS),
            new Subset("nap", 500, 30, new Range(1e-4, 0.01), UP_TO_100_MS),
            new Subset("t_fin", 0, 50, new Range(0.3, 2), ALL_100_MS));

    private static final List<Subset> TABLE_9 = List.of(
            Subset.zero(20, 10),
            new Subset("general", 2380, 275, new Range(2, 10), UP_TO_100_MS),
            new Subset("nap", 100, 30, new Range(1e-4, 2), UP_TO_100_MS),
            new Subset("i_high", 300, 30, new Range(50, 200), UP_TO_100_MS),
            new Subset("t_fin", 200, 30, new Range(2, 30), ALL_100_MS));

    /** Rows 3 and 4 have no name in print. */
    private static final List<Subset> TABLE_11 = List.of(
            Subset.zero(50, 15),
            new Subset("general", 2050, 270, new Range(0, 20), new Range(2, 5)),
            new Subset("medium", 300, 30, new Range(1.1, 10), new Range(2, 10)),
            new Subset("weak", 300, 30, new Range(0, 1.1), new Range(0, 500)),
            new Subset("t_fin", 300, 30, new Range(0.7, 1.1), ALL_500_MS));

    /** Not the paper's: the same kinds of pulses for a cell that it does not have. */
    private static final List<Subset> OF_BEELER_REUTER = List.of(
            Subset.zero(50, 15),
            new Subset("general", 2350, 300, new Range(0, 30), new Range(1, 5)),
            new Subset("weak", 300, 30, new Range(0, 2), new Range(0, 500)),
            new Subset("t_fin", 300, 30, new Range(0.5, 2), ALL_500_MS));

    private static final Map<String, List<Subset>> BY_CELL_MODEL = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(), TABLE_6,
            CellModels.HODGKIN_HUXLEY_1952.id(), TABLE_9,
            CellModels.OHARA_RUDY_2011.id(), TABLE_11,
            CellModels.BEELER_REUTER_1977.id(), OF_BEELER_REUTER);

    private PaperTables() {}

    static List<Subset> of(CellModel model) {
        List<Subset> table = BY_CELL_MODEL.get(model.id());
        if (table == null) {
            throw new IllegalArgumentException("the paper has no data set of '%s', only of %s; sample it in another way"
                    .formatted(
                            model.id(), BY_CELL_MODEL.keySet().stream().sorted().toList()));
        }
        return table;
    }
}
