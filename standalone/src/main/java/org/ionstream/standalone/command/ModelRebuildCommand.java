package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.retraining.ModelRebuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a released model again from its provenance. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Makes a model that a retraining released again, from its provenance: parent, recipe, seed and the audited "
                        + "references, all still on the topics. Nothing is released. Exit code 1: the weights are others, as they "
                        + "may be on another kind of machine.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream model rebuild --cell-model=fitzhugh-nagumo-1961 --model-id=fitzhugh-nagumo-1961-2e58ab2f")
public final class ModelRebuildCommand implements Callable<Integer> {
    private static final int LARGEST_BATCH = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ReleaseKeyOptions keys;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "Whose model")
    private String cellModel;

    @Option(names = "--model-id", paramLabel = "ID", required = true, description = "As model list shows it")
    private String modelId;

    @Option(names = "--out", paramLabel = "FILE", description = "The ONNX file. Default: none is written")
    private Path out;

    @Override
    public Integer call() {
        try {
            kafka.checkTopics();
            ModelRebuild.Rebuilt rebuilt = new ModelRebuild(
                            kafka.settings(),
                            kafka.topics(),
                            keys.keysIfGiven(),
                            new FnoPredictor.Settings(ComputeDevice.CPU, 1, LARGEST_BATCH))
                    .run(CellModels.byId(cellModel).id(), modelId, this::report);
            if (out != null) {
                ModelFiles.write(out, rebuilt.file().bytes());
            }
            boolean sameFile = ModelArtifacts.sha256(rebuilt.file().bytes())
                    .equals(rebuilt.release().getSha256());
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: the weights are %s, the file is %s%n",
                            rebuilt.file().card().modelId(),
                            rebuilt.isSame() ? "the same" : "others than those of " + modelId,
                            sameFile ? "the same" : "another");
            spec.commandLine().getOut().flush();
            return rebuilt.isSame() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void report(FnoTraining.Progress progress) {
        if (progress.validated()) {
            Reporting.tell(
                    spec,
                    "step %,d of %,d, %.1f min left"
                            .formatted(progress.step(), progress.steps(), progress.secondsLeft() / 60));
        }
    }
}
