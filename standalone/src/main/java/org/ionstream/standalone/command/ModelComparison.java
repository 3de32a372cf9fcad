package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.Registration;

/**
 * A model beside the one it would take the place of.
 *
 * @param challenger that may be registered
 * @param champion empty if there is none
 * @param origin of the champion: bundled, in service
 */
record ModelComparison(Registration.Examined challenger, Optional<Registration.Examined> champion, String origin) {
    /** @throws org.ionstream.surrogate.fno.UnusableModelException if the cell model is unknown */
    static Registration registration(String cellModel) {
        return new Registration(CellModels.byId(cellModel), ReferenceLabels.standard(), FnoPredictor.Settings.ON_CPU);
    }

    /** Whether it errs less on average, or there is nothing to be better than. */
    boolean isBetter() {
        return champion.map(present -> error(challenger) < error(present)).orElse(true);
    }

    String verdict() {
        ModelCard card = challenger.file().card();
        return champion.map(present -> String.format(
                        Locale.ROOT,
                        "%s is %s than the champion: its mean error is %.3f times that of %s",
                        card.modelId(),
                        isBetter() ? "better" : "not better",
                        error(challenger) / error(present),
                        present.file().card().modelId()))
                .orElse("%s has no champion yet".formatted(card.cellModel()));
    }

    void print(PrintWriter out) {
        ModelCard card = challenger.file().card();
        out.printf(
                Locale.ROOT,
                "%s can be served: %d variables of %s, %d samples of %s ms%n",
                card.modelId(),
                card.variables().size(),
                card.cellModel(),
                card.samples(),
                card.stepMs());
        out.printf(
                Locale.ROOT,
                "relative L2 of the excursion, %s, %d protocols%n",
                challenger.score().getHeldOutSet(),
                challenger.score().getProtocols());
        out.printf(Locale.ROOT, "  %-10s %-36s %8s %8s  %s%n", "", "model", "mean", "median", "out of bounds");
        row(out, "this", challenger);
        champion.ifPresent(present -> row(out, origin, present));
        out.println(verdict());
        out.flush();
    }

    private static void row(PrintWriter out, String name, Registration.Examined examined) {
        out.printf(
                Locale.ROOT,
                "  %-10s %-36s %8.4f %8.4f  %d%n",
                name,
                examined.file().card().modelId(),
                error(examined),
                examined.score().getMedianRelativeL2(),
                examined.outOfBounds());
    }

    private static double error(Registration.Examined examined) {
        return examined.score().getMeanRelativeL2();
    }
}
