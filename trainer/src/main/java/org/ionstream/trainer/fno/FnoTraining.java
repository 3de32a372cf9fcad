package org.ionstream.trainer.fno;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Trains an FNO on the mean relative L2 error in standardised space with AdamW; keeps the parameters with the lowest
 * validation error. The same seed, start and thread count give the same bits, also across a stop and resume.
 */
public final class FnoTraining {
    private static final int EVALUATION_BATCH = 64;
    private static final int STEPS_PER_REPORT = 25;

    /**
     * @param step done
     * @param steps in all
     * @param loss mean over the steps since the last report
     * @param validationError of the last look, infinite before the first
     * @param bestError lowest so far
     * @param secondsLeft at the speed so far
     */
    public record Progress(
            int step, int steps, double loss, double validationError, double bestError, double secondsLeft) {}

    /** The best parameters and their validation error. */
    public record Result(FnoParameters parameters, double validationError, int steps) {}

    private final TrainingSettings settings;
    private final Normalisation normalisation;
    private final TrajectorySet training;
    private final TrajectorySet validation;

    public FnoTraining(
            TrainingSettings settings, Normalisation normalisation, TrajectorySet training, TrajectorySet validation) {
        this.settings = settings;
        this.normalisation = normalisation;
        this.training = training;
        this.validation = validation;
    }

    /**
     * @param start parameters to begin with, unless the checkpoint has later ones
     * @param checkpointFile written at every validation, if given
     * @throws IllegalStateException if the loss is no longer finite
     * @throws CancellationException if the thread is interrupted; the checkpoint stands
     */
    public Result run(FnoParameters start, Optional<Path> checkpointFile, Consumer<Progress> progress) {
        Engine engine = PyTorch.engine(settings.threads());
        Checkpoint checkpoint = checkpointFile
                .flatMap(file -> Checkpoint.read(file, start.values().length))
                .orElseGet(() -> Checkpoint.start(start));
        try (NDManager manager = engine.newBaseManager(PyTorch.device())) {
            Run run = new Run(engine, manager, start.architecture(), checkpoint);
            return run.toEnd(checkpointFile, progress);
        }
    }

    private final class Run {
        private final Engine engine;
        private final NDManager manager;
        private final FnoArchitecture architecture;
        private final TorchFno network;
        private final NDArray vector;
        private final AdamW optimiser;
        /** 0 where the training set has one value only, as at t = 0, else 1; shape [1, variable, sample]. */
        private final NDArray spread;

        private final int firstStep;
        private int step;
        private float[] best;
        private double bestError;
        private double validationError = Double.POSITIVE_INFINITY;

        Run(Engine engine, NDManager manager, FnoArchitecture architecture, Checkpoint checkpoint) {
            this.engine = engine;
            this.manager = manager;
            this.architecture = architecture;
            this.network = new TorchFno(architecture, training.grid(), manager);
            this.vector = manager.create(checkpoint.vector(), new Shape(checkpoint.vector().length));
            this.optimiser = new AdamW(
                    manager,
                    checkpoint.first(),
                    checkpoint.second(),
                    settings.weightDecay(),
                    settings.largestGradientNorm());
            this.spread = manager.create(
                    normalisation.spread(),
                    new Shape(1, training.variables(), training.grid().samples()));
            this.firstStep = checkpoint.step();
            this.step = checkpoint.step();
            this.best = checkpoint.best();
            this.bestError = checkpoint.bestError();
        }

        Result toEnd(Optional<Path> checkpointFile, Consumer<Progress> progress) {
            long started = System.nanoTime();
            double lossSum = 0;
            int lossCount = 0;
            while (step < settings.steps()) {
                lossSum += trainOn(protocolsOf(step));
                lossCount++;
                step++;
                boolean last = step == settings.steps();
                if (last || step % settings.stepsPerValidation() == 0) {
                    validate();
                    checkpointFile.ifPresent(this::write);
                }
                if (last || step % STEPS_PER_REPORT == 0) {
                    double secondsPerStep = (System.nanoTime() - started) / 1e9 / (step - firstStep);
                    progress.accept(new Progress(
                            step,
                            settings.steps(),
                            lossSum / lossCount,
                            validationError,
                            bestError,
                            secondsPerStep * (settings.steps() - step)));
                    lossSum = 0;
                    lossCount = 0;
                }
            }
            return new Result(FnoParameters.of(architecture, best), bestError, step);
        }

        private double trainOn(int[] protocols) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training interrupted at step " + step);
            }
            try (NDScope scope = new NDScope();
                    var gradients = engine.newGradientCollector()) {
                scope.suppressNotUsedWarning();
                NDArray trainable = vector.duplicate();
                trainable.setRequiresGradient(true);
                NDArray loss = error(trainable, training, protocols).mean();
                gradients.backward(loss);
                float value = loss.getFloat();
                if (!Float.isFinite(value)) {
                    throw new IllegalStateException("loss is %s at step %d; lower the peak learning rate, now %s"
                            .formatted(value, step, settings.peakLearningRate()));
                }
                optimiser.update(vector, trainable.getGradient(), settings.learningRate(step), step + 1);
                return value;
            }
        }

        private void validate() {
            double sum = 0;
            for (int from = 0; from < validation.size(); from += EVALUATION_BATCH) {
                int count = Math.min(EVALUATION_BATCH, validation.size() - from);
                int[] protocols = IntStream.range(from, from + count).toArray();
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    sum += error(vector, validation, protocols).sum().getFloat();
                }
            }
            validationError = sum / validation.size();
            if (validationError < bestError) {
                bestError = validationError;
                best = vector.toFloatArray();
            }
        }

        /** Relative L2 per protocol, mean over the variables; shape [batch]. */
        private NDArray error(NDArray parameters, TrajectorySet set, int[] protocols) {
            int samples = set.grid().samples();
            int variables = set.variables();
            float[] currents = new float[protocols.length * samples];
            float[] targets = new float[protocols.length * variables * samples];
            for (int i = 0; i < protocols.length; i++) {
                float[] current = set.currents()[protocols[i]];
                for (int sample = 0; sample < samples; sample++) {
                    currents[i * samples + sample] = current[sample] / normalisation.currentScale();
                }
                normalisation.standardise(set, protocols[i], targets, i * variables * samples);
            }
            NDArray input = manager.create(currents, new Shape(protocols.length, 1, samples));
            NDArray target = manager.create(targets, new Shape(protocols.length, variables, samples));
            int[] time = {2};
            NDArray distance = network.forward(parameters, input)
                    .sub(target)
                    .mul(spread)
                    .square()
                    .sum(time)
                    .sqrt();
            return distance.div(target.square().sum(time).sqrt()).mean(new int[] {1});
        }

        private void write(Path file) {
            new Checkpoint(step, vector.toFloatArray(), optimiser.first(), optimiser.second(), best, bestError)
                    .write(file);
        }
    }

    /** Protocols of a step: each epoch goes through all of them once, in an order that depends on seed and epoch only. */
    private int[] protocolsOf(int step) {
        int stepsPerEpoch = Math.max(1, training.size() / settings.batch());
        int[] order = orderOf(step / stepsPerEpoch);
        int from = step % stepsPerEpoch * settings.batch();
        int[] protocols = new int[Math.min(settings.batch(), order.length)];
        System.arraycopy(order, from, protocols, 0, protocols.length);
        return protocols;
    }

    private int cachedEpoch = -1;
    private int[] cachedOrder;

    private int[] orderOf(int epoch) {
        if (epoch != cachedEpoch) {
            SplittableRandom random = new SplittableRandom(settings.seed() + 0x9E3779B97F4A7C15L * (epoch + 1));
            int[] order = IntStream.range(0, training.size()).toArray();
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
            cachedOrder = order;
            cachedEpoch = epoch;
        }
        return cachedOrder;
    }
}
