package org.ionstream.standalone.bench;

import java.util.List;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;

/** What solvers are measured on: seeded protocols of the paper's "general" subset, a single pulse each, 1001 samples. */
final class GeneralSubset {
    private static final String NAME = "general";
    private static final int INTERVALS = 1000;
    /** Solvers of this model are compared over a whole beat, which is twice the paper's horizon. */
    private static final double BEAT_MS = 1000;

    private GeneralSubset() {}

    /** Fewer of them are the first of more. */
    static List<Stimulus> of(CellModel model, int count, long seed) {
        TimeGrid grid = grid(model);
        return on(new TimeGrid(grid.stepMs(), INTERVALS), model, count, seed);
    }

    /** The same protocols over another horizon, with samples at another step. */
    static List<Stimulus> on(TimeGrid grid, CellModel model, int count, long seed) {
        PaperDistribution all = PaperDistribution.of(model);
        PaperDistribution general = new PaperDistribution(
                model,
                all.subsets().stream()
                        .filter(subset -> subset.name().equals(NAME))
                        .toList());
        return general.test(seed, count).stream()
                .map(protocol -> Stimulus.of(StimulusProtocol.newBuilder(protocol)
                        .setHorizonMs(grid.horizonMs())
                        .setOutputStepMs(grid.stepMs())
                        .build()))
                .toList();
    }

    /** Both ends of the horizon included. */
    static TimeGrid grid(CellModel model) {
        double horizonMs = model.equals(CellModels.OHARA_RUDY_2011) ? BEAT_MS : model.horizonMs();
        return new TimeGrid(horizonMs / INTERVALS, INTERVALS + 1);
    }
}
