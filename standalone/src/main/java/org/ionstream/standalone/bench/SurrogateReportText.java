package org.ionstream.standalone.bench;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ionstream.standalone.machine.Machine;

/** The report of the surrogate's bench, for people. */
public final class SurrogateReportText {
    /** O'Hara-Rudy on one core in these batches is held against this many solves. */
    private static final int TARGET_BATCH = 32;

    private static final double TARGET = 5;
    private static final int OPERATORS = 5;

    private final PrintWriter out;

    public SurrogateReportText(PrintWriter out) {
        this.out = out;
    }

    public void print(SurrogateReport report) {
        Machine machine = report.machine();
        line("Surrogates beside the reference solver at rtol %.0e, %s", SurrogateBench.SOLVER_TOLERANCE, report.date());
        line("");
        line(
                "machine    %s, %d processors, %s; load average %.1f at the start",
                machine.processor(), machine.processors(), machine.operatingSystem(), machine.loadAverage());
        if (!report.gpu().isEmpty()) {
            line("GPU        %s", report.gpu());
        }
        line("JVM        %s", machine.jvm());
        line(
                "rounds     %d, every batch size and the solver in turn, %.2f s each, after one round of warm-up; median (lowest"
                        + " to highest)",
                report.settings().rounds(), report.settings().secondsPerTurn());
        line("time       of the CPU for what runs on one thread, else on the wall clock");
        line("protocols  the paper's general subset, seed %d", report.settings().seed());
        report.cellModels().forEach(this::print);
        out.flush();
    }

    private void print(SurrogateThroughput measured) {
        line("");
        line(
                "%s, model %s on %s, %d variables x %d samples, expected error %.4f",
                measured.cellModel(),
                measured.modelId(),
                measured.device(),
                measured.variables(),
                measured.samples(),
                measured.expectedRelativeL2());
        line("%-12s %7s %7s %15s %-19s %s", "", "threads", "batch", "trajectories/s", "", "times the solver");
        Spread solver = measured.solvesPerSecond();
        line("%-12s %7d %7s %15.0f %-19s", "solver", 1, "", solver.median(), range(solver));
        for (SurrogateThroughput.Row row : measured.rows()) {
            line(
                    "%-12s %7d %7d %15.0f %-19s %.2f",
                    "surrogate",
                    row.threads(),
                    row.batch(),
                    row.perSecond().median(),
                    range(row.perSecond()),
                    row.timesSolver());
        }
        line("nodes      %s", nodes(measured.nodesByProvider()));
        line("operators  %s", operators(measured.timeShareByOperator()));
        measured.largestDifferenceFromCpu().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(worst -> line(
                        "CPU        outputs differ by at most %.1e of the variable's excursion, %s",
                        worst.getValue(), worst.getKey()));
        measured.onOneThread(TARGET_BATCH).ifPresent(row -> verdict(measured, row));
    }

    private void verdict(SurrogateThroughput measured, SurrogateThroughput.Row row) {
        boolean pays = row.timesSolver() > 1;
        line(
                "in batches of %d on %s the surrogate is %.2f times %s than solving%s",
                TARGET_BATCH,
                measured.device().equals("CPU") ? "one core" : measured.device(),
                pays ? row.timesSolver() : 1 / row.timesSolver(),
                pays ? "faster" : "slower",
                measured.variables() > 4 // the small cell models are solved too fast for that
                        ? "; target at least %.0f times: %s"
                                .formatted(TARGET, row.timesSolver() >= TARGET ? "met" : "not met")
                        : "");
    }

    private static String nodes(Map<String, Integer> byProvider) {
        int all = byProvider.values().stream().mapToInt(Integer::intValue).sum();
        return byProvider.entrySet().stream()
                .map(entry -> "%d of %d on %s".formatted(entry.getValue(), all, entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String operators(Map<String, Double> shares) {
        return shares.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(OPERATORS)
                .map(entry -> String.format(Locale.ROOT, "%s %.0f %%", entry.getKey(), 100 * entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String range(Spread speed) {
        return String.format(Locale.ROOT, "(%.0f to %.0f)", speed.lowest(), speed.highest());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
