package org.ionstream.standalone.tuning;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ionstream.trainer.tuning.StudyPlan;
import org.ionstream.trainer.tuning.StudyReport;

/** The report of a study, for people. */
public final class StudyText {
    private final PrintWriter out;

    public StudyText(PrintWriter out) {
        this.out = out;
    }

    public void print(StudyReport report) {
        StudyPlan plan = report.plan();
        line(
                "Study %s of %s, %s%s",
                report.study(), plan.cellModel(), plan.method(), report.isFinished() ? "" : ", not finished");
        line(
                "trials     %,d of %,d with a result, %d failed, seed %d; rungs at %s steps, eta %d",
                report.rows().size(),
                plan.trials(),
                report.failures(),
                plan.seed(),
                steps(plan),
                plan.halving().eta());
        line(
                "training   %,d protocols of the paper's distribution on %d samples, batches of %d, %s",
                plan.base().baseProtocols(),
                plan.base().grid(plan.cellModelOf()).samples(),
                plan.base().training().batch(),
                plan.base().training().optimiser());
        line(
                "parameters %s",
                plan.largestParameters() == 0
                        ? "any number"
                        : String.format(Locale.ROOT, "%,d at most: as many modes as fit", plan.largestParameters()));
        line(
                "cost       %,d steps, %.0f s of training",
                report.stepsDone(),
                report.rows().stream().mapToDouble(StudyReport.Row::seconds).sum());
        line("error      mean relative L2 on the paper's validation set, standardised; a higher rung ranks first");
        line("");
        rows(report);
        out.flush();
    }

    /** For somebody who waits. */
    public static String progress(StudyReport report, int begun) {
        String best = report.best()
                .map(row -> String.format(
                        Locale.ROOT, "best %.4f (trial %d at %,d steps)", row.error(), row.trial(), row.steps()))
                .orElse("no result yet");
        String left = report.secondsLeft() < 0
                ? "time left not known yet"
                : String.format(Locale.ROOT, "about %.1f min left", report.secondsLeft() / 60);
        return String.format(
                Locale.ROOT,
                "%d of %d trials begun, %d with a result, %s; %s, %s",
                begun,
                report.plan().trials(),
                report.rows().size(),
                best,
                report.workers() == 0 ? "no workers" : "%d workers".formatted(report.workers()),
                left);
    }

    private static String steps(StudyPlan plan) {
        List<String> steps = new ArrayList<>();
        for (int rung = 0; rung < plan.halving().rungs(); rung++) {
            steps.add(String.format(Locale.ROOT, "%,d", plan.halving().steps(rung)));
        }
        return String.join(", ", steps);
    }

    private void rows(StudyReport report) {
        List<String> names = Coordinates.names(report);
        StringBuilder heading = new StringBuilder(String.format(
                Locale.ROOT, "%5s %6s %8s %8s %11s %8s", "rank", "trial", "steps", "error", "parameters", "seconds"));
        names.forEach(name -> heading.append(String.format(Locale.ROOT, " %16s", Coordinates.title(name))));
        line("%s", heading);
        int rank = 1;
        for (StudyReport.Row row : report.rows()) {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%5d %6d %,8d %8s %,11d %8.1f",
                    rank++,
                    row.trial(),
                    row.steps(),
                    row.failed() ? "failed" : String.format(Locale.ROOT, "%.4f", row.error()),
                    row.parameters(),
                    row.seconds()));
            names.forEach(name -> text.append(String.format(
                    Locale.ROOT, " %16s", shortened(row.values().getOrDefault(name, Coordinates.OF_THE_BASE)))));
            line("%s", text);
        }
        report.rows().stream()
                .filter(StudyReport.Row::failed)
                .forEach(row -> line("trial %d: %s", row.trial(), row.detail()));
    }

    private static String shortened(String value) {
        return value.length() > 8 && value.startsWith("0.")
                ? String.format(Locale.ROOT, "%.6f", Double.parseDouble(value))
                : value;
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
