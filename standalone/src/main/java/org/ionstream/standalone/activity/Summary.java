package org.ionstream.standalone.activity;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.TrainingPhase;
import org.ionstream.schemas.message.TrainingReport;

/**
 * The run on a terminal: a block of lines that is redrawn, with events scrolling above it; or, where there is no terminal,
 * plain lines. Not thread-safe.
 */
public final class Summary {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final int BAR = 30;
    private static final int WIDEST = 118;

    private final PrintStream out;
    private final boolean terminal;
    private final double secondsBetweenPlainLines;
    private int drawn;
    private double eventsShownUntil = -1;
    private double nextPlainLine;

    /** @param terminal whether lines can be redrawn */
    public Summary(PrintStream out, boolean terminal, double secondsBetweenPlainLines) {
        this.out = out;
        this.terminal = terminal;
        this.secondsBetweenPlainLines = secondsBetweenPlainLines;
    }

    public void show(Activity activity) {
        if (terminal && drawn > 0) {
            out.printf(UP, drawn);
        }
        for (Activity.Event event : activity.events()) {
            if (event.seconds() > eventsShownUntil) {
                print("%s  %s: %s".formatted(clock(event.seconds()), event.kind(), event.text()));
                eventsShownUntil = event.seconds();
            }
        }
        if (terminal) {
            List<String> block = block(activity);
            block.forEach(this::printCut);
            drawn = block.size();
        } else if (activity.seconds() >= nextPlainLine) {
            print("%s  %s".formatted(clock(activity.seconds()), String.join("; ", plain(activity))));
            nextPlainLine = activity.seconds() + secondsBetweenPlainLines;
        }
        out.flush();
    }

    private static List<String> block(Activity activity) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  champion   " + champion(activity));
        lines.add("  stream     " + stream(activity));
        lines.add("  error      " + error(activity));
        lines.add("  drift      " + drift(activity));
        lines.add("  training   " + training(activity));
        return lines;
    }

    private static List<String> plain(Activity activity) {
        return List.of(
                stream(activity),
                "error " + error(activity),
                "drift " + drift(activity),
                "training " + training(activity),
                "champion " + champion(activity));
    }

    private static String champion(Activity activity) {
        return activity.champion().map(release -> release.getModelId()).orElse("none yet");
    }

    private static String stream(Activity activity) {
        String faults = activity.deadLetters() + activity.unmatched() == 0
                ? ""
                : ", %,d dead letters, %,d unmatched".formatted(activity.deadLetters(), activity.unmatched());
        String latency = Double.isNaN(activity.latencyMsMedian())
                ? ""
                : ", answered in %.0f ms (p99 %.0f)".formatted(activity.latencyMsMedian(), activity.latencyMsP99());
        return "%,d published, %,d predicted, %,d solved instead, %,d audited%s%s"
                .formatted(
                        activity.published(),
                        activity.predicted(),
                        activity.solved(),
                        activity.audited(),
                        latency,
                        faults);
    }

    private static String error(Activity activity) {
        return Double.isNaN(activity.error())
                ? "no audit yet"
                : "%.2f %% relative L2, median of the newest audits".formatted(100 * activity.error());
    }

    private static String drift(Activity activity) {
        if (activity.drift().isEmpty()) {
            return "no window closed yet";
        }
        DriftReport drift = activity.drift().get();
        String state = drift.getState().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (drift.getRoutedShare() >= 0.995) {
            return "%s, all protocols left to the reference".formatted(state);
        }
        String error = "%s, error %.1f times the %.2f %% at release"
                .formatted(state, drift.getEffectSize(), 100 * drift.getExpectedRelativeL2());
        return drift.getRoutedShare() < 0.005
                ? error
                : "%s, %.0f %% of the protocols left to the reference".formatted(error, 100 * drift.getRoutedShare());
    }

    private static String training(Activity activity) {
        if (activity.training().isEmpty()) {
            return "none yet";
        }
        TrainingReport report = activity.training().get();
        if (report.getPhase() != TrainingPhase.TRAINING || report.getTotalSteps() == 0) {
            return "%s: %s".formatted(report.getPhase().name().toLowerCase(Locale.ROOT), report.getDetail());
        }
        int filled = (int) ((long) BAR * report.getStep() / report.getTotalSteps());
        return "[%s%s] %,d of %,d steps, loss %.4f, %.0f s left"
                .formatted(
                        "#".repeat(filled),
                        ".".repeat(BAR - filled),
                        report.getStep(),
                        report.getTotalSteps(),
                        report.getLoss(),
                        report.getSecondsLeft());
    }

    private void print(String line) {
        out.println(terminal ? CLEAR_LINE + line : line);
    }

    /** A wrapped line would break the redrawing. */
    private void printCut(String line) {
        print(line.length() <= WIDEST ? line : line.substring(0, WIDEST - 3) + "...");
    }

    private static String clock(double seconds) {
        return "%02d:%02d".formatted((int) seconds / 60, (int) seconds % 60);
    }
}
