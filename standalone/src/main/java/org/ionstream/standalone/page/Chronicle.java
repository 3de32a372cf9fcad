package org.ionstream.standalone.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.TrainingReport;
import org.ionstream.schemas.message.Trial;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.surrogate.model.Champion;

/**
 * What audits and the trainer have said: the newest windows of drift, audited errors, releases, reports, trials of
 * hyperparameters and answers to orders. Bounded memory, thread-safe.
 */
final class Chronicle {
    private static final int MOST_WINDOWS = 600;
    private static final int MOST_AUDITS = 1_500;
    private static final int MOST_REPORTS = 600;
    private static final int MOST_RELEASES = 200;
    private static final int MOST_RESULTS = 200;
    private static final int MOST_TRIALS = 1_000;

    private final Deque<JsonNode> windows = new ArrayDeque<>();
    private final Deque<Map<String, Object>> audits = new ArrayDeque<>();
    private final Deque<JsonNode> reports = new ArrayDeque<>();
    private final Deque<Map<String, Object>> releases = new ArrayDeque<>();
    private final Deque<Map<String, Object>> trials = new ArrayDeque<>();
    private final Deque<JsonNode> trialResults = new ArrayDeque<>();
    private final Map<String, String> champions = new LinkedHashMap<>();
    private final Map<String, CommandResult> results = new LinkedHashMap<>();
    private long entries;

    synchronized void reported(DriftReport report) {
        keep(windows, AnswerView.json(report), MOST_WINDOWS);
    }

    synchronized void reported(TrainingReport report) {
        keep(reports, AnswerView.json(report), MOST_REPORTS);
    }

    /** A record under the champion's alias says who serves since when, one under the model's own id what it is. */
    synchronized void released(ModelRelease release) {
        if (release.getAlias().equals(Champion.ALIAS)) {
            champions.put(release.getCellModel(), release.getModelId());
            keep(releases, release(release), MOST_RELEASES);
        }
    }

    synchronized void answered(CommandResult result) {
        results.remove(result.getCommandId());
        results.put(result.getCommandId(), result);
        if (results.size() > MOST_RESULTS) {
            results.remove(results.keySet().iterator().next());
        }
    }

    synchronized void compared(Discrepancy discrepancy) {
        if (discrepancy.getStatus() == DiscrepancyStatus.COMPARED && discrepancy.getRelativeL2() != null) {
            keep(audits, audit(discrepancy), MOST_AUDITS);
        }
    }

    synchronized void ordered(Trial trial) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("study", trial.getStudy());
        view.put("number", trial.getNumber());
        view.put("rung", trial.getRung());
        view.put("steps", trial.getSteps());
        view.put("cellModel", trial.getCellModel());
        view.put("values", trial.getValues());
        keep(trials, view, MOST_TRIALS);
    }

    synchronized void tried(TrialResult result) {
        keep(trialResults, AnswerView.json(result), MOST_TRIALS);
    }

    synchronized Optional<CommandResult> result(String commandId) {
        return Optional.ofNullable(results.get(commandId));
    }

    /** Taken so far of what {@link #view} shows. */
    synchronized long entries() {
        return entries;
    }

    /** For the page. */
    synchronized Map<String, Object> view() {
        return Map.of(
                "trials", List.copyOf(trials),
                "trialResults", List.copyOf(trialResults),
                "windows", List.copyOf(windows),
                "audits", List.copyOf(audits),
                "reports", List.copyOf(reports),
                "releases", List.copyOf(releases),
                "champions", Map.copyOf(champions));
    }

    private static Map<String, Object> audit(Discrepancy discrepancy) {
        Map<String, Object> audit = new LinkedHashMap<>();
        audit.put("cellModel", discrepancy.getCellModel());
        audit.put("modelId", discrepancy.getModelId());
        audit.put("relativeL2", discrepancy.getRelativeL2());
        audit.put("inputs", discrepancy.getInputs());
        audit.put("atMs", discrepancy.getPublishedAtMs());
        Map<String, Double> byVariable = new LinkedHashMap<>();
        discrepancy.getVariables().forEach(row -> byVariable.put(row.getVariable(), row.getRelativeL2()));
        audit.put("variables", byVariable);
        audit.put(
                "captured",
                discrepancy.getBiomarkers().stream()
                        .filter(row -> row.getBiomarker().equals("capturedStimuli"))
                        .map(BiomarkerDifference::getReference)
                        .anyMatch(captured -> captured != null && captured > 0));
        return audit;
    }

    private static Map<String, Object> release(ModelRelease release) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("modelId", release.getModelId());
        view.put("cellModel", release.getCellModel());
        view.put("sha256", release.getSha256());
        view.put("releasedAtMs", release.getReleasedAtMs());
        view.put("replacedModelId", release.getReplacedModelId());
        view.put("scores", release.getScores().stream().map(AnswerView::json).toList());
        view.put("parentModelId", release.getProvenance().getParentModelId());
        view.put("replayedReferences", release.getProvenance().getReplayedReferences());
        view.put("baseProtocols", release.getProvenance().getBaseProtocols());
        view.put("recipe", release.getProvenance().getRecipe());
        view.put("inputs", release.getInputs().stream().map(AnswerView::json).toList());
        return view;
    }

    private <T> void keep(Deque<T> kept, T next, int most) {
        entries++;
        kept.addLast(next);
        if (kept.size() > most) {
            kept.removeFirst();
        }
    }
}
