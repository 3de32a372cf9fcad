package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.trainer.fno.Normalisation;

/** The paper's errors of one network, collected part by part in the order of the protocols. One thread. */
public final class PaperErrors {
    private final FnoPredictor predictor;
    private final StandardisedSpace predicted;
    private final StandardisedSpace measured;
    private final List<PaperError> errors = new ArrayList<>();

    /**
     * If the two grids differ, the network's output is standardised on its own and interpolated in standardised space.
     *
     * @param predicted statistics of the paper's training protocols on the predictor's grid
     * @param measured the same on the grid of the references
     */
    public PaperErrors(FnoPredictor predictor, Normalisation predicted, Normalisation measured) {
        this.predictor = predictor;
        this.predicted = new StandardisedSpace(predicted);
        this.measured = new StandardisedSpace(measured);
    }

    /** @param part on the grid where errors are measured */
    public void add(List<ReferenceTrajectory> part) {
        TimeGrid own = predictor.card().grid();
        float[][][] trajectories = predictor.predict(part.stream()
                .map(reference -> reference.stimulus().cellMeans(own))
                .toArray(float[][]::new));
        errors.addAll(IntStream.range(0, part.size())
                .parallel()
                .mapToObj(i -> PaperError.of(standardised(trajectories[i]), measured.of(part.get(i))))
                .toList());
    }

    /** In the order of the protocols. */
    public List<PaperError> errors() {
        return List.copyOf(errors);
    }

    private double[][] standardised(float[][] trajectory) {
        TimeGrid target = measured.statistics().grid();
        return predictor.card().grid().equals(target)
                ? measured.of(trajectory)
                : predicted.interpolated(trajectory, target);
    }
}
