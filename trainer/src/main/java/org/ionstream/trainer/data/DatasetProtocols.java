package org.ionstream.trainer.data;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ionstream.producer.ProtocolDistribution;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.producer.pacing.SinglePulses;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;

/** Draws the protocols of a recipe: beside the paper's test the only place that draws a test set. */
public final class DatasetProtocols {
    private DatasetProtocols() {}

    /** @throws IllegalArgumentException if they come from a file */
    public static List<StimulusProtocol> of(DatasetRecipe recipe) {
        CellModel model = recipe.catalogued();
        return switch (recipe.origin()) {
            case PAPER -> paper(recipe);
            case PACING -> drawn(recipe, PacingDistribution.of(model, recipe.ranges()));
            case PULSES -> drawn(recipe, SinglePulses.of(model, recipe.ranges()));
            case FILE -> throw new IllegalArgumentException("a recipe of protocols from a file does not have them");
        };
    }

    /** Protocols in the paper's set. */
    public static int paperCount(CellModel model, DatasetRole set) {
        PaperDistribution paper = PaperDistribution.of(model);
        return set == DatasetRole.TRAINING ? paper.trainingCount() : paper.heldOutCount();
    }

    private static List<StimulusProtocol> paper(DatasetRecipe recipe) {
        PaperDistribution paper = PaperDistribution.of(recipe.catalogued());
        return switch (recipe.set()) {
            case TRAINING -> paper.training(recipe.seed(), recipe.count());
            case VALIDATION -> paper.validation(recipe.seed(), recipe.count());
            case TEST -> paper.test(recipe.seed(), recipe.count());
        };
    }

    private static List<StimulusProtocol> drawn(DatasetRecipe recipe, ProtocolDistribution distribution) {
        String prefix = "%s-%s-%s-%d"
                .formatted(
                        recipe.cellModel(),
                        recipe.set().name().toLowerCase(Locale.ROOT),
                        recipe.origin().name().toLowerCase(Locale.ROOT),
                        recipe.seed());
        var source = distribution.endless(ownSeed(recipe), prefix);
        return Stream.generate(source::next).limit(recipe.count()).toList();
    }

    /** The sets of one seed share no random numbers. */
    private static long ownSeed(DatasetRecipe recipe) {
        SplittableRandom random = new SplittableRandom(recipe.seed());
        for (int i = 0; i < recipe.set().ordinal(); i++) {
            random.nextLong();
        }
        return random.nextLong();
    }
}
