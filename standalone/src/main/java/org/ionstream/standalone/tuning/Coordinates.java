package org.ionstream.standalone.tuning;

import java.util.List;
import java.util.Locale;
import org.ionstream.trainer.tuning.StudyReport;

/** The hyperparameters of a report, as columns of a table and axes of a plot. */
final class Coordinates {
    /** Stands where the first trial has what the space cannot express. */
    static final String OF_THE_BASE = "-";

    private Coordinates() {}

    /** Fields of the recipe in the order of the alphabet. */
    static List<String> names(StudyReport report) {
        return report.rows().stream()
                .flatMap(row -> row.values().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** In words: what comes after the last dot. */
    static String title(String name) {
        return name.substring(name.lastIndexOf('.') + 1)
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
