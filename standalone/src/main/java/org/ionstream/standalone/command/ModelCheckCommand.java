package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.ionstream.trainer.release.Registration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks and scores a model file; needs no broker and releases nothing. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks that a model file can be served and scores it beside the bundled champion, on protocols held out "
                        + "from the paper's validation distribution. Nothing is released. Exit code 2: it cannot be served, with "
                        + "the reason.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream model check --model=mine.onnx")
public final class ModelCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The ONNX file")
    private Path file;

    @Override
    public Integer call() {
        try {
            OnnxModelFile model = ModelFiles.checked(file);
            Registration registration =
                    ModelComparison.registration(model.card().cellModel());
            Registration.Examined challenger = registration.examine(model);
            Optional<Registration.Examined> champion = BundledChampions.of(
                            CellModels.byId(model.card().cellModel()))
                    .map(OnnxModelFile::parse)
                    .map(registration::examine);
            new ModelComparison(challenger, champion, "bundled")
                    .print(spec.commandLine().getOut());
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
