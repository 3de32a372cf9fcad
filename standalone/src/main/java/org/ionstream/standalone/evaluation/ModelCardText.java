package org.ionstream.standalone.evaluation;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ionstream.producer.Range;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.producer.sampler.Subset;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.ModelArtifacts;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.score.BiomarkerErrors;
import org.ionstream.trainer.score.Distribution;
import org.ionstream.trainer.score.ErrorRow;
import org.ionstream.trainer.score.Firing;
import org.ionstream.trainer.score.PublishedErrors;

/**
 * A model's card in Markdown, after M. Mitchell et al., "Model Cards for Model Reporting", 2019, DOI 10.1145/3287560.3287596:
 * what it is for, what it was trained on, how far off it is and where. Every number is from the model file, the catalogue or an
 * evaluation; times of a machine are not on it, so that the same file has the same card.
 */
public final class ModelCardText {
    private static final int WORST = 3;
    private static final String NONE = "-";

    private final PrintWriter out;
    private final OnnxModelFile file;
    private final ModelReport report;
    private final long seed;
    private final CellModel cellModel;

    /** @param seed of the test set that was evaluated on */
    public ModelCardText(PrintWriter out, OnnxModelFile file, ModelReport report, long seed) {
        this.out = out;
        this.file = file;
        this.report = report;
        this.seed = seed;
        this.cellModel = CellModels.byId(report.cellModel());
    }

    public void print() {
        line("# %s", report.modelId());
        purpose();
        training();
        errors();
        variables();
        biomarkers();
        calibration();
        limits();
        identity();
        out.flush();
    }

    private void purpose() {
        line("");
        line(
                "A Fourier neural operator in the place of the solver of %s (DOI %s).",
                cellModel.title(), cellModel.doi());
        line("`model card --cell-model=%s` made this card. Its numbers are from the model file, the", cellModel.id());
        line("catalogue of cell models and the paper's test set (%d protocols, seed %d).", tested(), seed);
        line("The paper is arXiv 2505.14039.");
        heading("What it is for");
        line(
                "It predicts all %d state variables over %s ms, on %d samples of %s ms, from the stimulus current in %s.",
                cellModel.variables().size(),
                number(file.card().grid().horizonMs()),
                file.card().samples(),
                number(file.card().stepMs()),
                cellModel.stimulusUnit());
        line(
                "The cell is the published one: its parameters, its first initial state. Every other cell is the reference's.");
    }

    private void training() {
        heading("What it was trained on");
        line(
                "Single pulses from onset 0, amplitude and duration uniform, in the shares of the training set, or, as held out, of the test set.");
        line("");
        row("subset", "amplitude, " + cellModel.stimulusUnit(), "duration, ms", "paper's training set", "test set");
        rule(5);
        for (Subset subset : PaperDistribution.of(cellModel).subsets()) {
            row(
                    subset.name(),
                    range(subset.amplitude()),
                    range(subset.durationMs()),
                    count(subset.trainingCount()),
                    count(subset.heldOutCount()));
        }
        line("");
        line(
                "The runs of training, each from the network of the one before. Fresh set: epochs after which others are drawn.");
        line("");
        row(
                "run",
                "steps",
                "batch",
                "optimiser",
                "largest learning rate",
                "protocols",
                "seed",
                "fresh set",
                "grid",
                "as held out",
                "excursion in the loss");
        rule(11);
        List<Recipe> runs = runs();
        for (int run = 0; run < runs.size(); run++) {
            Recipe recipe = runs.get(run);
            TrainingSettings settings = recipe.training();
            row(
                    count(run + 1),
                    count(settings.steps()),
                    count(settings.batch()),
                    settings.optimiser().toString(),
                    number(settings.peakLearningRate()),
                    count(recipe.baseProtocols()),
                    Long.toString(recipe.dataSeed()),
                    recipe.epochsPerSet() == 0 ? "one set" : count(recipe.epochsPerSet()),
                    count(recipe.grid(cellModel).samples()),
                    recipe.asHeldOut() ? "yes" : "no",
                    number(settings.excursionWeight()));
        }
        if (!file.card().provenance().equals("{}")) {
            line("");
            line("It was trained on in a stream: `%s`", file.card().provenance());
        }
    }

    /** The first one first. */
    private List<Recipe> runs() {
        List<Recipe> runs = new ArrayList<>();
        for (Recipe recipe = Recipe.fromJson(file.card().recipe()); recipe != null; recipe = recipe.start()) {
            runs.add(recipe);
        }
        Collections.reverse(runs);
        return runs;
    }

    private void errors() {
        heading("Errors");
        line(
                "Relative L2. The paper's metric: standardised space, as served, interpolated to its %,d samples; beside it", //
                report.grids().paperSamples());
        line(
                "its smallest network that the figure is known of. Excursion: the same in physical units, relative to how far");
        line("the variables that moved went from rest. `evaluate` has the network on the paper's own grid too.");
        line("");
        row(
                "subset",
                "protocols",
                "paper's metric, mean",
                "median",
                "the paper's network",
                "excursion, mean",
                "median",
                "95 %");
        rule(8);
        for (ErrorRow subset : report.subsets()) {
            errorRow(
                    subset,
                    KnownErrors.smallest(
                            report, paper -> paper.relativeL2BySubset().get(subset.name())));
        }
        errorRow(report.all(), KnownErrors.smallest(report, PublishedErrors::relativeL2));
        line("");
        for (PublishedErrors paper : report.published()) {
            line(
                    "- The paper's %s network: %s, %,d parameters; %s.",
                    paper.network(), four(paper.relativeL2()), paper.parameters(), paper.source());
        }
    }

    private void errorRow(ErrorRow errors, Double published) {
        Distribution excursion =
                errors.physical() == null ? null : errors.physical().relativeL2();
        row(
                errors.name(),
                count(errors.protocols()),
                four(errors.served().relativeL2().mean()),
                four(errors.served().relativeL2().median()),
                four(published),
                excursion == null ? NONE : four(excursion.mean()),
                excursion == null ? NONE : four(excursion.median()),
                excursion == null ? NONE : four(excursion.p95()));
    }

    private void variables() {
        heading("By variable");
        row(
                "variable",
                "paper's metric, mean",
                "the paper's network",
                "excursion, mean",
                "largest difference, median",
                "95 %",
                "unit");
        rule(7);
        for (ErrorRow variable : report.variables()) {
            row(
                    variable.name(),
                    four(variable.served().relativeL2().mean()),
                    four(KnownErrors.smallest(
                            report, paper -> paper.relativeL2ByVariable().get(variable.name()))),
                    variable.physical() == null
                            ? NONE
                            : four(variable.physical().relativeL2().mean()),
                    number(variable.largestDifference().median()),
                    number(variable.largestDifference().p95()),
                    cellModel.variable(variable.name()).orElseThrow().unit());
        }
    }

    private void biomarkers() {
        Firing firing = report.firing();
        heading("Biomarkers");
        line(
                "Prediction and reference agree on %d of %d protocols whether there is an action potential: %d with, %d without;",
                firing.bothFired() + firing.neitherFired(), tested(), firing.bothFired(), firing.neitherFired());
        line(
                "only the prediction has one on %d, only the reference on %d.",
                firing.predictedOnly(), firing.referenceOnly());
        line("");
        row("biomarker of a beat", "beats of both", "reference, median", "difference, median", "95 %");
        rule(5);
        for (BiomarkerErrors biomarker : report.biomarkers()) {
            if (biomarker.biomarker().startsWith("beat.") && biomarker.absoluteDifference() != null) {
                row(
                        biomarker.biomarker().substring("beat.".length()),
                        count(biomarker.absoluteDifference().count()),
                        number(biomarker.reference().median()),
                        number(biomarker.absoluteDifference().median()),
                        number(biomarker.absoluteDifference().p95()));
            }
        }
    }

    private void calibration() {
        heading("Calibration");
        if (file.calibration().isEmpty()) {
            line("None: its bands and its range are not known.");
            return;
        }
        Calibration calibration = file.calibration().get();
        line(
                "Bands for %s %% of protocols, from the errors on the %d nearest calibration protocols (%s).",
                number(100 * calibration.getCoverage()), calibration.getNearest(), calibration.getProtocols());
        line(
                "On %,d others the error was below %s times the expected one in that share. `trust` measures what the bands cover.",
                calibration.getScored(), number(calibration.getBoundScore()));
    }

    private void limits() {
        heading("Limits");
        line(
                "- One pulse from onset 0. Pulse trains, S1-S2, ramps and later onsets are out of range: they are the reference's.");
        line(
                "- A current beyond the calibration protocols in peak, charge, onset, end or number of pulses, or farther from all");
        line("  of them than any held-out one, is out of range too.");
        ErrorRow worst = report.subsets().stream()
                .filter(subset -> subset.physical() != null)
                .max(Comparator.comparingDouble(
                        subset -> subset.physical().relativeL2().median()))
                .orElseThrow();
        line(
                "- It follows small responses less well: half of the protocols of `%s` have more than %s of the excursion.",
                worst.name(), four(worst.physical().relativeL2().median()));
        line("- The protocols of the test that it is worst at, by the excursion: %s.", worstProtocols());
        line("- It is a model of a model: no better than the equations, and not for a decision about a patient.");
    }

    private String worstProtocols() {
        return report.protocols().stream()
                .filter(protocol -> protocol.physicalRelativeL2() != null)
                .sorted(Comparator.comparingDouble(ModelReport.OfProtocol::physicalRelativeL2)
                        .reversed())
                .limit(WORST)
                .map(protocol -> String.format(
                        Locale.ROOT,
                        "%s %s for %s ms (`%s`, %s)",
                        number(protocol.amplitude()),
                        cellModel.stimulusUnit(),
                        number(protocol.durationMs()),
                        protocol.subset(),
                        four(protocol.physicalRelativeL2())))
                .collect(Collectors.joining("; "));
    }

    private void identity() {
        FnoArchitecture network = runs().get(0).architecture();
        heading("The file");
        row("property", "value");
        rule(2);
        row("parameters", count(report.size().parameters()));
        row(
                "Fourier layers, width, modes, latent samples",
                "%d, %d, %d, %d"
                        .formatted(network.layers(), network.width(), network.modes(), network.latentSamples()));
        row("bytes", count(file.bytes().length));
        row("SHA-256", "`%s`".formatted(ModelArtifacts.sha256(file.bytes())));
        line("");
        line("How fast it is depends on the machine: `bench surrogate` measures it.");
    }

    private int tested() {
        return report.protocols().size();
    }

    private static String range(Range range) {
        return range.from() == range.to() ? number(range.from()) : number(range.from()) + " to " + number(range.to());
    }

    private void heading(String text) {
        line("");
        line("## %s", text);
        line("");
    }

    private void rule(int columns) {
        out.println("|---".repeat(columns) + "|");
    }

    private void row(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String four(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String number(double value) {
        return EvaluationText.number(value);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
