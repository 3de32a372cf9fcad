package org.ionstream.standalone.command;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.ionstream.producer.watch.JsonLinesPrinter;
import org.ionstream.schemas.message.Route;
import org.ionstream.standalone.simulation.Answer;
import org.ionstream.standalone.simulation.ComparisonText;
import org.ionstream.trainer.drift.DiscrepancyJoin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The surrogate beside the reference, protocol by protocol. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Answers protocols with the surrogate and with the reference solver, in this process, and prints how far they "
                        + "are apart: relative L2 error of the excursion, biomarkers, bands, computing time in this process just "
                        + "started (bench surrogate measures speed).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream compare --cell-model=ohara-rudy-2011 --stim-curr=40 --stim-dur=2 --plots=figures",
            "  ionstream compare --from=protocols.csv --format=jsonl"
        })
public final class CompareCommand implements Callable<Integer> {
    private enum Format {
        TABLE,
        JSONL
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private SimulationOptions simulation;

    @Mixin
    private ProtocolOptions protocols;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or jsonl (a discrepancy each, as on the topic). Default: ${DEFAULT-VALUE}")
    private String format;

    @Override
    public Integer call() {
        try {
            Consumer<Answer> printer = printer(Choice.of(Format.class, "--format", format), System.out);
            simulation.answer(protocols, Route.BOTH, answer -> {
                printer.accept(answer);
                simulation.tellRemark(spec, answer);
                simulation.plot(spec, answer);
            });
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private static Consumer<Answer> printer(Format chosen, PrintStream out) {
        return switch (chosen) {
            case TABLE -> new ComparisonText(out)::print;
            case JSONL -> {
                JsonLinesPrinter lines = new JsonLinesPrinter(out, List.of());
                yield answer -> lines.print(DiscrepancyJoin.of(answer.prediction(), answer.reference()));
            }
        };
    }
}
