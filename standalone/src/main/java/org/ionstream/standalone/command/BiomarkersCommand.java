package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.ionstream.schemas.biomarker.TrajectoryBiomarkers;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.standalone.simulation.Answer;
import org.ionstream.standalone.simulation.BiomarkerReport;
import org.ionstream.standalone.simulation.TrajectoryCsv;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads biomarkers off simulated or given trajectories. */
@Command(
        name = "biomarkers",
        mixinStandardHelpOptions = true,
        description =
                "Prints APD, upstroke velocity, calcium transient and the other biomarkers, beat by beat, of protocols that "
                        + "it simulates or of a trajectory in a CSV file. 'ionstream schema Biomarkers' defines each.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream biomarkers --cell-model=ohara-rudy-2011 --stim-curr=40 --bcl=500 --numstim=4 --duration=2000",
            "  ionstream biomarkers --from=protocols.csv --with=surrogate --format=csv > biomarkers.csv",
            "  ionstream biomarkers --trajectory=v.csv --cell-model=ohara-rudy-2011 --stim-curr=40"
        })
public final class BiomarkersCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
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
            names = "--trajectory",
            paramLabel = "FILE",
            description =
                    "CSV with t_ms and the variables, from 0 at equal steps. Its stimulus is what the options say, if they do")
    private Path trajectory;

    @Option(
            names = "--with",
            paramLabel = "SOLVER",
            defaultValue = "reference",
            description = "reference, surrogate, auto or both. Default: ${DEFAULT-VALUE}")
    private String with;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, jsonl or csv (a row per beat). Default: ${DEFAULT-VALUE}")
    private String format;

    @Override
    public Integer call() {
        try {
            Consumer<BiomarkerReport> printer = printer(Choice.of(Format.class, "--format", format), System.out);
            if (trajectory == null) {
                simulate(printer);
            } else {
                printer.accept(ofFile());
            }
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void simulate(Consumer<BiomarkerReport> printer) {
        Route route = Choice.of(Route.class, "--with", with);
        simulation.answer(protocols, route, answer -> {
            print(answer, printer);
            if (route != Route.REFERENCE) {
                simulation.tellRemark(spec, answer);
            }
            simulation.plot(spec, answer);
        });
    }

    private void print(Answer answer, Consumer<BiomarkerReport> printer) {
        String id = answer.protocol().getId();
        if (answer.prediction().getBiomarkers() == null) {
            throw new IllegalStateException(
                    "%s: %s".formatted(id, answer.prediction().getDetail()));
        }
        printer.accept(new BiomarkerReport(
                id, answer.prediction().getSource().name(), answer.prediction().getBiomarkers()));
        if (answer.isPredicted() && answer.reference() != null) {
            printer.accept(
                    new BiomarkerReport(id, "REFERENCE", answer.reference().getBiomarkers()));
        }
    }

    private BiomarkerReport ofFile() {
        CellModel model = simulation.cellModel();
        if (model == null) {
            throw new IllegalArgumentException("--trajectory needs --cell-model, whose V and calcium are to be read");
        }
        Traces traces = TrajectoryCsv.read(trajectory);
        StimulusProtocol protocol = protocols.during(traces.grid(), model, "trajectory");
        return new BiomarkerReport(
                trajectory.getFileName().toString(), "file", TrajectoryBiomarkers.of(traces, Stimulus.of(protocol)));
    }

    private static Consumer<BiomarkerReport> printer(Format chosen, PrintStream out) {
        return switch (chosen) {
            case TEXT -> report -> report.print(out);
            case JSONL -> report -> out.println(report.json());
            case CSV -> {
                row(out, BiomarkerReport.CSV_HEADER);
                yield report -> report.csvRows().forEach(row -> row(out, row));
            }
        };
    }

    private static void row(PrintStream out, List<?> cells) {
        try {
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get().printRecord(out, cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
