package org.ionstream.standalone.evaluation;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ionstream.producer.Range;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.producer.sampler.Subset;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.score.Firing;
import org.ionstream.trainer.score.PublishedErrors;

/** A model for whoever thinks of using it, as Markdown: what for, how it was made, how good it is and where it is not. */
public final class ChampionCard {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private final ModelCard card;
    private final OnnxModelFile file;
    private final CellModel cellModel;
    private final TestedModel tested;
    private final List<PublishedErrors> published;

    /** @throws IllegalArgumentException if the test is of another model */
    public ChampionCard(OnnxModelFile file, TestedModel tested) {
        this.file = file;
        this.card = file.card();
        this.cellModel = CellModels.byId(card.cellModel());
        this.tested = tested;
        this.published = PublishedErrors.of(cellModel);
        if (!tested.modelId().equals(card.modelId())) {
            throw new IllegalArgumentException(
                    "the test is of %s, the model is %s; evaluate it with --summary=FILE first"
                            .formatted(tested.modelId(), card.modelId()));
        }
    }

    /** All of it. */
    public void print(PrintWriter out) {
        what(out);
        range(out);
        made(out);
        errors(out);
        actionPotentials(out);
        limits(out);
        out.flush();
    }

    private void what(PrintWriter out) {
        line(out, "# %s: `%s`", cellModel.title(), card.modelId());
        line(out, "");
        line(out, "Printed by `ionstream model card --cell-model=%s`.", cellModel.id());
        line(out, "");
        line(
                out,
                "A Fourier neural operator that answers a stimulus current (%s) with all %d state variables over %s ms, %d samples "
                        + "of %s ms, from the published initial state and parameters. The cell model: <https://doi.org/%s>.",
                card.stimulusUnit(),
                cellModel.variables().size(),
                number(cellModel.horizonMs()),
                card.samples(),
                number(card.stepMs()),
                cellModel.doi());
        line(out, "");
        line(out, "| | |");
        line(out, "|---|---|");
        FnoArchitecture network = recipe().architecture();
        line(out, "| parameters | %,d, float32 |", network.parameterCount());
        line(
                out,
                "| network | %d %s layers of width %d, %d modes, %d latent samples%s |",
                network.layers(),
                network.layer(),
                network.width(),
                network.modes(),
                network.latentSamples(),
                network.early() == 0
                        ? ""
                        : ", twice as far apart after %s ms as at 0"
                                .formatted(number(network.early() * cellModel.horizonMs())));
        line(out, "| file | %,d bytes, SHA-256 `%s` |", file.bytes().length, ModelArtifacts.sha256(file.bytes()));
    }

    private void range(PrintWriter out) {
        boolean asHeldOut = recipe().asHeldOut();
        line(out, "");
        line(out, "## What it was trained on");
        line(out, "");
        line(out, "Single pulses with onset 0, amplitude and duration uniform:");
        line(out, "");
        line(out, "| subset | amplitude (%s) | duration (ms) | share |", card.stimulusUnit());
        line(out, "|---|---|---|---|");
        List<Subset> subsets = PaperDistribution.of(cellModel).subsets();
        Function<Subset, Integer> count = subset -> asHeldOut ? subset.heldOutCount() : subset.trainingCount();
        double all = subsets.stream().mapToInt(count::apply).sum();
        for (Subset subset : subsets) {
            line(
                    out,
                    "| %s | %s | %s | %.1f %% |",
                    subset.name(),
                    range(subset.amplitude()),
                    range(subset.durationMs()),
                    100 * count.apply(subset) / all);
        }
        if (recipe().nearThreshold() > 0) {
            line(out, "");
            line(
                    out,
                    "And of every set %.0f %% with amplitudes within 13 %% of the threshold of an action potential.",
                    100.0 * recipe().nearThreshold() / (recipe().baseProtocols() + recipe().nearThreshold()));
        }
        line(out, "");
        line(
                out,
                "It has seen no trains, no S1-S2, no delayed onset, no other parameters or initial states. Serving it, the surrogate "
                        + "leaves to the reference what its score finds unlike these.");
    }

    private void made(PrintWriter out) {
        List<Recipe> runs = new ArrayList<>();
        for (Recipe run = recipe(); run != null; run = run.start()) {
            runs.add(run);
        }
        Collections.reverse(runs);
        line(out, "");
        line(out, "## How it was made");
        line(out, "");
        line(
                out,
                "By `ionstream train`, each run from the weights of the one before; the best step by the error on the paper's");
        line(out, "validation set. The file carries the recipes as JSON.");
        line(out, "");
        line(out, "| steps | batch | protocols of a set | sets | samples | optimiser | peak learning rate |");
        line(out, "|---|---|---|---|---|---|---|");
        for (Recipe run : runs) {
            TrainingSettings training = run.training();
            line(
                    out,
                    "| %,d | %d | %,d | %s | %s | %s | %s |",
                    training.steps(),
                    training.batch(),
                    run.baseProtocols() + run.nearThreshold(),
                    sets(run.epochsPerSet()),
                    samples(run),
                    training.optimiser(),
                    number(training.peakLearningRate()));
        }
    }

    private static String samples(Recipe run) {
        int coarsest = run.training().coarsest();
        String samples = run.samples() == 0 ? "served" : Integer.toString(run.samples());
        return coarsest == 1 ? samples : samples + ", the stimulus averaged over up to " + coarsest;
    }

    private void errors(PrintWriter out) {
        line(out, "");
        line(out, "## Errors on the paper's test set");
        line(out, "");
        line(
                out,
                "%d protocols, seed %d, that neither training nor choice has seen (`ionstream evaluate --cell-model=%s`). Relative L2 in "
                        + "percent: in the paper's standardised space, of the network on the paper's grid and of the trajectories as they are "
                        + "served; and in physical units, relative to the excursion from rest.",
                tested.protocols(),
                tested.seed(),
                cellModel.id());
        table(out, TestedModel.Kind.SUBSET, "subset", PublishedErrors::relativeL2BySubset);
        table(out, TestedModel.Kind.VARIABLE, "variable", PublishedErrors::relativeL2ByVariable);
        line(out, "");
        for (PublishedErrors paper : published) {
            line(
                    out,
                    "- The paper's network, %s, %,d parameters: %s %% (%s).",
                    paper.network(),
                    paper.parameters(),
                    percent(paper.relativeL2()),
                    paper.source());
        }
    }

    private void table(
            PrintWriter out,
            TestedModel.Kind kind,
            String title,
            Function<PublishedErrors, Map<String, Double>> ofPaper) {
        Optional<PublishedErrors> paper = published.stream()
                .filter(network -> !ofPaper.apply(network).isEmpty())
                .reduce((first, second) -> second);
        String last =
                paper.map(network -> " | the paper's, " + network.network()).orElse("");
        line(out, "");
        line(out, "| %s | protocols | mean | median | as served | physical | physical, median%s |", title, last);
        line(out, "|---|---|---|---|---|---|---|%s", paper.isPresent() ? "---|" : "");
        List<TestedModel.Row> rows = new ArrayList<>(List.of(tested.all()));
        rows.addAll(tested.rows(kind));
        for (TestedModel.Row row : rows) {
            String known = paper.map(network -> row.kind() == TestedModel.Kind.ALL
                            ? Double.valueOf(network.relativeL2())
                            : ofPaper.apply(network).get(row.name()))
                    .map(ChampionCard::percent)
                    .orElse("");
            line(
                    out,
                    "| %s | %d | %s | %s | %s | %s | %s |%s",
                    row.name(),
                    row.protocols(),
                    percent(row.relativeL2()),
                    percent(row.medianRelativeL2()),
                    percent(row.servedRelativeL2()),
                    percent(row.physicalRelativeL2()),
                    percent(row.medianPhysicalRelativeL2()),
                    paper.isPresent() ? " %s |".formatted(known) : "");
        }
    }

    private void actionPotentials(PrintWriter out) {
        line(out, "");
        line(out, "## Action potentials");
        line(out, "");
        line(out, "| biomarker | values | reference, median | difference, median | difference, 95 %% |");
        line(out, "|---|---|---|---|---|");
        for (TestedModel.Biomarker biomarker : tested.biomarkers()) {
            line(
                    out,
                    "| %s | %d | %s | %s | %s |",
                    biomarker.name(),
                    biomarker.both(),
                    number(biomarker.medianReference()),
                    number(biomarker.medianDifference()),
                    number(biomarker.p95Difference()));
        }
    }

    private void limits(PrintWriter out) {
        line(out, "");
        line(out, "## Where it is wrong");
        line(out, "");
        line(out, "- %s", firing(tested.firing()));
        tested.rows(TestedModel.Kind.SUBSET).stream()
                .filter(row -> row.physicalRelativeL2() != null)
                .max(Comparator.comparing(TestedModel.Row::physicalRelativeL2))
                .ifPresent(row -> line(
                        out,
                        "- The worst subset in physical units is %s: %s %% of the excursion in the mean, %s %% in the median.",
                        row.name(),
                        percent(row.physicalRelativeL2()),
                        percent(row.medianPhysicalRelativeL2())));
        tested.rows(TestedModel.Kind.VARIABLE).stream()
                .filter(row -> row.physicalRelativeL2() != null)
                .max(Comparator.comparing(TestedModel.Row::physicalRelativeL2))
                .ifPresent(row -> line(
                        out,
                        "- The worst variable is %s: %s %% of its excursion in the mean, %s %% in the median.",
                        row.name(),
                        percent(row.physicalRelativeL2()),
                        percent(row.medianPhysicalRelativeL2())));
    }

    private static String firing(Firing firing) {
        int missed = firing.referenceOnly();
        int added = firing.predictedOnly();
        return missed + added == 0
                ? "It fires on the protocols on which the reference fires, %d of %d, and on no others. Closer to the threshold than these it will not."
                        .formatted(firing.bothFired(), firing.protocols())
                : "Next to the threshold: of %d protocols %d fire in the reference only, %d in the prediction only. There the error is as large as an action potential."
                        .formatted(firing.protocols(), missed, added);
    }

    private static String sets(int epochsPerSet) {
        return switch (epochsPerSet) {
            case 0 -> "one";
            case 1 -> "fresh in every epoch";
            default -> "fresh every %d epochs".formatted(epochsPerSet);
        };
    }

    private Recipe recipe() {
        return Recipe.fromJson(card.recipe());
    }

    private static String range(Range range) {
        return range.from() == range.to()
                ? number(range.from())
                : "%s to %s".formatted(number(range.from()), number(range.to()));
    }

    private static String percent(Double share) {
        return share == null ? "" : String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    /** At most four digits. */
    private static String number(double value) {
        return value == 0
                ? "0"
                : new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.print(String.format(Locale.ROOT, format, values).stripTrailing() + "\n");
    }
}
