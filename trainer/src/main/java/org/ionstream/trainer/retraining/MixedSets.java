package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.trainer.data.FreshLabels;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.release.Recipe;

/**
 * Sets that a retraining learns from: the audited references in all of them, and in each its own protocols, targeted and of the
 * paper, which depend on the set's number only. Immutable, thread-safe.
 */
final class MixedSets {
    /** For one that is kept as sensitive. */
    private static final int DRAWN = 4;

    private final CellModel cellModel;
    private final TrajectorySet audited;
    private final List<StimulusProtocol> protocols;
    private final double[] errors;
    private final TrainingMix mix;
    private final Recipe recipe;
    private final ReferenceLabels labels;

    /**
     * @param audited to train on, on the network's grid
     * @param protocols of the audited ones, in the same order
     * @param errors of the champion on them; empty if none are to be targeted
     * @param recipe of the challenger: the paper's part and the seeds
     */
    MixedSets(
            CellModel cellModel,
            TrajectorySet audited,
            List<StimulusProtocol> protocols,
            double[] errors,
            TrainingMix mix,
            Recipe recipe,
            ReferenceLabels labels) {
        this.cellModel = cellModel;
        this.audited = audited;
        this.protocols = protocols;
        this.errors = errors;
        this.mix = mix;
        this.recipe = recipe;
        this.labels = labels;
    }

    /** Audited, targeted, the paper's, in this order. */
    TrajectorySet set(int number) {
        List<StimulusProtocol> own = new ArrayList<>();
        if (mix.targetedProtocols() > 0) {
            own.addAll(mixed(
                    mix.targetedProtocols(), count -> ProtocolsNear.of(protocols, errors, count, recipe.seed(number))));
        }
        own.addAll(mixed(mix.baseProtocols(), count -> recipe.protocols(cellModel, number, count)));
        return own.isEmpty() ? audited : audited.plus(labels.solve(own, audited.grid(), count -> {}));
    }

    /** Some as they are drawn, evenly over all that are, the others the most sensitive of the rest. */
    private List<StimulusProtocol> mixed(int count, IntFunction<List<StimulusProtocol>> draw) {
        int sensitive = (int) Math.round(mix.sensitiveShare() * count);
        int plain = count - sensitive;
        List<StimulusProtocol> drawn = draw.apply(plain + DRAWN * sensitive);
        if (drawn.isEmpty() || sensitive == 0) {
            return drawn;
        }
        List<StimulusProtocol> mixed = new ArrayList<>();
        List<StimulusProtocol> rest = new ArrayList<>();
        for (StimulusProtocol protocol : drawn) {
            long due = (long) plain * (mixed.size() + rest.size() + 1) / drawn.size();
            (mixed.size() < due ? mixed : rest).add(protocol);
        }
        mixed.addAll(MostSensitive.of(rest, sensitive, audited.grid(), labels));
        return mixed;
    }

    /** Of a set: audited, and what of its own there is: targeted, the paper's. */
    List<TrajectorySet> parts(TrajectorySet set) {
        int paperFrom = set.size() - mix.baseProtocols();
        List<TrajectorySet> parts = new ArrayList<>(List.of(audited));
        if (paperFrom > audited.size()) {
            parts.add(set.part(audited.size(), paperFrom));
        }
        if (paperFrom < set.size()) {
            parts.add(set.part(paperFrom, set.size()));
        }
        return parts;
    }

    /** Set after set, each for some epochs. */
    FreshLabels fresh(TrajectorySet first) {
        return new FreshLabels(first, this::set, mix.epochsPerSet());
    }
}
