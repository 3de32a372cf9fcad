package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * The network's forward pass in PyTorch on one grid, in standardised space; differentiable in the parameters. Over the horizon at
 * once, or window after window, each from the state at the end of the one before. Not thread-safe.
 */
final class TorchFno {
    private final FnoArchitecture architecture;
    private final int samples;
    private final int stride;
    private final NDArray initial;
    private final TorchPass pass;

    /**
     * @param horizonMs that the network is of; the grid may end a little before or beyond it
     * @param stride the trajectories are computed at every so manieth sample
     * @param initial standardised state at t = 0, shape [variable]; read if the network marches
     * @param manager owns the constants
     * @throws IllegalArgumentException if a window is not a multiple of the stride
     */
    TorchFno(
            FnoArchitecture architecture,
            TimeGrid grid,
            double horizonMs,
            int stride,
            float[] initial,
            NDManager manager) {
        this.architecture = architecture;
        this.samples = architecture.samplesOfWindow(grid.samples());
        this.stride = stride;
        if (architecture.marches() && samples % stride != 0) {
            throw new IllegalArgumentException(
                    "every %d-th sample of windows of %d; choose a stride that divides it".formatted(stride, samples));
        }
        this.initial = manager.create(initial, new Shape(1, 1, initial.length));
        this.pass = new TorchPass(
                architecture,
                architecture.grids(grid.stepMs() / horizonMs, grid.samples()),
                IntStream.range(0, stride).mapToObj(this::view).toList(),
                manager);
    }

    /** Of several windows each has the samples behind its start, up to its end, which comes last. */
    private List<LatentGrid.Samples> view(int first) {
        if (!architecture.marches()) {
            return List.of(new LatentGrid.Samples(first, stride, samples));
        }
        return first == 0
                ? List.of(new LatentGrid.Samples(stride, stride, samples + 1))
                : List.of(
                        new LatentGrid.Samples(first, stride, samples + 1),
                        new LatentGrid.Samples(samples, 1, samples + 1));
    }

    int windows() {
        return architecture.windows();
    }

    /** Places in a window that {@link #fromStates} looks at, from 1. */
    int[] places(int first) {
        return view(first).stream()
                .flatMapToInt(wanted -> IntStream.range(0, wanted.count()).map(wanted::index))
                .toArray();
    }

    /**
     * @param vector all parameters, shape [parameters]
     * @param currents scaled, shape [batch, 1, sample]
     * @param first sample of the trajectories, below the stride
     * @return standardised state variables, shape [batch, variable, wanted sample]
     */
    NDArray forward(NDArray vector, NDArray currents, int first) {
        TorchPass.Weights weights = pass.weights(vector);
        long batch = currents.getShape().get(0);
        NDArray z = architecture.marches()
                ? march(weights, windows(currents), first)
                : pass.forward(weights, currents.reshape(batch, samples, 1), null, first);
        return z.transpose(0, 2, 1);
    }

    private NDArray march(TorchPass.Weights weights, NDArray windows, int first) {
        NDArray state = initial.broadcast(windows.getShape().get(0), 1, architecture.variables());
        NDList wanted = new NDList();
        if (first == 0) {
            wanted.add(state);
        }
        int ofWindow = samples / stride;
        for (int window = 0; window < architecture.windows(); window++) {
            NDArray z = pass.forward(weights, windows.get(":, %d".formatted(window)), state, first);
            state = z.get(":, -1:");
            // The end of the last window is beyond the grid.
            boolean beyond = first == 0 && window == architecture.windows() - 1;
            wanted.add(z.get(":, :%d".formatted(beyond ? ofWindow - 1 : ofWindow)));
        }
        return NDArrays.concat(
                wanted.stream().filter(z -> z.size() > 0).collect(NDList::new, NDList::add, NDList::addAll), 1);
    }

    /**
     * All windows at once, each from a state that is given.
     *
     * @param states standardised, at the starts of the windows, shape [batch, window, variable]
     * @return standardised state variables, shape [batch, window, place, variable]
     */
    NDArray fromStates(NDArray vector, NDArray currents, NDArray states, int first) {
        long all = currents.getShape().get(0) * architecture.windows();
        NDArray z = pass.forward(
                pass.weights(vector),
                windows(currents).reshape(all, samples + 1, 1),
                states.reshape(all, 1, architecture.variables()),
                first);
        return z.reshape(-1, architecture.windows(), z.getShape().get(1), architecture.variables());
    }

    /** Nothing is seen of what comes behind a window: shape [batch, window, sample and end, 1]. */
    private NDArray windows(NDArray currents) {
        long batch = currents.getShape().get(0);
        NDArray windows = currents.reshape(batch, architecture.windows(), samples, 1);
        return windows.concat(currents.getManager().zeros(new Shape(batch, architecture.windows(), 1, 1)), 2);
    }
}
