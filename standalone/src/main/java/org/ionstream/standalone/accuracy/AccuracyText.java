package org.ionstream.standalone.accuracy;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A table of errors, for people: one row for each trajectory, then what they come to. */
public final class AccuracyText {
    private static final int LONGEST_DESCRIPTION = 46;

    private final PrintWriter out;

    public AccuracyText(PrintWriter out) {
        this.out = out;
    }

    public void print(List<Accuracy> rows) {
        line("Relative L2 errors of the reference solver, over all samples, mean over variables and worst variable.");
        line("Conditioning: relative change of the worst variable per relative change of the stimulus; above 100 a");
        line("protocol is near a threshold (*), where the problem itself magnifies every error.");
        line("");
        line("%-18s %-46s %12s  %-30s %-30s", "trajectory", "stimulus", "conditioning", "rtol 1e-06", "rtol 1e-08");
        line("%-18s %-46s %12s  %-8s %-21s %-8s %s", "", "", "", "mean", "worst", "mean", "worst");
        rows.forEach(this::print);
        line("");
        List<Accuracy> solved =
                rows.stream().filter(row -> !row.errors().isEmpty()).toList();
        summary("all", solved);
        summary(
                "away from thresholds",
                solved.stream().filter(row -> !row.nearThreshold()).toList());
        out.flush();
    }

    private void print(Accuracy row) {
        String description = row.description().length() <= LONGEST_DESCRIPTION
                ? row.description()
                : row.description().substring(0, LONGEST_DESCRIPTION - 3) + "...";
        if (row.errors().isEmpty()) {
            line("%-18s %-46s not solved: %s", row.file(), description, row.remark());
            return;
        }
        Accuracy.Error loose = row.errors().get(0);
        Accuracy.Error tight = row.errors().get(1);
        line(
                "%-18s %-46s %10.1f %s  %-8.1e %-8.1e %-12s %-8.1e %-8.1e %s",
                row.file(),
                description,
                row.conditioning(),
                row.nearThreshold() ? "*" : " ",
                loose.mean(),
                loose.worst(),
                loose.worstVariable(),
                tight.mean(),
                tight.worst(),
                tight.worstVariable());
    }

    private void summary(String which, List<Accuracy> rows) {
        for (int i = 0; !rows.isEmpty() && i < rows.get(0).errors().size(); i++) {
            int place = i;
            double[] means = rows.stream()
                    .mapToDouble(row -> row.errors().get(place).mean())
                    .sorted()
                    .toArray();
            Accuracy worst = rows.stream()
                    .max(Comparator.comparingDouble(
                            row -> row.errors().get(place).worst()))
                    .orElseThrow();
            Accuracy.Error error = worst.errors().get(place);
            line(
                    "%s, %d trajectories, rtol %.0e: median of the means %.1e, largest mean %.1e, worst variable %.1e (%s in %s)",
                    which,
                    rows.size(),
                    error.relativeTolerance(),
                    means[means.length / 2],
                    means[means.length - 1],
                    error.worst(),
                    error.worstVariable(),
                    worst.file());
        }
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
