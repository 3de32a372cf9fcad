package org.ionstream.trainer.score;

import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * A protocol and what the reference solver answers.
 *
 * @param protocol that was solved
 * @param grid sample times
 * @param initial state at t = 0, shape [variable]
 * @param excursions y(t) - y(0), shape [variable][sample]
 */
public record ReferenceTrajectory(StimulusProtocol protocol, TimeGrid grid, double[] initial, float[][] excursions) {

    /** @param set of these protocols, in their order */
    static List<ReferenceTrajectory> of(List<StimulusProtocol> protocols, TrajectorySet set) {
        return IntStream.range(0, protocols.size())
                .mapToObj(
                        i -> new ReferenceTrajectory(protocols.get(i), set.grid(), set.initial(), set.excursions()[i]))
                .toList();
    }

    /** The same on the grid of every n-th sample. */
    public ReferenceTrajectory every(int nth) {
        if (nth == 1) {
            return this;
        }
        TimeGrid coarse = every(grid, nth);
        float[][] kept = new float[excursions.length][coarse.samples()];
        for (int variable = 0; variable < kept.length; variable++) {
            for (int sample = 0; sample < coarse.samples(); sample++) {
                kept[variable][sample] = excursions[variable][sample * nth];
            }
        }
        return new ReferenceTrajectory(protocol, coarse, initial, kept);
    }

    /** Every n-th sample, the first one included. */
    public static TimeGrid every(TimeGrid grid, int nth) {
        return new TimeGrid(nth * grid.stepMs(), (grid.samples() + nth - 1) / nth);
    }

    /** Value in the variable's unit. */
    double value(int variable, int sample) {
        return initial[variable] + (double) excursions[variable][sample];
    }

    public Stimulus stimulus() {
        return Stimulus.of(protocol);
    }

    /** In each variable's unit. */
    public Traces traces(CellModel cellModel) {
        float[][] values = new float[excursions.length][grid.samples()];
        for (int variable = 0; variable < values.length; variable++) {
            for (int sample = 0; sample < grid.samples(); sample++) {
                values[variable][sample] = (float) value(variable, sample);
            }
        }
        return new Traces(grid, cellModel.variableNames(), values);
    }
}
