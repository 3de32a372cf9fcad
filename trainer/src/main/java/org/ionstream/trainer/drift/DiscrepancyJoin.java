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
import org.ionstream.trainer.score.BiomarkerDifferences;
import org.ionstream.trainer.score.ExcursionError;

/** The two halves of an audit become a discrepancy; a half that never came becomes an alarm, not a gap. */
final class DiscrepancyJoin {
    private DiscrepancyJoin() {}

    /** Either side may be null, not both. */
    static Discrepancy of(Prediction prediction, ReferenceSolution reference) {
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
        List<BiomarkerDifference> biomarkers = biomarkers(prediction, reference);
        String obstacle = obstacle(prediction, reference);
        if (!obstacle.isEmpty()) {
            return notComparable(prediction, biomarkers, obstacle);
        }
        try {
            List<String> departures =
                    Stimulus.of(reference.getProtocol()).conditions().departures();
            if (!departures.isEmpty()) {
                return notComparable(prediction, List.of(), "surrogates are not trained for %s".formatted(departures));
            }
            Traces predicted = Traces.of(prediction.getTrajectory());
            Traces solved = Traces.of(reference.getTrajectory());
            return predicted.isFinite() && solved.isFinite()
                    ? compared(prediction, biomarkers, predicted, solved)
                    : notComparable(prediction, biomarkers, "a trajectory with values that are not finite");
        } catch (UnreadableMessageException e) {
            return notComparable(prediction, biomarkers, e.getMessage());
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

    private static String obstacle(Prediction prediction, ReferenceSolution reference) {
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
        return sameShape ? "" : "different grids, variables or cell models: two protocols share the id";
    }

    private static Discrepancy compared(
            Prediction prediction, List<BiomarkerDifference> biomarkers, Traces predicted, Traces solved) {
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
        return answered(prediction, DiscrepancyStatus.COMPARED)
                .setRelativeL2(sum / variables.size())
                .setExpectedRelativeL2(prediction.getExpectedRelativeL2())
                .setRelativeL2Bound(
                        prediction.getTrust() == null
                                ? null
                                : prediction.getTrust().getRelativeL2Bound())
                .setVariables(variables)
                .setBiomarkers(biomarkers)
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

    private static Discrepancy notComparable(
            Prediction prediction, List<BiomarkerDifference> biomarkers, String obstacle) {
        return answered(prediction, DiscrepancyStatus.NOT_COMPARABLE)
                .setDetail(obstacle)
                .setBiomarkers(biomarkers)
                .build();
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
