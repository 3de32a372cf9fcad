package org.ionstream.trainer.tuning;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a study stands.
 *
 * @param study its name
 * @param plan all that its course depends on
 * @param isFinished whether every trial is at its end
 * @param workers that there are now
 * @param stepsDone of the optimiser, over all trials
 * @param secondsLeft at the speed so far, with these workers; negative: not known yet
 * @param rows of the trials that have a result, the best first; trials of a higher rung are better
 */
public record StudyReport(
        String study,
        StudyPlan plan,
        boolean isFinished,
        int workers,
        long stepsDone,
        double secondsLeft,
        List<Row> rows) {

    /**
     * A trial at the highest rung that it came to the end of.
     *
     * @param trial number; 0 is the recipe that the study began with
     * @param rung from 0
     * @param steps of the optimiser to its end
     * @param error mean relative L2 on the validation set, standardised; null: failed
     * @param detail why it failed; else empty
     * @param parameters trainable numbers
     * @param values of what is searched, by field of the recipe; the first trial may lack some
     * @param seconds of training, all rungs together
     * @param workers that trained it, from the lowest rung
     */
    public record Row(
            int trial,
            int rung,
            int steps,
            Double error,
            String detail,
            long parameters,
            Map<String, String> values,
            double seconds,
            List<String> workers) {
        static final Comparator<Row> BEST_FIRST = Comparator.comparingInt(Row::rung)
                .reversed()
                .thenComparing(Row::error, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparingInt(Row::trial);

        public boolean failed() {
            return error == null;
        }
    }

    public StudyReport {
        rows = rows.stream().sorted(Row.BEST_FIRST).toList();
    }

    public Optional<Row> best() {
        return rows.stream().filter(row -> !row.failed()).findFirst();
    }

    /** The trial of the recipe that the study began with. */
    public Optional<Row> first() {
        return rows.stream().filter(row -> row.trial() == 0).findFirst();
    }

    public long failures() {
        return rows.stream().filter(Row::failed).count();
    }
}
