package org.ionstream.producer.watch;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ionstream.schemas.biomarker.BeatBiomarker;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;

/**
 * A line per result for people, in columns of fixed width. The relative L2 error of a prediction is the one its model is
 * expected to have, marked with a tilde; that of a discrepancy is measured. Peak and APD90 are those of the last beat that
 * has an APD90, or else of the last one; those of a discrepancy are differences, prediction - reference, signed.
 */
public final class TablePrinter implements ResultPrinter {
    private static final String ROW = "%-48s  %-20s  %-18s  %-24s  %10s  %9s  %8s  %10s";
    private static final String NONE = "-";

    private final PrintStream out;
    private boolean begun;

    public TablePrinter(PrintStream out) {
        this.out = out;
    }

    /** With the first result: where there is none, nothing is printed. */
    private void header() {
        if (begun) {
            return;
        }
        begun = true;
        line("id", "cell model", "source", "model", "peak of V", "APD90 ms", "rel. L2", "latency ms", "");
    }

    @Override
    public void print(Prediction prediction) {
        header();
        line(
                prediction.getId(),
                prediction.getCellModel(),
                prediction.getSource().name(),
                orNone(prediction.getModelId()),
                number("%.3f", value(prediction, BeatBiomarker.PEAK_POTENTIAL)),
                number("%.2f", value(prediction, BeatBiomarker.APD90)),
                number("~%.4f", expectedRelativeL2(prediction)),
                Long.toString(prediction.getAnsweredAtMs() - prediction.getPublishedAtMs()),
                withDetail(
                        prediction.getOutcome() != Outcome.OK
                                ? prediction.getOutcome().name()
                                : "",
                        prediction.getDetail()));
    }

    @Override
    public void print(Discrepancy discrepancy) {
        header();
        line(
                discrepancy.getId(),
                discrepancy.getCellModel(),
                discrepancy.getStatus().name(),
                orNone(discrepancy.getModelId()),
                number("%+.3f", difference(discrepancy, BeatBiomarker.PEAK_POTENTIAL)),
                number("%+.2f", difference(discrepancy, BeatBiomarker.APD90)),
                number("%.4f", discrepancy.getRelativeL2()),
                NONE,
                discrepancy.getDetail());
    }

    private void line(
            String id,
            String cellModel,
            String source,
            String model,
            String peakOfV,
            String apd90Ms,
            String relativeL2,
            String latencyMs,
            String remark) {
        String columns = ROW.formatted(id, cellModel, source, model, peakOfV, apd90Ms, relativeL2, latencyMs);
        out.println(remark.isEmpty() ? columns : columns + "  " + remark);
    }

    /** For this protocol if that is known, else on average. */
    private static Double expectedRelativeL2(Prediction prediction) {
        return prediction.getTrust() == null
                ? prediction.getExpectedRelativeL2()
                : Double.valueOf(prediction.getTrust().getExpectedRelativeL2());
    }

    private static Double value(Prediction prediction, BeatBiomarker biomarker) {
        if (prediction.getBiomarkers() == null) {
            return null;
        }
        List<Beat> beats = prediction.getBiomarkers().getBeats();
        return beats.stream()
                .filter(beat -> BeatBiomarker.APD90.of(beat) != null)
                .reduce((before, last) -> last)
                .or(() -> beats.stream().reduce((before, last) -> last))
                .map(biomarker::of)
                .orElse(null);
    }

    /** Of the last beat of which both sides have it. */
    private static Double difference(Discrepancy discrepancy, BeatBiomarker biomarker) {
        return discrepancy.getBiomarkers().stream()
                .filter(compared -> compared.getBiomarker().equals(biomarker.fieldName()))
                .map(BiomarkerDifference::getDifference)
                .filter(Objects::nonNull)
                .reduce((before, last) -> last)
                .orElse(null);
    }

    private static String withDetail(String outcome, String detail) {
        return outcome.isEmpty() || detail.isEmpty() ? outcome + detail : outcome + ": " + detail;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    private static String number(String format, Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, format, value);
    }
}
