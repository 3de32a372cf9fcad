package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;

/** How far a network's trajectories are from those of a set, looked at from one of a few first samples on. */
final class FnoLoss {
    /** Of a variable's standard deviation: what moves less is not worth a relative error. */
    static final float LEAST_EXCURSION = 1e-3f;

    private static final int[] TIME = {2};
    private static final int[] VARIABLES = {1};

    private final TorchFno network;
    private final Normalisation normalisation;
    private final double excursionWeight;
    private final NDManager manager;
    private final View[] views;

    /**
     * What does not change from batch to batch, shape [1, variable, wanted sample].
     *
     * @param spread 0 where the training set has one value only, as at t = 0, else 1
     * @param deviation of the standardisation
     * @param rest standardised trajectory without stimulus; null where the excursion has no weight
     */
    private record View(LatentGrid.Samples wanted, NDArray spread, NDArray deviation, NDArray rest) {}

    /**
     * @param network computes every stride-th sample
     * @param excursionWeight of the error relative to the excursion in the loss
     * @param validation has a protocol without stimulus, if that has a weight
     * @param manager owns the constants
     * @throws IllegalArgumentException if it has none
     */
    FnoLoss(
            TorchFno network,
            int stride,
            Normalisation normalisation,
            double excursionWeight,
            TrajectorySet validation,
            NDManager manager) {
        this.network = network;
        this.normalisation = normalisation;
        this.excursionWeight = excursionWeight;
        this.manager = manager;
        this.views = IntStream.range(0, stride)
                .mapToObj(first ->
                        new LatentGrid.Samples(first, stride, validation.grid().samples()))
                .map(wanted -> view(wanted, validation))
                .toArray(View[]::new);
    }

    private View view(LatentGrid.Samples wanted, TrajectorySet validation) {
        Shape shape = new Shape(1, validation.variables(), wanted.count());
        NDArray rest = null;
        if (excursionWeight > 0) {
            float[] unstimulated = new float[(int) shape.size()];
            normalisation.standardise(validation, unstimulated(validation), wanted, unstimulated, 0);
            rest = manager.create(unstimulated, shape);
        }
        return new View(
                wanted,
                manager.create(normalisation.spread(wanted), shape),
                manager.create(normalisation.deviations(wanted), shape),
                rest);
    }

    private static int unstimulated(TrajectorySet set) {
        return IntStream.range(0, set.size())
                .filter(protocol -> isZero(set.currents()[protocol]))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "an error relative to the excursion needs a protocol without stimulus in the validation set; add one, or give it no weight"));
    }

    private static boolean isZero(float[] current) {
        for (float value : current) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param averaged the stimulus is, over so many samples: all as on a grid that is so much coarser
     * @param first sample looked at, a sample of that grid below the stride
     * @return relative L2 per protocol, mean over the variables; shape [batch]
     */
    NDArray error(NDArray parameters, TrajectorySet set, int[] protocols, int averaged, int first) {
        NDArray target = target(set, protocols, views[first]);
        return relative(difference(parameters, set, protocols, averaged, first, target), target);
    }

    /** The error, and the one relative to the excursion if it has a weight; shape [batch]. */
    NDArray loss(NDArray parameters, TrajectorySet set, int[] protocols, int averaged, int first) {
        View view = views[first];
        NDArray target = target(set, protocols, view);
        NDArray difference = difference(parameters, set, protocols, averaged, first, target);
        NDArray error = relative(difference, target);
        if (excursionWeight == 0) {
            return error;
        }
        NDArray least = norm(view.deviation()).mul(LEAST_EXCURSION);
        NDArray excursion = norm(target.sub(view.rest()).mul(view.deviation())).maximum(least);
        NDArray ofExcursion =
                norm(difference.mul(view.deviation())).div(excursion).mean(VARIABLES);
        return error.add(ofExcursion.mul((float) excursionWeight));
    }

    private NDArray difference(
            NDArray parameters, TrajectorySet set, int[] protocols, int averaged, int first, NDArray target) {
        int samples = set.grid().samples();
        float[] currents = new float[protocols.length * samples];
        for (int i = 0; i < protocols.length; i++) {
            normalisation.scale(set.currents()[protocols[i]], averaged, currents, i * samples);
        }
        NDArray input = manager.create(currents, new Shape(protocols.length, 1, samples));
        return network.forward(parameters, input, first).sub(target).mul(views[first].spread());
    }

    private NDArray target(TrajectorySet set, int[] protocols, View view) {
        int perProtocol = set.variables() * view.wanted().count();
        float[] targets = new float[protocols.length * perProtocol];
        for (int i = 0; i < protocols.length; i++) {
            normalisation.standardise(set, protocols[i], view.wanted(), targets, i * perProtocol);
        }
        return manager.create(
                targets,
                new Shape(protocols.length, set.variables(), view.wanted().count()));
    }

    private static NDArray relative(NDArray difference, NDArray target) {
        return norm(difference).div(norm(target)).mean(VARIABLES);
    }

    /** Over time; shape [protocol, variable]. */
    private static NDArray norm(NDArray signals) {
        return signals.square().sum(TIME).sqrt();
    }
}
