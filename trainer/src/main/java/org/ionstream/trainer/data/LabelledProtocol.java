package org.ionstream.trainer.data;

import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.message.SolvedProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;

/**
 * A protocol with its reference, variables in the catalogue's order and units.
 *
 * @param stimulus checked
 * @param grid of the excursions, not the one the protocol asks for
 * @param initial state at t = 0, shape [variable]
 * @param excursions y(t) - y(0), shape [variable][sample]
 */
public record LabelledProtocol(Stimulus stimulus, TimeGrid grid, double[] initial, float[][] excursions) {
    public LabelledProtocol {
        int variables = stimulus.cellModel().variables().size();
        if (initial.length != variables || excursions.length != variables) {
            throw new IllegalArgumentException(
                    "protocol %s has %d initial values and %d trajectories; %s has %d variables"
                            .formatted(
                                    stimulus.id(),
                                    initial.length,
                                    excursions.length,
                                    stimulus.cellModel().id(),
                                    variables));
        }
    }

    /** The network's input: mean stimulus over each cell of the grid, shape [sample]. */
    public float[] current() {
        return stimulus.cellMeans(grid);
    }

    SolvedProtocol toMessage() {
        List<Double> state = Arrays.stream(initial).boxed().toList();
        return new SolvedProtocol(
                stimulus.protocol(),
                state,
                new Traces(grid, stimulus.cellModel().variableNames(), excursions).toMessage());
    }

    /**
     * @throws RuntimeException if the message does not hold together: an unreadable trajectory, other variables than the
     *     catalogue's, values that are not finite, an invalid protocol
     */
    static LabelledProtocol of(SolvedProtocol message) {
        Stimulus stimulus = Stimulus.of(message.getProtocol());
        Traces traces = Traces.of(message.getExcursions());
        List<String> names = stimulus.cellModel().variableNames();
        if (!traces.variables().equals(names)) {
            throw new IllegalArgumentException(
                    "protocol %s has the variables %s, not %s".formatted(stimulus.id(), traces.variables(), names));
        }
        if (!traces.isFinite()) {
            throw new IllegalArgumentException("protocol %s has values that are not finite".formatted(stimulus.id()));
        }
        double[] initial = message.getInitialState().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        return new LabelledProtocol(stimulus, traces.grid(), initial, traces.values());
    }
}
