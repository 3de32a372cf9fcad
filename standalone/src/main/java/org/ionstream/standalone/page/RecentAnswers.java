package org.ionstream.standalone.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * The last protocols of each cell model with their answers, put together by id as they arrive on their topics in any order.
 * Those asked on the page are kept apart, so that a busy stream does not push them out. Bounded memory, thread-safe.
 */
final class RecentAnswers {
    /** Begins the ids of protocols asked on the page. */
    static final String ASKED_HERE = "try";

    private static final int MOST_PER_CELL_MODEL = 200;
    private static final int MOST_CELL_MODELS = 8;
    private static final int MOST_SHOWN = 12;

    private final Map<String, Map<String, Answered>> kept = new LinkedHashMap<>();

    synchronized void asked(StimulusProtocol protocol) {
        change(protocol.getCellModel(), protocol.getId(), answered -> answered.with(protocol));
    }

    synchronized void predicted(Prediction prediction) {
        change(prediction.getCellModel(), prediction.getId(), answered -> answered.with(prediction));
    }

    synchronized void solved(ReferenceSolution reference) {
        change(reference.getCellModel(), reference.getId(), answered -> answered.with(reference));
    }

    synchronized Optional<Answered> find(String id) {
        return kept.values().stream()
                .filter(answers -> answers.containsKey(id))
                .map(answers -> answers.get(id))
                .findFirst();
    }

    /** The newest that have a prediction, and the newest of them that are audited; newest last. */
    synchronized List<Answered> newest() {
        List<Answered> newest = new ArrayList<>();
        for (Map<String, Answered> answers : kept.values()) {
            List<Answered> predicted =
                    answers.values().stream().filter(Answered::isPredicted).toList();
            List<Answered> audited = predicted.stream()
                    .filter(answered -> answered.reference() != null)
                    .toList();
            newest.addAll(last(predicted));
            last(audited).stream()
                    .filter(answered -> !newest.contains(answered))
                    .forEach(newest::add);
        }
        return newest;
    }

    /** Of each cell model of the stream the newest with a prediction, and the newest audited one. */
    synchronized Map<String, Answered> latest() {
        Map<String, Answered> latest = new LinkedHashMap<>();
        kept.forEach((cellModel, answers) -> {
            if (!cellModel.equals(ASKED_HERE)) {
                answers.values().stream().filter(Answered::isPredicted).forEach(answered -> {
                    latest.put(cellModel + " predicted", answered);
                    if (answered.reference() != null) {
                        latest.put(cellModel + " audited", answered);
                    }
                });
            }
        });
        return latest;
    }

    private static List<Answered> last(List<Answered> answers) {
        return answers.subList(Math.max(0, answers.size() - MOST_SHOWN), answers.size());
    }

    private void change(String cellModel, String id, UnaryOperator<Answered> change) {
        String drawer = id.startsWith(ASKED_HERE + "-") ? ASKED_HERE : cellModel;
        if (!kept.containsKey(drawer) && kept.size() == MOST_CELL_MODELS) {
            return;
        }
        Map<String, Answered> answers = kept.computeIfAbsent(drawer, unknown -> new LinkedHashMap<>());
        answers.put(id, change.apply(answers.getOrDefault(id, Answered.NOTHING)));
        if (answers.size() > MOST_PER_CELL_MODEL) {
            answers.remove(answers.keySet().iterator().next());
        }
    }
}
