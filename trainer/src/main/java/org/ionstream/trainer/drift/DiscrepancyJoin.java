package org.ionstream.trainer.drift;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.Trust;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.surrogate.trust.InputHistograms;
import org.ionstream.trainer.score.BiomarkerDifferences;
import org.ionstream.trainer.score.ExcursionError;

/** The two halves of an audit become a discrepancy; a half that never came becomes an alarm, not a gap. */
public final class DiscrepancyJoin {
    private DiscrepancyJoin() {}

    /** Either side may be null, not both. */
    public static Discrepancy of(Prediction prediction, ReferenceSolution reference) {
        if (reference == null) {
            return answered(prediction, DiscrepancyStatus.REFERENCE_MISSING)
                    .setDetail(
                            "no reference within the join window; is the reference stage running, with the same audit share?")
                    .build();
        }
        if (prediction == null) {
            return Discrepancy.newBuilder()
                    .setId(reference.getId())
                    .setCellModel(reference.getCellModel())
                    .setStatus(DiscrepancyStatus.PREDICTION_MISSING)
                    .setDetail("no prediction within the join window; is the surrogate stage running?")
                    .build();
        }
        Discrepancy.Builder discrepancy = answered(prediction, DiscrepancyStatus.NOT_COMPARABLE);
        try {
            Stimulus stimulus = Stimulus.of(reference.getProtocol());
            discrepancy.setInputs(InputHistograms.features(stimulus));
            discrepancy.setBiomarkers(biomarkers(prediction, reference));
            String obstacle = obstacle(prediction, reference, stimulus);
            return obstacle.isEmpty()
                    ? compared(discrepancy, prediction, reference)
                    : discrepancy.setDetail(obstacle).build();
        } catch (UnreadableMessageException e) {
            return discrepancy.setDetail(e.getMessage()).build();
        }
    }

    /** None unless the surrogate predicted them for the same beats. */
    private static List<BiomarkerDifference> biomarkers(Prediction prediction, ReferenceSolution reference) {
        return prediction.getSource() == Source.SURROGATE
                        && prediction.getBiomarkers() != null
                        && reference.getBiomarkers() != null
                ? BiomarkerDifferences.of(prediction.getBiomarkers(), reference.getBiomarkers())
                : List.of();
    }

    private static String obstacle(Prediction prediction, ReferenceSolution reference, Stimulus stimulus) {
        if (prediction.getSource() != Source.SURROGATE) {
            return "answered by %s, reason %s".formatted(prediction.getSource(), prediction.getReason());
        }
        if (prediction.getOutcome() != Outcome.OK || reference.getOutcome() != Outcome.OK) {
            return "prediction %s, reference %s %s"
                    .formatted(prediction.getOutcome(), reference.getOutcome(), reference.getDetail());
        }
        if (reference.getProtocol().getBiomarkersOnly()) {
            return "only biomarkers were wanted, there is no predicted trajectory";
        }
        if (prediction.getTrajectory() == null || reference.getTrajectory() == null) {
            return "outcome OK without a trajectory; the writer breaks the contract";
        }
        boolean sameShape = prediction.getTrajectory().getSamples()
                        == reference.getTrajectory().getSamples()
                && prediction.getTrajectory().getStepMs()
                        == reference.getTrajectory().getStepMs()
                && prediction
                        .getTrajectory()
                        .getVariables()
                        .equals(reference.getTrajectory().getVariables())
                && prediction.getCellModel().equals(reference.getCellModel())
                && CellModels.find(prediction.getCellModel())
                        .filter(model -> model.variableNames()
                                .containsAll(reference.getTrajectory().getVariables()))
                        .isPresent();
        if (!stimulus.conditions().arePublished()) {
            return "surrogates are not trained for %s"
                    .formatted(stimulus.conditions().departures());
        }
        return sameShape ? "" : "different grids, variables or cell models: two protocols share the id";
    }

    private static Discrepancy compared(
            Discrepancy.Builder discrepancy, Prediction prediction, ReferenceSolution reference) {
        Traces predicted = Traces.of(prediction.getTrajectory());
        Traces solved = Traces.of(reference.getTrajectory());
        if (!predicted.isFinite() || !solved.isFinite()) {
            return discrepancy
                    .setDetail("a trajectory with values that are not finite")
                    .build();
        }
        List<VariableDiscrepancy> variables = new ArrayList<>();
        double sum = 0;
        for (StateVariable variable : CellModels.byId(prediction.getCellModel()).variables()) {
            if (solved.variables().contains(variable.name())) {
                ExcursionError error =
                        ExcursionError.of(predicted.of(variable.name()), solved.of(variable.name()), variable);
                sum += error.relativeL2();
                variables.add(new VariableDiscrepancy(
                        variable.name(),
                        error.relativeL1(),
                        error.relativeL2(),
                        error.relativeH1(),
                        error.largestDifference(),
                        covered(prediction, variable.name(), error.largestDifference())));
            }
        }
        return discrepancy
                .setStatus(DiscrepancyStatus.COMPARED)
                .setRelativeL2(sum / variables.size())
                .setExpectedRelativeL2(prediction.getExpectedRelativeL2())
                .setRelativeL2Bound(
                        prediction.getTrust() == null
                                ? null
                                : prediction.getTrust().getRelativeL2Bound())
                .setVariables(variables)
                .setPublishedAtMs(prediction.getPublishedAtMs())
                .build();
    }

    /** Null: the prediction has no band. */
    private static Boolean covered(Prediction prediction, String variable, double largestDifference) {
        Trust trust = prediction.getTrust();
        List<String> variables = prediction.getTrajectory().getVariables();
        if (trust == null || trust.getBandRadii().size() != variables.size()) {
            return null;
        }
        int row = variables.indexOf(variable);
        return largestDifference <= trust.getBandRadii().get(row);
    }

    private static Discrepancy.Builder answered(Prediction prediction, DiscrepancyStatus status) {
        return Discrepancy.newBuilder()
                .setId(prediction.getId())
                .setCellModel(prediction.getCellModel())
                .setModelId(prediction.getModelId())
                .setSource(prediction.getSource())
                .setReason(prediction.getReason())
                .setStatus(status);
    }
}
