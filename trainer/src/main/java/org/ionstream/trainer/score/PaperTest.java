package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.trainer.data.PaperGrid;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * The paper's test: 375 protocols of its test distribution, its grid, its standardisation with the statistics of its 3000
 * training protocols, whatever grid and statistics the model was trained with. For reporting only: nothing is chosen by it.
 */
public final class PaperTest {
    private static final Map<String, String> PUBLISHED = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(), "0.0082 (0.57 million parameters)",
            CellModels.HODGKIN_HUXLEY_1952.id(), "0.0267 (0.63 million parameters)",
            CellModels.OHARA_RUDY_2011.id(), "0.0219 (12.4 million parameters)");

    private final CellModel cellModel;
    private final ReferenceLabels labels;
    private final TimeGrid grid;
    private final List<StimulusProtocol> trainingProtocols;
    private final Normalisation statistics;
    private final List<StimulusProtocol> protocols;
    private final TrajectorySet test;

    /** @param seed of the paper's data sets */
    public PaperTest(CellModel cellModel, long seed, ReferenceLabels labels) {
        PaperDistribution paper = PaperDistribution.of(cellModel);
        this.cellModel = cellModel;
        this.labels = labels;
        this.grid = PaperGrid.of(cellModel);
        this.trainingProtocols = paper.training(seed);
        this.statistics = labels.statistics(trainingProtocols, grid);
        this.protocols = paper.test(seed);
        this.test = labels.solve(protocols, grid, count -> {});
    }

    /** Means over the protocols, and the median of the relative L2 error. */
    public record Result(
            int protocols,
            double relativeL1,
            double relativeL2,
            double medianRelativeL2,
            double relativeH1,
            double[] relativeL2PerVariable) {}

    /** Protocols. */
    public int size() {
        return protocols.size();
    }

    public TimeGrid grid() {
        return grid;
    }

    /** What the paper's authors got: their constrained networks where these are known, else the unconstrained one. */
    public static String published(CellModel cellModel) {
        return Optional.ofNullable(PUBLISHED.get(cellModel.id())).orElse("not published");
    }

    /**
     * The model predicts on its own grid, as it is served. Its output is standardised there and interpolated onto the
     * paper's grid in standardised space, where curves do not shrink to nothing towards t = 0 as the excursions do.
     */
    public Result take(FnoPredictor predictor) {
        TimeGrid served = predictor.card().grid();
        Normalisation servedStatistics =
                served.equals(grid) ? statistics : labels.statistics(trainingProtocols, served);
        List<PaperError> errors = new ArrayList<>();
        for (int i = 0; i < protocols.size(); i++) {
            float[] current = Stimulus.of(protocols.get(i)).cellMeans(served);
            float[][] predicted = predictor.predict(new float[][] {current})[0];
            errors.add(PaperError.of(standardised(predicted, servedStatistics), standardisedReference(i)));
        }
        return result(errors);
    }

    /** On the paper's grid, shape [variable][sample]. */
    private double[][] standardised(float[][] predicted, Normalisation servedStatistics) {
        float[][] z = new float[predicted.length][];
        for (int variable = 0; variable < predicted.length; variable++) {
            z[variable] = new float[predicted[variable].length];
            for (int i = 0; i < z[variable].length; i++) {
                z[variable][i] = (float) servedStatistics.standardised(variable, i, predicted[variable][i]);
            }
            // At t = 0 all protocols are equal and z is 0, a jump that says nothing of the samples after it.
            z[variable][0] = 3 * z[variable][1] - 3 * z[variable][2] + z[variable][3];
        }
        float[][] fine = new Traces(servedStatistics.grid(), cellModel.variableNames(), z)
                .resample(grid)
                .values();
        double[][] result = doubles(fine);
        for (int variable = 0; variable < result.length; variable++) {
            result[variable][0] = 0;
        }
        return result;
    }

    private double[][] standardisedReference(int protocol) {
        float[][] excursion = test.excursions()[protocol];
        double[][] z = new double[excursion.length][grid.samples()];
        for (int variable = 0; variable < z.length; variable++) {
            for (int i = 0; i < grid.samples(); i++) {
                z[variable][i] = statistics.standardised(
                        variable, i, test.initial()[variable] + (double) excursion[variable][i]);
            }
        }
        return z;
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
