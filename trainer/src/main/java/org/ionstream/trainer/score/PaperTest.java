package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.release.Candidate;

/**
 * The paper's test: 375 protocols of its test distribution, its grid, its standardisation with the statistics of its 3000
 * training protocols, whatever grid and statistics the model was trained with. For reporting only: nothing is chosen by it.
 *
 * @param cellModel under test
 * @param grid of the paper
 * @param statistics of the paper's training set on that grid
 * @param test protocols and references
 */
public record PaperTest(CellModel cellModel, TimeGrid grid, Normalisation statistics, TrajectorySet test) {
    /** Stands in the card of the model exported on the paper's grid; nothing reads it. */
    private static final double UNSCORED = 1;

    private static final int BATCH = 16;

    /** Means over the protocols, and the median of the relative L2 error. */
    public record Result(
            int protocols,
            double relativeL1,
            double relativeL2,
            double medianRelativeL2,
            double relativeH1,
            double[] relativeL2PerVariable) {}

    public static PaperTest of(CellModel cellModel, long seed, ReferenceLabels labels) {
        PaperDistribution paper = PaperDistribution.of(cellModel);
        TimeGrid grid = paperGrid(cellModel);
        Normalisation statistics = Normalisation.of(labels.solve(paper.training(seed), grid, count -> {}));
        return new PaperTest(cellModel, grid, statistics, labels.solve(paper.test(seed), grid, count -> {}));
    }

    /** What the paper prints for its constrained network. */
    public static String published(CellModel cellModel) {
        if (cellModel.equals(CellModels.FITZHUGH_NAGUMO_1961)) {
            return "0.0082 (0.57 million parameters)";
        }
        return cellModel.equals(CellModels.HODGKIN_HUXLEY_1952) ? "0.0267 (0.63 million parameters)" : "not published";
    }

    /** The model is exported on the paper's grid and run by the serving predictor. */
    public Result take(Candidate candidate, FnoPredictor.Settings serving) {
        List<PaperError> errors = new ArrayList<>();
        try (FnoPredictor predictor =
                new FnoPredictor(OnnxModelFile.parse(candidate.toOnnx(grid, UNSCORED)), serving)) {
            for (int from = 0; from < test.size(); from += BATCH) {
                int to = Math.min(test.size(), from + BATCH);
                float[][][] predicted = predictor.predict(Arrays.copyOfRange(test.currents(), from, to));
                for (int i = from; i < to; i++) {
                    errors.add(PaperError.of(doubles(predicted[i - from]), reference(i), statistics));
                }
            }
        }
        return result(errors);
    }

    private Result result(List<PaperError> errors) {
        double[] perVariable = new double[cellModel.variables().size()];
        for (PaperError error : errors) {
            for (int i = 0; i < perVariable.length; i++) {
                perVariable[i] += error.relativeL2PerVariable()[i] / errors.size();
            }
        }
        return new Result(
                errors.size(),
                errors.stream().mapToDouble(PaperError::relativeL1).average().orElseThrow(),
                errors.stream().mapToDouble(PaperError::relativeL2).average().orElseThrow(),
                Examination.median(
                        errors.stream().mapToDouble(PaperError::relativeL2).toArray()),
                errors.stream().mapToDouble(PaperError::relativeH1).average().orElseThrow(),
                perVariable);
    }

    /** 5040 stored points over the horizon, both ends included; every fourth for all but O'Hara-Rudy. */
    private static TimeGrid paperGrid(CellModel cellModel) {
        double stored = cellModel.horizonMs() / 5039;
        return cellModel.equals(CellModels.OHARA_RUDY_2011)
                ? new TimeGrid(stored, 5040)
                : new TimeGrid(4 * stored, 1260);
    }

    private double[][] reference(int protocol) {
        float[][] excursion = test.excursions()[protocol];
        double[][] values = new double[excursion.length][grid.samples()];
        for (int variable = 0; variable < values.length; variable++) {
            for (int i = 0; i < grid.samples(); i++) {
                values[variable][i] = test.initial()[variable] + excursion[variable][i];
            }
        }
        return values;
    }

    private static double[][] doubles(float[][] rows) {
        double[][] result = new double[rows.length][rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < result[row].length; i++) {
                result[row][i] = rows[row][i];
            }
        }
        return result;
    }
}
