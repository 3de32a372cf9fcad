package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.ionstream.producer.Range;
import org.ionstream.producer.pacing.PulseTrain;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Route;
import org.ionstream.standalone.simulation.LocalStream;
import org.ionstream.standalone.simulation.Restitution;
import org.ionstream.standalone.simulation.Restitution.Point;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures APD restitution. */
@Command(
        name = "restitution",
        mixinStandardHelpOptions = true,
        description =
                "Prints APD90 against the diastolic interval, by S1-S2 or dynamic pacing. The bundled surrogates are trained on "
                        + "single pulses over a short horizon (O'Hara-Rudy 500 ms): where one cannot answer, or is not to be "
                        + "relied on, the remark says so.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream restitution --cell-model=ohara-rudy-2011 --stim-curr=40 --bcl=600 --numstim=8 --intervals=280..600",
            "  ionstream restitution --cell-model=ohara-rudy-2011 --stim-curr=40 --pacing=dynamic --intervals=300..600",
            "      --points=7 --format=csv --plots=figures",
            "  ionstream restitution --cell-model=hodgkin-huxley-1952 --stim-curr=20 --numstim=1 --intervals=10..60 --with=both"
        })
public final class RestitutionCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        JSON,
        CSV
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "e.g. ohara-rudy-2011")
    private String cellModel;

    @Option(
            names = "--pacing",
            defaultValue = "s1-s2",
            description = "s1-s2: one more pulse after a train; dynamic: trains. Default: ${DEFAULT-VALUE}")
    private String pacing;

    @Option(
            names = "--intervals",
            paramLabel = "LOW..HIGH",
            required = true,
            converter = RangeText.class,
            description = "Coupling intervals of S1-S2, cycle lengths of dynamic pacing, in ms")
    private Range intervals;

    @Option(names = "--points", defaultValue = "9", description = "Intervals. Default: ${DEFAULT-VALUE}")
    private int count;

    @Option(names = "--stim-curr", paramLabel = "CURRENT", required = true, description = "Of each pulse")
    private double stimulusCurrent;

    @Option(names = "--stim-dur", paramLabel = "MS", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private double stimulusDurationMs;

    @Option(
            names = "--bcl",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Of the train before S2. Default: ${DEFAULT-VALUE}")
    private double cycleLengthMs;

    @Option(names = "--numstim", defaultValue = "8", description = "Pulses of the train. Default: ${DEFAULT-VALUE}")
    private int stimuli;

    @Option(
            names = "--with",
            paramLabel = "SOLVER",
            defaultValue = "reference",
            description = "reference, surrogate or both. Default: ${DEFAULT-VALUE}")
    private String with;

    @Option(names = "--format", defaultValue = "text", description = "text, json or csv. Default: ${DEFAULT-VALUE}")
    private String format;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "The curves as PNG and SVG")
    private Path plots;

    @Override
    public Integer call() {
        try {
            measure();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void measure() {
        Format chosen = Choice.of(Format.class, "--format", format);
        CellModel model = CellModels.byId(cellModel);
        Restitution restitution = new Restitution(
                model,
                Choice.of(Restitution.Kind.class, "--pacing", pacing),
                new PulseTrain(0, cycleLengthMs, stimulusDurationMs, stimulusCurrent, stimuli));
        List<Point> points = points(restitution);
        print(points, chosen, spec.commandLine().getOut());
        if (plots != null) {
            String name = "restitution-%s-%s".formatted(cellModel, pacing.toLowerCase(Locale.ROOT));
            restitution.plot(points).write(plots, name).forEach(file -> Reporting.tell(spec, "written " + file));
        }
    }

    private List<Point> points(Restitution restitution) {
        List<Route> asked = asked();
        List<Point> points = new ArrayList<>();
        try (LocalStream stream = new LocalStream(SolverSettings.LABELS, Double.POSITIVE_INFINITY)) {
            if (asked.contains(Route.SURROGATE)) {
                stream.load(ModelFiles.bundled(restitution.cellModel()));
            }
            for (double interval : chosenIntervals()) {
                stream.answer(asked.stream()
                                .map(route -> restitution.protocol(interval, route))
                                .toList())
                        .forEach(answer -> points.add(Restitution.point(interval, answer)));
            }
        }
        return points;
    }

    private List<Route> asked() {
        Route route = Choice.of(Route.class, "--with", with);
        return switch (route) {
            case BOTH -> List.of(Route.REFERENCE, Route.SURROGATE);
            case REFERENCE, SURROGATE -> List.of(route);
            case AUTO -> throw new IllegalArgumentException("--with is 'auto'; give one of reference, surrogate, both");
        };
    }

    private double[] chosenIntervals() {
        if (count < 2) {
            throw new IllegalArgumentException("%d points; give 2 or more".formatted(count));
        }
        double step = (intervals.to() - intervals.from()) / (count - 1);
        return IntStream.range(0, count)
                .mapToDouble(point -> intervals.from() + point * step)
                .toArray();
    }

    private static void print(List<Point> points, Format chosen, PrintWriter out) {
        switch (chosen) {
            case JSON -> ReportFormat.JSON.print(points, out, text -> {});
            case CSV -> {
                out.println("interval_ms,by,diastolic_interval_ms,apd90_ms,remark");
                points.forEach(point -> out.printf(
                        Locale.ROOT,
                        "%s,%s,%s,%s,\"%s\"%n",
                        point.intervalMs(),
                        point.by(),
                        orEmpty(point.diastolicIntervalMs()),
                        orEmpty(point.apd90Ms()),
                        point.remark().replace("\"", "\"\"")));
            }
            case TEXT -> {
                out.printf("%12s  %-9s  %12s  %10s%n", "interval ms", "by", "diastolic ms", "APD90 ms");
                points.forEach(point -> out.printf(
                        Locale.ROOT,
                        "%12.5g  %-9s  %12s  %10s  %s%n",
                        point.intervalMs(),
                        point.by(),
                        rounded(point.diastolicIntervalMs()),
                        rounded(point.apd90Ms()),
                        point.remark()));
            }
        }
        out.flush();
    }

    private static String orEmpty(Double value) {
        return value == null ? "" : value.toString();
    }

    private static String rounded(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
