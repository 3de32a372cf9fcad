package org.ionstream.standalone.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ionstream.trainer.score.BiomarkerErrors;
import org.ionstream.trainer.score.Distribution;
import org.ionstream.trainer.score.ErrorRow;
import org.ionstream.trainer.score.Firing;

/**
 * What an evaluation found, short enough to be kept beside the model: no protocols one by one, and nothing that depends on the
 * machine.
 *
 * @param cellModel catalogue id
 * @param modelId from its card
 * @param seed of the paper's data sets
 * @param protocols of the test set
 * @param rows over all, by subset, by variable
 * @param firing on the served grid
 * @param biomarkers on the served grid
 */
public record TestedModel(
        String cellModel,
        String modelId,
        long seed,
        int protocols,
        List<Row> rows,
        Firing firing,
        List<Biomarker> biomarkers) {
    private static final String BUNDLED = "/champions-tested.json";
    private static final JsonMapper JSON = new JsonMapper();

    /** What a row is of. */
    public enum Kind {
        ALL,
        SUBSET,
        VARIABLE
    }

    /**
     * @param name of the subset or variable
     * @param protocols how many
     * @param relativeL1 the paper's metric on its grid, mean; null with the others of this kind if the network was not
     *     brought there
     * @param relativeL2 mean
     * @param medianRelativeL2 over the protocols
     * @param relativeH1 mean
     * @param servedRelativeL2 the paper's metric of the trajectory as it is served, mean
     * @param physicalRelativeL2 relative to the excursion from rest, as served, mean; null where nothing moves
     * @param medianPhysicalRelativeL2 over the protocols in which something moves
     */
    public record Row(
            Kind kind,
            String name,
            int protocols,
            Double relativeL1,
            Double relativeL2,
            Double medianRelativeL2,
            Double relativeH1,
            double servedRelativeL2,
            Double physicalRelativeL2,
            Double medianPhysicalRelativeL2) {

        private static Row of(Kind kind, ErrorRow row) {
            var paper = Optional.ofNullable(row.exported());
            var physical = Optional.ofNullable(row.physical());
            return new Row(
                    kind,
                    row.name(),
                    row.protocols(),
                    paper.map(norms -> norms.relativeL1().mean()).orElse(null),
                    paper.map(norms -> norms.relativeL2().mean()).orElse(null),
                    paper.map(norms -> norms.relativeL2().median()).orElse(null),
                    paper.map(norms -> norms.relativeH1().mean()).orElse(null),
                    row.served().relativeL2().mean(),
                    physical.map(norms -> norms.relativeL2().mean()).orElse(null),
                    physical.map(norms -> norms.relativeL2().median()).orElse(null));
        }
    }

    /**
     * @param name as in the schema, prefixed with "beat." if it is of a beat
     * @param both values that both sides have
     * @param medianReference of these
     * @param medianDifference absolute
     * @param p95Difference absolute
     */
    public record Biomarker(
            String name, int both, double medianReference, double medianDifference, double p95Difference) {

        private static Optional<Biomarker> of(BiomarkerErrors errors) {
            Distribution difference = errors.absoluteDifference();
            return difference == null
                    ? Optional.empty()
                    : Optional.of(new Biomarker(
                            errors.biomarker(),
                            difference.count(),
                            errors.reference().median(),
                            difference.median(),
                            difference.p95()));
        }
    }

    public static List<TestedModel> of(EvaluationReport report) {
        return report.models().stream().map(model -> of(model, report.seed())).toList();
    }

    private static TestedModel of(ModelReport model, long seed) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(Kind.ALL, model.all()));
        model.subsets().forEach(row -> rows.add(Row.of(Kind.SUBSET, row)));
        model.variables().forEach(row -> rows.add(Row.of(Kind.VARIABLE, row)));
        return new TestedModel(
                model.cellModel(),
                model.modelId(),
                seed,
                model.all().protocols(),
                rows,
                model.firing(),
                model.biomarkers().stream()
                        .map(Biomarker::of)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Of the bundled champions, as {@code evaluate --all --summary} wrote it. */
    public static List<TestedModel> bundled() {
        try (InputStream file = TestedModel.class.getResourceAsStream(BUNDLED)) {
            return read(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + BUNDLED, e);
        }
    }

    /** @throws IllegalArgumentException if these bytes are no such summary */
    public static List<TestedModel> read(byte[] json) {
        try {
            return List.of(JSON.readValue(json, TestedModel[].class));
        } catch (IOException e) {
            throw new IllegalArgumentException("not a summary of evaluate: " + e.getMessage(), e);
        }
    }

    /** As JSON, that {@link #read} understands. */
    public static byte[] written(List<TestedModel> models) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(models);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Row all() {
        return rows.get(0);
    }

    public List<Row> rows(Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).toList();
    }
}
