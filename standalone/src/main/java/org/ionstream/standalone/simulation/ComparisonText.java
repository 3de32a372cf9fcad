package org.ionstream.standalone.simulation;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.ionstream.schemas.biomarker.BeatBiomarker;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.trainer.drift.DiscrepancyJoin;

/** A line per protocol for people: what the surrogate predicts beside what the reference solves. */
public final class ComparisonText {
    private static final String ROW = "%-32s  %8s  %-18s  %10s  %12s  %9s  %-10s  %10s  %10s%n";

    private final PrintStream out;
    private boolean begun;

    public ComparisonText(PrintStream out) {
        this.out = out;
    }

    /** With the first answer: what cannot be answered prints nothing. */
    private void header() {
        if (begun) {
            return;
        }
        begun = true;
        out.printf(
                ROW,
                "id",
                "rel. L2",
                "worst variable",
                "peak diff.",
                "APD90 (ref.)",
                "diff. ms",
                "bands hold",
                "surr. us",
                "solver us");
    }

    public void print(Answer answer) {
        header();
        Discrepancy discrepancy = DiscrepancyJoin.of(answer.prediction(), answer.reference());
        if (discrepancy.getStatus() != DiscrepancyStatus.COMPARED) {
            out.printf("%-32s  %s%n", discrepancy.getId(), discrepancy.getDetail());
            return;
        }
        Optional<BiomarkerDifference> apd90 = last(discrepancy, BeatBiomarker.APD90);
        out.printf(
                ROW,
                discrepancy.getId(),
                number("%.4f", discrepancy.getRelativeL2()),
                worst(discrepancy),
                last(discrepancy, BeatBiomarker.PEAK_POTENTIAL)
                        .map(peak -> number("%+.3f", peak.getDifference()))
                        .orElse("-"),
                apd90.map(apd -> number("%.2f", apd.getReference())).orElse("-"),
                apd90.map(apd -> number("%+.2f", apd.getDifference())).orElse("-"),
                bands(discrepancy),
                answer.prediction().getComputeMicros(),
                answer.reference().getSolver().getWallMicros());
    }

    private static String worst(Discrepancy discrepancy) {
        return discrepancy.getVariables().stream()
                .max(Comparator.comparing(VariableDiscrepancy::getRelativeL2))
                .map(variable -> "%s %s".formatted(variable.getVariable(), number("%.4f", variable.getRelativeL2())))
                .orElse("-");
    }

    private static String bands(Discrepancy discrepancy) {
        long known = discrepancy.getVariables().stream()
                .filter(variable -> variable.getCovered() != null)
                .count();
        long held = discrepancy.getVariables().stream()
                .filter(variable -> Boolean.TRUE.equals(variable.getCovered()))
                .count();
        return known == 0 ? "-" : "%d of %d".formatted(held, known);
    }

    /** Of the last beat that both have it of. */
    private static Optional<BiomarkerDifference> last(Discrepancy discrepancy, BeatBiomarker biomarker) {
        return discrepancy.getBiomarkers().stream()
                .filter(difference -> difference.getBiomarker().equals(biomarker.fieldName()))
                .filter(difference -> difference.getDifference() != null)
                .reduce((before, later) -> later);
    }

    private static String number(String format, Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
