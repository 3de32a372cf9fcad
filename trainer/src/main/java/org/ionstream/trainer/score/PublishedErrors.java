package org.ionstream.trainer.score;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;

/**
 * What is known of a network of the paper (arXiv 2505.14039), errors in its own metric on its test set. Null or left out where
 * it is not known; memory and time of its tables 7, 10 and 12 are known of none.
 *
 * @param network as the paper calls it
 * @param source of the numbers
 * @param parameters a complex one counted as two
 * @param relativeL1 mean
 * @param relativeL2 mean
 * @param relativeL2Spread over the seeds of the mean
 * @param medianRelativeL2 over the protocols
 * @param relativeH1 mean
 * @param relativeL2ByVariable means
 * @param relativeL2BySubset means
 * @param physicalBySubset means of the relative L2 error of the trajectory in physical units
 */
public record PublishedErrors(
        String network,
        String source,
        Long parameters,
        Double relativeL1,
        double relativeL2,
        Double relativeL2Spread,
        Double medianRelativeL2,
        Double relativeH1,
        Map<String, Double> relativeL2ByVariable,
        Map<String, Double> relativeL2BySubset,
        Map<String, Double> physicalBySubset) {
    private static final String FIVE_SEEDS = "arXiv 2505.14039, tables 7, 10, 12: mean and spread over five seeds";
    private static final String ONE_RUN = "the authors' logs of one run, 1000 epochs; by subset and the median: "
            + "their weights on an independent test set of the same distribution";
    private static final String ONE_LOG = "the authors' log of one run, 1000 epochs";

    private static final Map<String, List<PublishedErrors>> BY_CELL_MODEL = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            List.of(
                    mean("unconstrained", 8_691_298, 0.0087, 0.00042),
                    run(
                            "unconstrained, one run",
                            8_691_298,
                            new double[] {0.005252, 0.008816, 0.0716},
                            Map.of("V", 0.01298, "w", 0.00465)),
                    new PublishedErrors(
                            "constrained, one run",
                            ONE_RUN,
                            571_138L,
                            0.005022,
                            0.008152,
                            null,
                            0.0042,
                            0.0638,
                            Map.of("V", 0.01210, "w", 0.00421),
                            Map.of("zero", 0.0004, "general", 0.0084, "nap", 0.0008, "t_fin", 0.0103),
                            Map.of("nap", 0.24))),
            CellModels.HODGKIN_HUXLEY_1952.id(),
            List.of(
                    mean("unconstrained", 13_439_236, 0.0234, 0.00062),
                    run(
                            "unconstrained, one run",
                            13_439_236,
                            new double[] {0.013618, 0.023540, 0.1060},
                            Map.of("V", 0.03344, "m", 0.02747, "h", 0.01550, "n", 0.01775)),
                    new PublishedErrors(
                            "constrained, one run",
                            ONE_RUN,
                            626_180L,
                            0.016719,
                            0.026687,
                            null,
                            0.0112,
                            0.1289,
                            Map.of("V", 0.03912, "m", 0.02937, "h", 0.01753, "n", 0.02073),
                            Map.of("zero", 0.0045, "general", 0.023, "nap", 0.0105, "i_high", 0.082, "t_fin", 0.024),
                            Map.of("nap", 0.063))),
            CellModels.OHARA_RUDY_2011.id(),
            List.of(mean("unconstrained", 12_407_465, 0.0219, 0.00004)));

    /** Empty if the paper does not have the cell model; the smallest network last. */
    public static List<PublishedErrors> of(CellModel cellModel) {
        return BY_CELL_MODEL.getOrDefault(cellModel.id(), List.of());
    }

    private static PublishedErrors mean(String network, long parameters, double relativeL2, double spread) {
        return new PublishedErrors(
                network, FIVE_SEEDS, parameters, null, relativeL2, spread, null, null, Map.of(), Map.of(), Map.of());
    }

    private static PublishedErrors run(
            String network, long parameters, double[] l1l2h1, Map<String, Double> byVariable) {
        return new PublishedErrors(
                network,
                ONE_LOG,
                parameters,
                l1l2h1[0],
                l1l2h1[1],
                null,
                null,
                l1l2h1[2],
                byVariable,
                Map.of(),
                Map.of());
    }
}
