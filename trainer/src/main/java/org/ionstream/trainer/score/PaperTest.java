package org.ionstream.trainer.score;

import java.util.List;
import java.util.function.Consumer;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.PaperGrid;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Normalisation;

/**
 * The paper's test: 375 protocols of its test distribution, its grid, its standardisation with the statistics of its 3000
 * training protocols, whatever grid and statistics the model was trained with. For reporting only: nothing is chosen by it.
 */
public final class PaperTest {
    /** Protocols whose trajectories are held at a time: 41 variables of 5040 samples are 0.8 MB each. */
    private static final int PART = 25;

    private final ReferenceLabels labels;
    private final TimeGrid grid;
    private final List<StimulusProtocol> trainingProtocols;
    private final List<StimulusProtocol> protocols;

    /**
     * @param seed of the paper's data sets
     * @param count 0: as many as the paper has; fewer are a part of these, in the proportions of the subsets
     */
    public PaperTest(CellModel cellModel, long seed, int count, ReferenceLabels labels) {
        PaperDistribution paper = PaperDistribution.of(cellModel);
        this.labels = labels;
        this.grid = PaperGrid.of(cellModel);
        this.trainingProtocols = paper.training(seed);
        this.protocols = count == 0 ? paper.test(seed) : paper.test(seed, count);
    }

    public List<StimulusProtocol> protocols() {
        return protocols;
    }

    /** The paper's. */
    public TimeGrid grid() {
        return grid;
    }

    /** Of the paper's training protocols, on any grid. */
    public Normalisation statistics(TimeGrid on) {
        return labels.statistics(trainingProtocols, on);
    }

    /** How many protocols {@link #statistics} solves. */
    public int statisticsOf() {
        return trainingProtocols.size();
    }

    /** Of each protocol. */
    public List<String> subsets() {
        return protocols.stream()
                .map(protocol -> protocol.getTags().get(CatalogueProtocol.SUBSET))
                .toList();
    }

    /** Solves the protocols in their order, part by part, so that few trajectories are held at a time. */
    public void solve(TimeGrid on, Consumer<List<ReferenceTrajectory>> parts) {
        for (int from = 0; from < protocols.size(); from += PART) {
            parts.accept(solve(protocols.subList(from, Math.min(protocols.size(), from + PART)), on));
        }
    }

    /** Some of the protocols, to look at. */
    public List<ReferenceTrajectory> solve(List<StimulusProtocol> some, TimeGrid on) {
        return ReferenceTrajectory.of(some, labels.solve(some, on, count -> {}));
    }
}
