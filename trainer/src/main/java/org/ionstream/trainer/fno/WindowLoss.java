package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * How far a network that marches goes wrong within each window, if it begins there at the reference's state: all windows of a batch
 * at once, where marching through them one after another is as many times the steps. It is teacher forcing after Williams and
 * Zipser 1989, "A Learning Algorithm for Continually Running Fully Recurrent Neural Networks", from states a little off, as the
 * network's own will be.
 */
final class WindowLoss {
    /** Standard deviation of how far a start is off, in those of the variable. */
    private static final double OFF = 5e-4;
    /** Keeps the gradient of a norm finite where a window is met exactly. */
    private static final float LEAST_SQUARES = 1e-10f;

    private final TorchFno network;
    private final int windows;
    private final Normalisation normalisation;
    private final double excursionWeight;
    private final NDManager manager;

    /**
     * @param network of several windows, computes every stride-th sample
     * @param normalisation the same at all times
     * @param excursionWeight of the error relative to the excursion in the loss
     * @param manager owns what is made of a batch
     */
    WindowLoss(TorchFno network, Normalisation normalisation, double excursionWeight, NDManager manager) {
        this.network = network;
        this.windows = network.windows();
        this.normalisation = normalisation;
        this.excursionWeight = excursionWeight;
        this.manager = manager;
    }

    /**
     * @param averaged the stimulus is, over so many samples: all as on a grid that is so much coarser
     * @param first sample looked at, a sample of that grid below the stride
     * @param random how far the starts are off
     * @return root mean square of the difference in a window over that of the whole trajectory, mean over windows and variables;
     *     shape [batch]
     */
    NDArray loss(
            NDArray parameters, TrajectorySet set, int[] protocols, int averaged, int first, RandomGenerator random) {
        Batch batch = new Batch(set, protocols, network.places(first));
        for (int protocol = 0; protocol < protocols.length; protocol++) {
            batch.add(protocol, averaged, random);
        }
        NDArray z = network.fromStates(parameters, batch.currents(), batch.states(), first);
        return z.sub(batch.targets())
                .mul(batch.weights())
                .square()
                .sum(new int[] {2})
                .add(LEAST_SQUARES)
                .sqrt()
                .reshape(protocols.length, (long) windows * set.variables())
                .mean(new int[] {1});
    }

    /** Row by row. */
    private final class Batch {
        private final TrajectorySet set;
        private final int[] protocols;
        private final int[] places;
        private final int samples;
        private final int ofWindow;
        private final int variables;
        private final float[] currents;
        private final float[] states;
        private final float[] targets;
        /** 0 beyond the grid. */
        private final float[] weights;

        Batch(TrajectorySet set, int[] protocols, int[] places) {
            this.set = set;
            this.protocols = protocols;
            this.places = places;
            this.samples = set.grid().samples();
            this.ofWindow = samples / windows;
            this.variables = set.variables();
            this.currents = new float[protocols.length * samples];
            this.states = new float[protocols.length * windows * variables];
            this.targets = new float[states.length * places.length];
            this.weights = new float[targets.length];
        }

        void add(int row, int averaged, RandomGenerator random) {
            normalisation.scale(set.currents()[protocols[row]], averaged, currents, row * samples);
            for (int variable = 0; variable < variables; variable++) {
                float[] z = standardised(protocols[row], variable);
                double weight = weight(z) / Math.sqrt(places.length);
                for (int window = 0; window < windows; window++) {
                    int start = window * ofWindow;
                    int next = row * windows + window;
                    double off = window == 0 ? 0 : OFF * random.nextGaussian();
                    states[next * variables + variable] = (float) (z[start] + off);
                    for (int place = 0; place < places.length; place++) {
                        int to = (next * places.length + place) * variables + variable;
                        boolean beyond = start + places[place] >= samples;
                        targets[to] = beyond ? 0 : z[start + places[place]];
                        weights[to] = beyond ? 0 : (float) weight;
                    }
                }
            }
        }

        private float[] standardised(int protocol, int variable) {
            float[] excursion = set.excursions()[protocol][variable];
            float[] z = new float[samples];
            for (int sample = 0; sample < samples; sample++) {
                z[sample] = (float)
                        normalisation.standardised(variable, 1, set.initial()[variable] + (double) excursion[sample]);
            }
            return z;
        }

        /** One over the root mean square of the trajectory, and of its excursion if that has a weight. */
        private double weight(float[] z) {
            double squares = 0;
            double excursion = 0;
            for (int sample = 1; sample < samples; sample++) {
                squares += (double) z[sample] * z[sample];
                excursion += Math.pow(z[sample] - z[0], 2);
            }
            double least = Math.max(FnoLoss.LEAST_EXCURSION, Math.sqrt(excursion / samples));
            return 1 / Math.sqrt(squares / samples) + excursionWeight / least;
        }

        NDArray currents() {
            return manager.create(currents, new Shape(protocols.length, 1, samples));
        }

        NDArray states() {
            return manager.create(states, new Shape(protocols.length, windows, variables));
        }

        NDArray targets() {
            return manager.create(targets, shape());
        }

        NDArray weights() {
            return manager.create(weights, shape());
        }

        private Shape shape() {
            return new Shape(protocols.length, windows, places.length, variables);
        }
    }
}
