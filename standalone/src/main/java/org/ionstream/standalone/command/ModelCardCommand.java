package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.evaluation.ChampionCard;
import org.ionstream.standalone.evaluation.TestedModel;
import org.ionstream.surrogate.fno.OnnxModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a model card. */
@Command(
        name = "card",
        mixinStandardHelpOptions = true,
        description =
                "A model card as Markdown: what a model is for, what it was trained on and how, its errors on the paper's "
                        + "test set beside the paper's, where it is wrong. Of the bundled champion, or of another file and what "
                        + "evaluate found of it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream model card --cell-model=ohara-rudy-2011 > ohara-rudy-2011.md",
            "  ionstream evaluate --cell-model=ohara-rudy-2011 --model=mine.onnx --summary=mine.json",
            "  ionstream model card --cell-model=ohara-rudy-2011 --model=mine.onnx --tested=mine.json"
        })
public final class ModelCardCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "Whose model")
    private String cellModel;

    @Option(names = "--model", paramLabel = "FILE", description = "An ONNX file. Default: the bundled champion")
    private Path file;

    @Option(
            names = "--tested",
            paramLabel = "FILE",
            description = "What evaluate --summary wrote. Default: of the bundled champions")
    private Path tested;

    @Override
    public Integer call() {
        try {
            CellModel model = CellModels.byId(cellModel);
            OnnxModelFile onnx = file == null ? ModelFiles.bundled(model) : ModelFiles.of(file, model);
            new ChampionCard(onnx, test(onnx.card().modelId()))
                    .print(spec.commandLine().getOut());
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private TestedModel test(String modelId) {
        List<TestedModel> known = tested == null ? TestedModel.bundled() : TestedModel.read(bytes());
        return known.stream()
                .filter(test -> test.modelId().equals(modelId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no test of %s, only of %s; evaluate it with --summary=FILE and give that with --tested"
                                .formatted(
                                        modelId,
                                        known.stream().map(TestedModel::modelId).toList())));
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(tested);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s of --tested".formatted(tested), e);
        }
    }
}
