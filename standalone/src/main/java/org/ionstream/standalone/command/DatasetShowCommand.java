package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ionstream.trainer.data.DatasetFile;
import org.ionstream.trainer.data.DatasetRecipe;
import org.ionstream.trainer.data.DatasetSummary;
import org.ionstream.trainer.data.DatasetSummary.VariableRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads all of a data set file and prints what is in it. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Reads all of a data set file, checks it, and prints its recipe, hashes, counts, and the lowest and "
                        + "highest value of each variable. Exit code 2 if it is damaged or no data set.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream dataset show fhn-training.avro",
            "  ionstream dataset show fhn-training.avro --format=json"
        })
public final class DatasetShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The data set")
    private Path file;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat chosen = reporting.format();
            DatasetSummary summary = DatasetSummary.of(DatasetFile.open(file));
            chosen.print(summary, spec.commandLine().getOut(), text -> print(summary, text));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private static void print(DatasetSummary summary, PrintWriter out) {
        DatasetRecipe recipe = summary.recipe();
        out.printf("%s, %s set%n", recipe.cellModel(), recipe.set().name().toLowerCase(Locale.ROOT));
        out.printf(
                "  protocols  %,d from %s, seed %d: %s%n",
                recipe.count(),
                recipe.origin().name().toLowerCase(Locale.ROOT),
                recipe.seed(),
                summary.protocolsPerSubset());
        out.printf("  samples    %,d, one each %s ms%n", recipe.samples(), recipe.stepMs());
        out.printf("  solver     relative tolerance %s%n", recipe.relativeTolerance());
        out.printf("  protocols' SHA-256  %s%n", summary.protocolsSha256());
        out.printf("  file's SHA-256      %s, %,d bytes%n", summary.fileSha256(), summary.bytes());
        out.printf("%n%-16s %-7s %14s %14s %14s%n", "VARIABLE", "UNIT", "AT t = 0", "LOWEST", "HIGHEST");
        for (VariableRange variable : summary.variables()) {
            out.printf(
                    "%-16s %-7s %14.7g %14.7g %14.7g%n",
                    variable.name(), variable.unit(), variable.initial(), variable.lowest(), variable.highest());
        }
    }
}
