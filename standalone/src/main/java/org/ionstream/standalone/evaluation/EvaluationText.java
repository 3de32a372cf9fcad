package org.ionstream.standalone.evaluation;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.trainer.score.BiomarkerErrors;
import org.ionstream.trainer.score.Distribution;
import org.ionstream.trainer.score.ErrorRow;
import org.ionstream.trainer.score.Norms;
import org.ionstream.trainer.score.PredictionCost;
import org.ionstream.trainer.score.PublishedErrors;

/** The report of an evaluation, for people. */
public final class EvaluationText {
    private static final String NONE = "-";

    private final PrintWriter out;

    public EvaluationText(PrintWriter out) {
        this.out = out;
    }

    public void print(EvaluationReport report) {
        for (ModelReport model : report.models()) {
            line(
                    "%s on %d test protocols, seed %d",
                    model.modelId(), model.protocols().size(), report.seed());
            headline(model);
            rows(model, "BY SUBSET", model.subsets(), PublishedErrors::relativeL2BySubset);
            physicalOfPaper(model);
            rows(model, "BY VARIABLE", model.variables(), PublishedErrors::relativeL2ByVariable);
            biomarkers(model);
            resolution(model);
            cost(model, report.machine());
            line("");
        }
        out.flush();
    }

    private void headline(ModelReport model) {
        ModelReport.Grids grids = model.grids();
        line("");
        line("THE PAPER'S METRIC: relative, standardised space; mean over variables and protocols");
        line("%-58s  %6s  %6s  %6s  %6s  %10s", "", "L1", "L2", "median", "H1", "parameters");
        String served =
                "as served, %d samples, interpolated to %d".formatted(grids.servedSamples(), grids.paperSamples());
        norms(served, model.size().parameters(), model.all().served());
        if (model.all().exported() != null) {
            norms(
                    "exported to the paper's %d samples".formatted(grids.paperSamples()),
                    model.size().parameters(),
                    model.all().exported());
        }
        for (PublishedErrors paper : model.published()) {
            line(
                    "%-58s  %6s  %.4f  %6s  %6s  %,10d",
                    "paper, " + paper.network() + spread(paper),
                    four(paper.relativeL1()),
                    paper.relativeL2(),
                    four(paper.medianRelativeL2()),
                    four(paper.relativeH1()),
                    paper.parameters());
        }
        model.published().stream()
                .map(PublishedErrors::source)
                .distinct()
                .forEach(source -> line("  source: %s", source));
    }

    private static String spread(PublishedErrors paper) {
        return paper.relativeL2Spread() == null
                ? ""
                : String.format(Locale.ROOT, " (L2 +- %.5f)", paper.relativeL2Spread());
    }

    private void norms(String name, long parameters, Norms norms) {
        line(
                "%-58s  %.4f  %.4f  %.4f  %.4f  %,10d",
                name,
                norms.relativeL1().mean(),
                norms.relativeL2().mean(),
                norms.relativeL2().median(),
                norms.relativeH1().mean(),
                parameters);
    }

    private void rows(
            ModelReport model,
            String title,
            List<ErrorRow> rows,
            Function<PublishedErrors, Map<String, Double>> published) {
        CellModel cellModel = CellModels.byId(model.cellModel());
        line("");
        line(
                "%-15s %9s  %s",
                title,
                "",
                "paper's metric, as served       exported   paper's  "
                        + "physical, relative to excursion          stream");
        line(
                "%-15s %9s  %6s  %6s  %6s  %6s  %8s  %8s  %6s  %6s  %6s  %7s  %5s  %6s  %s",
                "",
                "protocols",
                "L1",
                "L2",
                "median",
                "H1",
                "L2",
                "L2",
                "L1",
                "L2",
                "median",
                "H1",
                "moved",
                "L2",
                rows.get(0).largestDifference() == null ? "" : "largest difference (median)");
        for (ErrorRow row : rows) {
            line(
                    "%-15s %9d  %.4f  %.4f  %.4f  %.4f  %8s  %8s  %6s  %6s  %6s  %7s  %5d  %.4f  %s",
                    row.name(),
                    row.protocols(),
                    row.served().relativeL1().mean(),
                    row.served().relativeL2().mean(),
                    row.served().relativeL2().median(),
                    row.served().relativeH1().mean(),
                    row.exported() == null
                            ? NONE
                            : four(row.exported().relativeL2().mean()),
                    four(KnownErrors.smallest(
                            model, paper -> published.apply(paper).get(row.name()))),
                    physical(row, Norms::relativeL1, Distribution::mean),
                    physical(row, Norms::relativeL2, Distribution::mean),
                    physical(row, Norms::relativeL2, Distribution::median),
                    physical(row, Norms::relativeH1, Distribution::mean),
                    row.physical() == null ? 0 : row.physical().relativeL2().count(),
                    row.relativeL2OnStream().mean(),
                    largest(row, cellModel));
        }
    }

    private void physicalOfPaper(ModelReport model) {
        line(
                "  moved: protocols in which a variable's excursion is above a thousandth of its action potential's; the others");
        line(
                "  are not counted. stream: the excursion is at least 5 %% of an action potential's, as on discrepancies.");
        for (PublishedErrors paper : model.published()) {
            paper.physicalBySubset()
                    .forEach((subset, error) -> line(
                            "  paper, %s: %s physical L2 %.3f, relative to the trajectory",
                            paper.network(), subset, error));
        }
    }

    private static String physical(
            ErrorRow row, Function<Norms, Distribution> norm, Function<Distribution, Double> value) {
        return row.physical() == null ? NONE : four(value.apply(norm.apply(row.physical())));
    }

    private static String largest(ErrorRow row, CellModel cellModel) {
        if (row.largestDifference() == null) {
            return "";
        }
        String unit = cellModel.variable(row.name()).orElseThrow().unit();
        return String.format(
                Locale.ROOT,
                "%.2g (%.2g)%s",
                row.largestDifference().largest(),
                row.largestDifference().median(),
                unit.equals("1") ? "" : " " + unit);
    }

    private void biomarkers(ModelReport model) {
        var firing = model.firing();
        line("");
        line("BIOMARKERS on the served grid, step %s ms", number(model.grids().servedStepMs()));
        line(
                "fired or not: agree on %d of %d (both fired %d, neither %d; only predicted %d, only in the reference %d); "
                        + "as many action potentials on %d",
                firing.bothFired() + firing.neitherFired(),
                firing.protocols(),
                firing.bothFired(),
                firing.neitherFired(),
                firing.predictedOnly(),
                firing.referenceOnly(),
                firing.sameNumber());
        line(
                "%-36s %9s  %10s  %10s  %10s  %10s  %9s  %9s",
                "", "protocols", "reference", "|error|", "|error|", "error", "only", "only");
        line(
                "%-36s %9s  %10s  %10s  %10s  %10s  %9s  %9s",
                "", "", "median", "median", "95 %", "mean", "predicted", "reference");
        for (BiomarkerErrors row : model.biomarkers()) {
            boolean both = row.absoluteDifference() != null;
            line(
                    "%-36s %9d  %10s  %10s  %10s  %10s  %9d  %9d",
                    row.biomarker(),
                    both ? row.absoluteDifference().count() : 0,
                    both ? number(row.reference().median()) : NONE,
                    both ? number(row.absoluteDifference().median()) : NONE,
                    both ? number(row.absoluteDifference().p95()) : NONE,
                    both ? number(row.meanDifference()) : NONE,
                    row.predictedOnly(),
                    row.referenceOnly());
        }
    }

    private void resolution(ModelReport model) {
        line("");
        line(
                "RESOLUTION: the paper's metric on each grid, references and statistics on the same, nothing interpolated");
        line("%-14s %8s %10s  %6s  %6s  %6s  %6s", "times served", "samples", "step ms", "L1", "L2", "median", "H1");
        for (ModelReport.OnGrid row : model.resolution()) {
            line(
                    "%-14s %8d %10s  %.4f  %.4f  %.4f  %.4f",
                    number(row.timesServed()),
                    row.samples(),
                    number(row.stepMs()),
                    row.errors().relativeL1().mean(),
                    row.errors().relativeL2().mean(),
                    row.errors().relativeL2().median(),
                    row.errors().relativeH1().mean());
        }
        if (model.resolution().size() == 1) {
            line(
                    "other grids need the statistics of its training protocols there: not asked for, or it was trained on");
        }
    }

    private void cost(ModelReport model, Machine machine) {
        PredictionCost cost = model.cost();
        ModelReport.Size size = model.size();
        line("");
        line("COST; the paper's memory and time are not known");
        line("%-26s %,d, %.1f MB; ONNX file %.1f MB", "parameters", size.parameters(), size.weightMb(), size.fileMb());
        line(
                "%-26s %,d steps of %d, %,d protocols",
                "training", size.trainingSteps(), size.batch(), size.trainingProtocols());
        line(
                "%-26s %s",
                "memory of a batch of " + PredictionCost.BATCH,
                cost.residentMb() == null
                        ? NONE
                        : String.format(Locale.ROOT, "%.0f MB more of the process, model included", cost.residentMb()));
        line(
                "%-26s %.2f ms alone, %.2f ms in a batch of %d (median, wall clock, %s)",
                "prediction of a trajectory",
                cost.msPerTrajectoryAlone(),
                cost.msPerTrajectoryInBatch(),
                PredictionCost.BATCH,
                cost.device());
        line("%-26s %.0f s", "evaluation", model.evaluationSeconds());
        line(
                "%-26s %s, %d processors; load average %.1f at the start",
                "machine", machine.processor(), machine.processors(), machine.loadAverage());
    }

    private static String number(double value) {
        if (value == 0 || value == Math.rint(value) && Math.abs(value) < 1e4) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return Math.abs(value) < 1e-3
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%.4g", value)
                        .replaceAll("(\\.\\d*?)0+$", "$1")
                        .replaceAll("\\.$", "");
    }

    private static String four(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.4f", value);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
