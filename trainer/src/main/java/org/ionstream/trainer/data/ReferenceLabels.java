package org.ionstream.trainer.data;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.TrajectorySet;

/** Solves protocols into a training, validation or test set, on all processors; the result does not depend on their number. */
public final class ReferenceLabels {
    private final ReferenceSolver solver;

    public ReferenceLabels(ReferenceSolver solver) {
        this.solver = solver;
    }

    /**
     * @param protocols all of one cell model, under its published conditions
     * @param progress called with the number solved so far, from many threads
     * @throws IllegalArgumentException if one has other conditions: the set could not tell them apart
     * @throws IllegalStateException if the solver gives up on one of them
     */
    public TrajectorySet solve(List<StimulusProtocol> protocols, TimeGrid grid, IntConsumer progress) {
        AtomicInteger solved = new AtomicInteger();
        float[][] currents = new float[protocols.size()][];
        float[][][] excursions = new float[protocols.size()][][];
        double[][] initials = new double[protocols.size()][];
        IntStream.range(0, protocols.size()).parallel().forEach(i -> {
            Stimulus stimulus = Stimulus.of(protocols.get(i));
            if (!stimulus.conditions().arePublished()) {
                throw new IllegalArgumentException("protocol %s has %s; labels are for the published conditions"
                        .formatted(stimulus.id(), stimulus.conditions().departures()));
            }
            Solution solution = solver.solve(stimulus, grid);
            if (solution.outcome() != Outcome.OK) {
                throw new IllegalStateException("protocol %s has no reference: %s %s"
                        .formatted(stimulus.id(), solution.outcome(), solution.detail()));
            }
            currents[i] = stimulus.cellMeans(grid);
            initials[i] = initial(solution.values());
            excursions[i] = excursion(solution.values());
            progress.accept(solved.incrementAndGet());
        });
        return new TrajectorySet(grid, initials[0], currents, excursions);
    }

    private static double[] initial(double[][] values) {
        double[] initial = new double[values.length];
        for (int variable = 0; variable < values.length; variable++) {
            initial[variable] = values[variable][0];
        }
        return initial;
    }

    private static float[][] excursion(double[][] values) {
        float[][] excursion = new float[values.length][values[0].length];
        for (int variable = 0; variable < values.length; variable++) {
            for (int sample = 0; sample < values[variable].length; sample++) {
                excursion[variable][sample] = (float) (values[variable][sample] - values[variable][0]);
            }
        }
        return excursion;
    }
}
