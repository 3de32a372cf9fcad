package org.ionstream.standalone.evaluation;

import java.util.List;
import org.ionstream.trainer.score.BiomarkerErrors;
import org.ionstream.trainer.score.ErrorRow;
import org.ionstream.trainer.score.Firing;
import org.ionstream.trainer.score.Norms;
import org.ionstream.trainer.score.PaperError;
import org.ionstream.trainer.score.PredictionCost;
import org.ionstream.trainer.score.PublishedErrors;

/**
 * One model on the paper's test.
 *
 * @param cellModel catalogue id
 * @param dimension state variables
 * @param modelId from its card
 * @param grids where it is served and where it is measured
 * @param all over all protocols and variables
 * @param subsets a row for each
 * @param variables a row for each
 * @param biomarkers on the served grid
 * @param firing on the served grid
 * @param resolution the paper's metric on finer and coarser grids, the references and statistics on the same
 * @param size of the network and its training
 * @param cost of a prediction; null: not measured
 * @param evaluationSeconds wall clock, solving included
 * @param published networks of the paper
 * @param protocols one by one
 */
public record ModelReport(
        String cellModel,
        int dimension,
        String modelId,
        Grids grids,
        ErrorRow all,
        List<ErrorRow> subsets,
        List<ErrorRow> variables,
        List<BiomarkerErrors> biomarkers,
        Firing firing,
        List<OnGrid> resolution,
        Size size,
        PredictionCost cost,
        double evaluationSeconds,
        List<PublishedErrors> published,
        List<OfProtocol> protocols) {

    /** Samples over the horizon. */
    public record Grids(int servedSamples, double servedStepMs, int paperSamples, double paperStepMs) {}

    /** @param timesServed samples per sample served */
    public record OnGrid(double timesServed, int samples, double stepMs, Norms errors) {}

    /**
     * @param parameters of the network
     * @param weightMb of them, float32
     * @param fileMb of the ONNX file with its constant matrices and statistics
     * @param trainingSteps of the recipe
     * @param batch protocols per step
     * @param trainingProtocols of the recipe
     */
    public record Size(
            long parameters, double weightMb, double fileMb, int trainingSteps, int batch, int trainingProtocols) {}

    /**
     * @param amplitude of the pulse, in the cell model's stimulus unit; 0: none
     * @param durationMs of the pulse
     * @param served the paper's metric
     * @param exported the paper's metric; null if the network cannot be brought to the paper's grid
     * @param physicalRelativeL2 relative to the excursion, mean over the variables that moved; null if none did
     * @param relativeL2OnStream with the floor that errors on the stream have
     */
    public record OfProtocol(
            String id,
            String subset,
            double amplitude,
            double durationMs,
            PaperError served,
            PaperError exported,
            Double physicalRelativeL2,
            double relativeL2OnStream) {}
}
