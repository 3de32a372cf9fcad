package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Score;
import org.ionstream.surrogate.model.ReleasedModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints every model that was ever released for a cell model. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Every model that was ever released for a cell model, with what it came from and how it scored.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream model list --cell-model=fitzhugh-nagumo-1961")
public final class ModelListCommand implements Callable<Integer> {
    private static final String ROW = "%-8s %-36s %-20s %-36s %10s %7s  %s%n";

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ReleaseKeyOptions keys;

    @Mixin
    private Reporting reporting;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "Whose models")
    private String cellModel;

    /**
     * @param serving whether it is the champion
     * @param replaced champion before it, or empty
     * @param relativeL2 mean on the first held-out set of its release; null: not scored
     * @param protocols of that set
     */
    record Listed(
            String modelId,
            boolean serving,
            Instant releasedAt,
            String replaced,
            Double relativeL2,
            int protocols,
            String heldOutSet,
            String sha256,
            String recipe) {
        static Listed of(ModelRelease release, boolean serving) {
            Optional<Score> score = release.getScores().stream().findFirst();
            return new Listed(
                    release.getModelId(),
                    serving,
                    Instant.ofEpochMilli(release.getReleasedAtMs()),
                    release.getReplacedModelId(),
                    score.map(Score::getMeanRelativeL2).orElse(null),
                    score.map(Score::getProtocols).orElse(0),
                    score.map(Score::getHeldOutSet).orElse(""),
                    release.getSha256(),
                    release.getProvenance().getRecipe());
        }
    }

    @Override
    public Integer call() {
        try {
            ReportFormat format = reporting.format();
            String id = CellModels.byId(cellModel).id();
            ReleasedModels models = ReleasedModels.at(kafka.settings(), kafka.topics(), keys.keysIfGiven());
            String champion = models.champion(id).map(ModelRelease::getModelId).orElse("");
            List<Listed> listed = models.history(id).stream()
                    .map(release -> Listed.of(release, release.getModelId().equals(champion)))
                    .toList();
            format.print(listed, spec.commandLine().getOut(), text -> print(listed, text));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private static void print(List<Listed> models, PrintWriter out) {
        out.printf(ROW, "", "MODEL", "RELEASED", "REPLACED", "L2", "", "HELD-OUT SET");
        for (Listed model : models) {
            out.printf(
                    ROW,
                    model.serving() ? "serving" : "",
                    model.modelId(),
                    model.releasedAt().toString().substring(0, 19),
                    model.replaced().isEmpty() ? "-" : model.replaced(),
                    model.relativeL2() == null ? "-" : "%.4f".formatted(model.relativeL2()),
                    model.protocols() == 0 ? "" : "of %d".formatted(model.protocols()),
                    model.heldOutSet());
        }
    }
}
