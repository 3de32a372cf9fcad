package org.ionstream.standalone.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.producer.watch.CsvPrinter;
import org.ionstream.producer.watch.JsonLinesPrinter;
import org.ionstream.producer.watch.ResultPrinter;
import org.ionstream.producer.watch.TablePrinter;
import org.ionstream.schemas.message.Route;
import org.ionstream.standalone.simulation.Answer;
import org.ionstream.standalone.simulation.TrajectoryPlots;
import org.ionstream.standalone.trajectories.TrajectoryFile;
import org.ionstream.trainer.drift.DiscrepancyJoin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulates protocols in this process. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Simulates protocols in this process, without Kafka, and prints the trajectories.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream simulate --cell-model=ohara-rudy-2011 --stim-curr=40 --stim-dur=1 --bcl=500 --numstim=4",
            "      --duration=2000 --variables=V,Ca_i --plots=figures",
            "  ionstream simulate --cell-model=hodgkin-huxley-1952 --event=\"20 5 1 25 0\" --with=both",
            "  ionstream simulate --from=protocol.mmt --cell-model=ohara-rudy-2011 --level=40 --format=csv > v.csv"
        })
public final class SimulateCommand implements Callable<Integer> {
    private enum Format {
        TABLE,
        JSONL,
        CSV
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private SimulationOptions simulation;

    @Mixin
    private ProtocolOptions protocols;

    @Option(
            names = "--with",
            paramLabel = "SOLVER",
            defaultValue = "reference",
            description =
                    "reference; surrogate, also out of the range it is calibrated for, but not beyond its horizon or for "
                            + "another cell; auto, the surrogate within its range; both. Default: ${DEFAULT-VALUE}")
    private String with;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "table (with a plot of the potential), jsonl or csv (a row per sample). Default: ${DEFAULT-VALUE}")
    private String format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Also writes the trajectories into a file that ends with .csv, .npz or .parquet, as export does")
    private Path out;

    @Override
    public Integer call() {
        try {
            simulate();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void simulate() {
        Route route = Choice.of(Route.class, "--with", with);
        Format chosen = Choice.of(Format.class, "--format", format);
        if ((chosen == Format.CSV || out != null) && route == Route.BOTH) {
            throw new IllegalArgumentException(
                    "%s has no column for who answered; choose --with=reference or --with=surrogate"
                            .formatted(out == null ? "--format=csv" : "--out"));
        }
        try (TrajectoryFile file = out == null ? null : TrajectoryFile.create(out, List.of())) {
            simulate(route, chosen, Optional.ofNullable(file));
        }
        System.out.flush();
    }

    private void simulate(Route route, Format chosen, Optional<TrajectoryFile> file) {
        ResultPrinter printer = printer(chosen, System.out);
        simulation.answer(protocols, route, answer -> {
            print(answer, route, printer);
            file.ifPresent(open -> open.add(answer.prediction()));
            if (chosen == Format.TABLE) {
                TrajectoryPlots.lines(answer).forEach(System.out::println);
            }
        });
    }

    private void print(Answer answer, Route route, ResultPrinter printer) {
        printer.print(answer.prediction());
        if (route == Route.BOTH) {
            printer.print(DiscrepancyJoin.of(answer.prediction(), answer.reference()));
        }
        if (route != Route.REFERENCE) {
            simulation.tellRemark(spec, answer);
        }
        simulation.plot(spec, answer);
    }

    private static ResultPrinter printer(Format chosen, PrintStream out) {
        return switch (chosen) {
            case TABLE -> new TablePrinter(out);
            case JSONL -> new JsonLinesPrinter(out, List.of());
            case CSV -> new CsvPrinter(out, List.of());
        };
    }
}
