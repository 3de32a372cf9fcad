package org.ionstream.trainer.tuning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ionstream.schemas.message.TrialOutcome;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.trainer.tuning.search.Study;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;

/** A study with the results that count, each once: what is reported of it, and how long it will take. Not thread-safe. */
final class StudyResults {
    private final StudyPlan plan;
    private final Study study;
    private final Map<Integer, List<TrialResult>> byTrial = new TreeMap<>();
    private final Map<Integer, Map<String, String>> points = new HashMap<>();
    private long stepsDone;
    private double seconds;

    StudyResults(StudyPlan plan) {
        this.plan = plan;
        this.study = plan.begin();
    }

    Study study() {
        return study;
    }

    /** @return false if it was ordered before */
    boolean ordered(Study.Order order) {
        points.putIfAbsent(order.trial(), order.point());
        return study.ordered(order);
    }

    /** @return false if there is a result already, which stands */
    boolean answered(TrialResult result) {
        boolean isTrained = result.getOutcome() == TrialOutcome.TRAINED && result.getValidationRelativeL2() != null;
        double error = isTrained ? result.getValidationRelativeL2() : Double.POSITIVE_INFINITY;
        if (!study.answered(result.getNumber(), result.getRung(), error)) {
            return false;
        }
        byTrial.computeIfAbsent(result.getNumber(), trial -> new ArrayList<>()).add(result);
        stepsDone += plan.halving().steps(result.getRung()) - result.getResumedFromStep();
        seconds += result.getSeconds();
        return true;
    }

    StudyReport report(String name, int workers) {
        return new StudyReport(
                name,
                plan,
                study.isFinished(),
                workers,
                stepsDone,
                stepsDone == 0 ? -1 : seconds / stepsDone * stepsLeft() / Math.max(1, workers),
                byTrial.entrySet().stream()
                        .map(trial -> row(trial.getKey(), trial.getValue()))
                        .toList());
    }

    /** Rungs as full as they will be at least, and what is under way as if it had just begun. */
    private long stepsLeft() {
        SuccessiveHalving halving = plan.halving();
        long left = 0;
        double expected = plan.trials();
        for (int rung = 0; rung < halving.rungs(); rung++) {
            int steps = halving.steps(rung) - (rung == 0 ? 0 : halving.steps(rung - 1));
            int onRung = rung;
            long done = byTrial.values().stream()
                    .flatMap(List::stream)
                    .filter(result -> result.getRung() == onRung)
                    .count();
            int waiting = study.outstanding().get(rung).size();
            left += steps * Math.max(waiting, (long) expected - done);
            expected = Math.max(1, Math.floor(expected / halving.eta()));
        }
        return left;
    }

    private StudyReport.Row row(int trial, List<TrialResult> results) {
        TrialResult last = results.get(results.size() - 1);
        return new StudyReport.Row(
                trial,
                last.getRung(),
                plan.halving().steps(last.getRung()),
                last.getValidationRelativeL2(),
                last.getDetail(),
                last.getParameters(),
                points.get(trial),
                results.stream().mapToDouble(TrialResult::getSeconds).sum(),
                results.stream().map(TrialResult::getWorker).distinct().toList());
    }
}
