package org.ionstream.trainer.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.Moments;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrajectorySet;

/** Solves protocols into a training, validation or test set, on all processors; the result does not depend on their number. */
public final class ReferenceLabels {
    /** Protocols that are summed in one go. */
    private static final int PART = 250;

    private final ReferenceSolver solver;
    private final Map<String, Double> parameters;

    public ReferenceLabels(ReferenceSolver solver) {
        this(solver, Map.of());
    }

    /** Solved with the tolerance that all labels have. */
    public static ReferenceLabels standard() {
        return new ReferenceLabels(new ReferenceSolver(SolverSettings.LABELS));
    }

    private ReferenceLabels(ReferenceSolver solver, Map<String, Double> parameters) {
        this.solver = solver;
        this.parameters = Map.copyOf(parameters);
    }

    /**
     * Of a cell that differs from the published one, though the protocols do not say so: to try out what drift does, never to
     * train on.
     *
     * @param otherParameters by name, those that differ
     */
    public ReferenceLabels ofCell(Map<String, Double> otherParameters) {
        return new ReferenceLabels(solver, otherParameters);
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
            LabelledProtocol labelled = solve(protocols.get(i), grid);
            currents[i] = labelled.current();
            initials[i] = labelled.initial();
            excursions[i] = labelled.excursions();
            progress.accept(solved.incrementAndGet());
        });
        return new TrajectorySet(grid, initials[0], currents, excursions);
    }

    /**
     * One protocol, on the calling thread.
     *
     * @throws IllegalArgumentException if it is not of the published conditions
     * @throws IllegalStateException if the solver gives up on it
     */
    public LabelledProtocol solve(StimulusProtocol protocol, TimeGrid grid) {
        Stimulus stimulus = Stimulus.of(protocol);
        double[][] values = solved(stimulus, grid);
        return new LabelledProtocol(stimulus, grid, initial(values), excursion(values));
    }

    /**
     * Mean and deviation over the protocols at each time, without keeping the trajectories.
     *
     * @return with a current scale of 1
     */
    public Normalisation statistics(List<StimulusProtocol> protocols, TimeGrid grid) {
        int parts = (protocols.size() + PART - 1) / PART;
        return IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> protocols.subList(part * PART, Math.min(protocols.size(), (part + 1) * PART)))
                .map(part -> moments(part, grid))
                .reduce(Moments::plus)
                .orElseThrow(() -> new IllegalArgumentException("no protocols"))
                .normalisation(grid, 1);
    }

    private Moments moments(List<StimulusProtocol> protocols, TimeGrid grid) {
        Moments moments = null;
        for (StimulusProtocol protocol : protocols) {
            LabelledProtocol labelled = solve(protocol, grid);
            moments = moments == null ? new Moments(labelled.initial(), grid.samples()) : moments;
            moments.add(labelled.excursions());
        }
        return moments;
    }

    private double[][] solved(Stimulus stimulus, TimeGrid grid) {
        if (!stimulus.conditions().arePublished()) {
            throw new IllegalArgumentException("protocol %s has %s; labels are for the published conditions"
                    .formatted(stimulus.id(), stimulus.conditions().departures()));
        }
        Solution solution = solver.solve(
                parameters.isEmpty()
                        ? stimulus
                        : Stimulus.of(StimulusProtocol.newBuilder(stimulus.protocol())
                                .setParameters(parameters)
                                .build()),
                grid);
        if (solution.outcome() != Outcome.OK) {
            throw new IllegalStateException("protocol %s has no reference: %s %s"
                    .formatted(stimulus.id(), solution.outcome(), solution.detail()));
        }
        return solution.values();
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
