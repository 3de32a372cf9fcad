package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.List;
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
            own.addAll(ProtocolsNear.of(protocols, errors, mix.targetedProtocols(), recipe.seed(number)));
        }
        own.addAll(recipe.protocols(cellModel, number));
        return own.isEmpty() ? audited : audited.plus(labels.solve(own, audited.grid(), count -> {}));
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
