package org.ionstream.producer.watch;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.wire.Traces;

/**
 * A line per result for people, in columns of fixed width. The relative L2 error of a prediction is the one its model is
 * expected to have, marked with a tilde; that of a discrepancy is measured.
 */
public final class TablePrinter implements ResultPrinter {
    private static final String ROW = "%-48s  %-20s  %-18s  %-24s  %10s  %8s  %10s";
    private static final String NONE = "-";

    private final PrintStream out;

    /** Writes the header. */
    public TablePrinter(PrintStream out) {
        this.out = out;
        line("id", "cell model", "source", "model", "peak of V", "rel. L2", "latency ms", "");
    }

    @Override
    public void print(Prediction prediction) {
        line(
                prediction.getId(),
                prediction.getCellModel(),
                prediction.getSource().name(),
                orNone(prediction.getModelId()),
                peakOfV(prediction.getTrajectory())
                        .map(peak -> number("%.3f", peak))
                        .orElse(NONE),
                prediction.getExpectedRelativeL2() == null ? NONE : number("~%.4f", prediction.getExpectedRelativeL2()),
                Long.toString(prediction.getAnsweredAtMs() - prediction.getPublishedAtMs()),
                withDetail(
                        prediction.getTrajectory() == null
                                ? prediction.getOutcome().name()
                                : "",
                        prediction.getDetail()));
    }

    @Override
    public void print(Discrepancy discrepancy) {
        line(
                discrepancy.getId(),
                discrepancy.getCellModel(),
                discrepancy.getStatus().name(),
                orNone(discrepancy.getModelId()),
                NONE,
                discrepancy.getRelativeL2() == null ? NONE : number("%.4f", discrepancy.getRelativeL2()),
                NONE,
                discrepancy.getDetail());
    }

    private void line(
            String id,
            String cellModel,
            String source,
            String model,
            String peakOfV,
            String relativeL2,
            String latencyMs,
            String remark) {
        String columns = ROW.formatted(id, cellModel, source, model, peakOfV, relativeL2, latencyMs);
        out.println(remark.isEmpty() ? columns : columns + "  " + remark);
    }

    private static Optional<Float> peakOfV(Trajectory trajectory) {
        if (trajectory == null || !trajectory.getVariables().contains("V")) {
            return Optional.empty();
        }
        float peak = Float.NEGATIVE_INFINITY;
        for (float value : Traces.of(trajectory).of("V")) {
            peak = Math.max(peak, value);
        }
        return Optional.of(peak);
    }

    private static String withDetail(String outcome, String detail) {
        return outcome.isEmpty() || detail.isEmpty() ? outcome + detail : outcome + ": " + detail;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
