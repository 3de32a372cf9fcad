package org.ionstream.standalone.bench;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.machine.Machine;

/** The report of the solver's bench, for people. */
public final class SolverReportText {
    /** At this mean error the reference solver is held against its target. */
    private static final double TARGET_ERROR = 2e-6;

    private static final double TARGET_STIFF = 60;
    private static final double TARGET = 1;

    private final PrintWriter out;

    public SolverReportText(PrintWriter out) {
        this.out = out;
    }

    public void print(SolverReport report) {
        Machine machine = report.machine();
        SolverBench.Settings settings = report.settings();
        line("Work and precision of the reference solver beside Hipparchus' Dormand-Prince 5(4)");
        line("");
        line(
                "machine    %s, %d processors, %s; load average %.1f at the start",
                machine.processor(), machine.processors(), machine.operatingSystem(), machine.loadAverage());
        line("JVM        %s", machine.jvm());
        line(
                "threads    1; seconds of that thread's CPU time (collecting garbage elsewhere is free, to the anchor's good)");
        line(
                "rounds     %d, method by method in turn, after %d s of warm-up; median (lowest to highest)",
                settings.rounds(), settings.warmUpSeconds());
        line(
                "protocols  %d of the paper's general subset, seed %d, the same for every method",
                settings.protocols(), settings.seed());
        line("error      relative L2 of each variable; mean, median and worst protocol are of the mean over variables");
        line("anchor     stopped at stimulus edges, dense output, longest step 1 ms, the same tolerances per variable");
        for (SolverReport.OfCellModel model : report.cellModels()) {
            print(model.workPrecision());
            compare(model.workPrecision());
            elsewhere(model);
            stage(model, settings);
        }
        out.flush();
    }

    private void print(WorkPrecision measured) {
        line("");
        line(
                "%s, %.0f ms, %d samples; truth: %s, from which the reference solver at rtol 1e-12 is %.0e away",
                measured.cellModel(),
                measured.horizonMs(),
                measured.samples(),
                measured.truth(),
                measured.truthDoubt());
        line("");
        line(
                "%-22s %6s %9s %-17s %6s %8s  %7s %7s %9s  %-20s %7s",
                "method", "rtol", "solves/s", "", "steps", "evals", "mean", "median", "worst", "worst variable", "V");
        Stream.concat(measured.reference().stream(), measured.anchor().stream()).forEach(this::print);
    }

    private void print(WorkPrecision.Point point) {
        Spread speed = point.solvesPerSecond();
        Errors errors = point.errors();
        line(
                "%-22s %6.0e %9.1f %-17s %6.0f %8.0f  %7.1e %7.1e %9.1e  %7.1e %-12s %7.1e",
                point.method(),
                point.relativeTolerance(),
                speed.median(),
                range(speed),
                point.steps(),
                point.evaluations(),
                errors.mean(),
                errors.median(),
                errors.worstProtocol(),
                errors.worstVariable(),
                errors.worstVariableName(),
                errors.membranePotential());
    }

    private void compare(WorkPrecision measured) {
        line("");
        line("at the same mean error, the anchor read off its curve");
        for (WorkPrecision.Comparison comparison : measured.comparisons()) {
            WorkPrecision.Point point = comparison.reference();
            line(
                    "%-22s %6.0e %9.1f  mean error %7.1e  %s",
                    point.method(),
                    point.relativeTolerance(),
                    point.solvesPerSecond().median(),
                    point.errors().mean(),
                    comparison.timesFaster() == null
                            ? "the anchor is never so exact"
                            : String.format(
                                    Locale.ROOT,
                                    "anchor %9.1f  %7.2f times",
                                    comparison.anchorSolvesPerSecond(),
                                    comparison.timesFaster()));
        }
        double target = measured.cellModel().equals(CellModels.OHARA_RUDY_2011.id()) ? TARGET_STIFF : TARGET;
        Double times = measured.at(TARGET_ERROR)
                .map(WorkPrecision.Comparison::timesFaster)
                .orElse(null);
        line(
                "target: at least %.0f times at a mean error of at most %.0e: %s",
                target,
                TARGET_ERROR,
                times == null
                        ? "not comparable"
                        : String.format(Locale.ROOT, "%.2f times, %s", times, times >= target ? "met" : "not met"));
    }

    private void elsewhere(SolverReport.OfCellModel model) {
        if (model.elsewhere().isEmpty()) {
            return;
        }
        line("");
        line("not of this run: in C, %s", PublishedAnchors.SETTING);
        for (PublishedAnchors.Anchor anchor : model.elsewhere()) {
            line(
                    "%-34s rtol %.0e %7.0f solves/s  mean error %.1e",
                    anchor.method(), anchor.relativeTolerance(), anchor.solvesPerSecond(), anchor.meanError());
        }
    }

    private void stage(SolverReport.OfCellModel model, SolverBench.Settings settings) {
        line("");
        line(
                "reference stage, batches of these protocols to messages, rtol %.0e, wall clock, median of %d rounds",
                model.stageTolerance(), settings.rounds());
        line("%7s %9s %-19s %s", "threads", "solves/s", "", "scaling");
        for (StageThroughput throughput : model.stage()) {
            Spread speed = throughput.solvesPerSecond();
            line("%7d %9.1f %-19s %.2f", throughput.threads(), speed.median(), range(speed), throughput.scaling());
        }
    }

    private static String range(Spread speed) {
        return String.format(Locale.ROOT, "(%.1f to %.1f)", speed.lowest(), speed.highest());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
