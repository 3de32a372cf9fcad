package org.ionstream.standalone.evaluation;

import java.io.PrintWriter;
import org.ionstream.trainer.trust.TrustReport;

/** A trust report for people. */
public final class TrustText {
    private final PrintWriter out;

    public TrustText(PrintWriter out) {
        this.out = out;
    }

    public void print(TrustReport report) {
        out.printf("%s on %,d protocols of the paper's distribution%n", report.modelId(), report.protocols());
        out.printf("calibrated on %s; an assessment takes %.0f us%n", report.calibration(), report.assessmentMicros());
        out.printf(
                "%nBANDS AND BOUND, to cover %.0f %%; radius relative to an action potential%n",
                100 * report.coverage());
        out.printf(
                "%-40s %16s %20s %8s %16s %12s %8s%n",
                "errors are expected from", "bands cover", "lowest", "bound", "hardest fifth", "correlation", "radius");
        report.scores().forEach(this::print);
        out.printf("%nBY EXPECTED ERROR, fifths of the protocols: relative L2, medians%n");
        out.printf("%10s %10s %12s %8s%n", "expected", "real", "bands cover", "bound");
        report.fifths()
                .forEach(fifth -> out.printf(
                        "%10.4f %10.4f %11.1f%% %7.1f%%%n",
                        fifth.expectedRelativeL2(),
                        fifth.relativeL2(),
                        100 * fifth.coverage(),
                        100 * fifth.boundCoverage()));
        out.printf("%nROUTE AUTO WITH AN ACCURACY WISH, relative L2 of what the surrogate answers%n");
        out.printf("%8s %12s %10s %10s %16s%n", "wish", "answered", "mean", "90 %", "within the wish");
        report.wishes()
                .forEach(wish -> out.printf(
                        "%8.3f %11.1f%% %10.4f %10.4f %15.1f%%%n",
                        wish.wanted(),
                        100 * wish.surrogateShare(),
                        wish.meanRelativeL2(),
                        wish.p90RelativeL2(),
                        100 * wish.keptShare()));
        report.streams().forEach(this::print);
        out.flush();
    }

    private void print(TrustReport.Score score) {
        out.printf(
                "%-40s %8.1f%% +- %.1f %8.1f%% %10s %7.1f%% %15.1f%% %12.2f %8.4f%n",
                score.name(),
                100 * score.coverage(),
                100 * score.standardError(),
                100 * score.lowestCoverage(),
                score.lowestVariable(),
                100 * score.boundCoverage(),
                100 * score.hardestCoverage(),
                score.correlation(),
                score.radius());
    }

    private void print(TrustReport.Stream stream) {
        out.printf("%nA STREAM THAT DRIFTS to %s, every protocol predicted and audited%n", stream.shift());
        out.printf("%16s %10s %14s %14s %14s%n", "audits", "shifted", "out of range", "as calibrated", "adjusted");
        stream.blocks()
                .forEach(block -> out.printf(
                        "%,8d - %,5d %10s %13.1f%% %13.1f%% %13.1f%%%n",
                        block.from(),
                        block.to(),
                        block.shifted() ? "yes" : "no",
                        100 * block.outOfRange(),
                        100 * block.fixed(),
                        100 * block.adapted()));
    }
}
