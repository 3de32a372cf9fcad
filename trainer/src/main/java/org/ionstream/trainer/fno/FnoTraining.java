package org.ionstream.trainer.fno;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ionstream.surrogate.fno.ComputeDevice;

/**
 * Trains an FNO on the mean relative L2 error in standardised space; keeps the parameters with the lowest validation error.
 * The same seed, start and thread count give the same bits, also across a stop and resume.
 */
public final class FnoTraining {
    private static final int EVALUATION_BATCH = 64;
    private static final int LEAST_STEPS_PER_REPORT = 25;
    private static final int REPORTS = 400;
    /** Of a variable's standard deviation: what moves less is not worth a relative error. */
    private static final float LEAST_EXCURSION = 1e-3f;

    /**
     * @param step done
     * @param steps in all
     * @param loss mean over the steps since the last report
     * @param validationError of the last look, infinite before the first
     * @param bestError lowest so far
     * @param secondsLeft at the speed so far
     * @param validated whether the last look was just now
     */
    public record Progress(
            int step,
            int steps,
            double loss,
            double validationError,
            double bestError,
            double secondsLeft,
            boolean validated) {}

    /** The best parameters and their validation error. */
    public record Result(FnoParameters parameters, double validationError, int steps) {}

    private final TrainingSettings settings;
    private final Normalisation normalisation;
    private final TrainingData training;
    private final TrajectorySet validation;
    private final double horizonMs;
    private final ComputeDevice device;

    /** @param horizonMs that the network is of; the grid may end a little before or beyond it */
    public FnoTraining(
            TrainingSettings settings,
            Normalisation normalisation,
            TrainingData training,
            TrajectorySet validation,
            double horizonMs,
            ComputeDevice device) {
        this.horizonMs = horizonMs;
        this.device = device;
        this.settings = settings;
        this.normalisation = normalisation;
        this.training = training;
        this.validation = validation;
    }

    /** A file to go on from, and what is being trained: a file of something else is refused. */
    public record Resume(Path file, String run) {}

    /**
     * @param start parameters to begin with, unless the checkpoint has later ones
     * @param resume its checkpoint is written at every validation, if given
     * @throws IllegalStateException if the loss is no longer finite, or CUDA is asked for and absent
     * @throws CancellationException if the thread is interrupted; the checkpoint stands
     */
    public Result run(FnoParameters start, Optional<Resume> resume, Consumer<Progress> progress) {
        Engine engine = PyTorch.engine(settings.threads());
        Checkpoint checkpoint = resume.flatMap(
                        from -> Checkpoint.read(from.file()).map(found -> found.of(from.run(), start, from.file())))
                .orElseGet(() -> Checkpoint.start(resume.map(Resume::run).orElse(""), start));
        try (NDManager manager = engine.newBaseManager(PyTorch.on(engine, device))) {
            Run run = new Run(engine, manager, start, checkpoint);
            return run.toEnd(resume.map(Resume::file), progress);
        }
    }

    private final class Run {
        private final Engine engine;
        private final NDManager manager;
        private final FnoArchitecture architecture;
        /** Computes what a step looks at. */
        private final TorchFno network;
        /** Computes all samples. */
        private final TorchFno complete;

        private final NDArray vector;
        private final Optimiser optimiser;
        private final String description;
        private final int firstStep;
        private int step;
        private float[] best;
        private double bestError;
        private int bestStep;
        private double validationError = Double.POSITIVE_INFINITY;
        private final long started = System.nanoTime();
        private double lossSum;
        private int lossCount;

        Run(Engine engine, NDManager manager, FnoParameters start, Checkpoint checkpoint) {
            this.engine = engine;
            this.manager = manager;
            this.architecture = start.architecture();
            this.complete = new TorchFno(architecture, validation.grid(), horizonMs, 1, manager);
            this.network = settings.stride() == 1
                    ? complete
                    : new TorchFno(architecture, validation.grid(), horizonMs, settings.stride(), manager);
            this.vector = manager.create(checkpoint.vector(), new Shape(checkpoint.vector().length));
            this.optimiser = switch (settings.optimiser()) {
                case ADAMW -> new AdamW(manager, checkpoint.vector().length, settings.weightDecay());
                case SOAP -> new Soap(manager, start, settings.weightDecay());
            };
            if (!checkpoint.optimiser().isEmpty()) {
                optimiser.restore(checkpoint.optimiser());
            }
            this.description = checkpoint.run();
            this.firstStep = checkpoint.step();
            this.step = checkpoint.step();
            this.best = checkpoint.best();
            this.bestError = checkpoint.bestError();
            this.bestStep = checkpoint.bestStep();
        }

        Result toEnd(Optional<Path> checkpointFile, Consumer<Progress> progress) {
            int stepsPerReport = Math.max(LEAST_STEPS_PER_REPORT, settings.steps() / REPORTS);
            while (step < settings.steps() && !isOutOfPatience()) {
                lossSum += train();
                lossCount++;
                step++;
                boolean last = step == settings.steps();
                boolean validated = last || step % settings.stepsPerValidation() == 0;
                if (validated) {
                    validate();
                    checkpointFile.ifPresent(this::write);
                }
                if (validated || step % stepsPerReport == 0) {
                    progress.accept(progress(validated));
                }
            }
            return new Result(FnoParameters.of(architecture, best), bestError, step);
        }

        private boolean isOutOfPatience() {
            return settings.patience() > 0 && step - bestStep >= settings.patience() * settings.stepsPerValidation();
        }

        private Progress progress(boolean validated) {
            double secondsPerStep = (System.nanoTime() - started) / 1e9 / (step - firstStep);
            Progress progress = new Progress(
                    step,
                    settings.steps(),
                    lossSum / lossCount,
                    validationError,
                    bestError,
                    secondsPerStep * (settings.steps() - step),
                    validated);
            lossSum = 0;
            lossCount = 0;
            return progress;
        }

        private double train() {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training interrupted at step " + step);
            }
            try (NDScope scope = new NDScope();
                    var gradients = engine.newGradientCollector()) {
                scope.suppressNotUsedWarning();
                NDArray trainable = vector.duplicate();
                trainable.setRequiresGradient(true);
                NDArray loss = loss(trainable, batchOf(step)).mean();
                gradients.backward(loss);
                float value = loss.getFloat();
                if (!Float.isFinite(value)) {
                    throw new IllegalStateException("loss is %s at step %d; lower the peak learning rate, now %s"
                            .formatted(value, step, settings.peakLearningRate()));
                }
                optimiser.update(vector, clipped(trainable.getGradient()), settings.learningRate(step), step + 1);
                return value;
            }
        }

        private NDArray clipped(NDArray gradient) {
            float norm = gradient.norm().getFloat();
            return norm > settings.largestGradientNorm()
                    ? gradient.mul((float) settings.largestGradientNorm() / norm)
                    : gradient;
        }

        private void validate() {
            double sum = 0;
            for (int from = 0; from < validation.size(); from += EVALUATION_BATCH) {
                int count = Math.min(EVALUATION_BATCH, validation.size() - from);
                int[] protocols = IntStream.range(from, from + count).toArray();
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    sum += error(vector, new Batch(complete, validation, protocols, 0, 1))
                            .sum()
                            .getFloat();
                }
            }
            validationError = sum / validation.size();
            if (validationError < bestError) {
                bestError = validationError;
                bestStep = step;
                best = vector.toFloatArray();
            }
        }

        /** Relative L2 per protocol, mean over the variables; shape [batch]. */
        private NDArray error(NDArray parameters, Batch batch) {
            NDArray target = target(batch);
            return relative(difference(parameters, batch, target), target).mean(new int[] {1});
        }

        /** The error, and the one relative to the excursion if it has a weight. */
        private NDArray loss(NDArray parameters, Batch batch) {
            NDArray target = target(batch);
            NDArray difference = difference(parameters, batch, target);
            NDArray error = relative(difference, target).mean(new int[] {1});
            if (settings.excursionWeight() == 0) {
                return error;
            }
            int variables = batch.set().variables();
            Shape perSample = new Shape(1, variables, batch.wanted().count());
            NDArray deviation = manager.create(normalisation.deviations(batch.wanted()), perSample);
            NDArray rest = manager.create(rest(batch.wanted()), perSample);
            NDArray least = norm(deviation).mul(LEAST_EXCURSION);
            NDArray excursion = norm(target.sub(rest).mul(deviation)).maximum(least);
            NDArray ofExcursion = norm(difference.mul(deviation)).div(excursion).mean(new int[] {1});
            return error.add(ofExcursion.mul((float) settings.excursionWeight()));
        }

        private NDArray difference(NDArray parameters, Batch batch, NDArray target) {
            TrajectorySet set = batch.set();
            int protocols = batch.protocols().length;
            int samples = set.grid().samples();
            float[] currents = new float[protocols * samples];
            for (int i = 0; i < protocols; i++) {
                float[] current = set.currents()[batch.protocols()[i]];
                for (int sample = 0; sample < samples; sample++) {
                    currents[i * samples + sample] = current[sample] / normalisation.currentScale();
                }
            }
            NDArray input = manager.create(currents, new Shape(protocols, 1, samples));
            NDArray spread = manager.create(
                    normalisation.spread(batch.wanted()),
                    new Shape(1, set.variables(), batch.wanted().count()));
            return batch.network()
                    .forward(parameters, input, batch.first())
                    .sub(target)
                    .mul(spread);
        }

        private NDArray target(Batch batch) {
            int protocols = batch.protocols().length;
            int perProtocol = batch.set().variables() * batch.wanted().count();
            float[] targets = new float[protocols * perProtocol];
            for (int i = 0; i < protocols; i++) {
                normalisation.standardise(batch.set(), batch.protocols()[i], batch.wanted(), targets, i * perProtocol);
            }
            return manager.create(
                    targets,
                    new Shape(protocols, batch.set().variables(), batch.wanted().count()));
        }

        private NDArray relative(NDArray difference, NDArray target) {
            return norm(difference).div(norm(target));
        }

        /** Over time; shape [protocol, variable]. */
        private NDArray norm(NDArray signals) {
            return signals.square().sum(new int[] {2}).sqrt();
        }

        /** The standardised trajectory without stimulus, row by row. */
        private float[] rest(LatentGrid.Samples wanted) {
            float[] rest = new float[validation.variables() * wanted.count()];
            normalisation.standardise(validation, unstimulated(), wanted, rest, 0);
            return rest;
        }

        private int unstimulated() {
            return IntStream.range(0, validation.size())
                    .filter(protocol -> isZero(validation.currents()[protocol]))
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

        /** Protocols of a step, in an order that depends on seed and epoch only; all of an epoch's before the next. */
        private Batch batchOf(int step) {
            int stepsPerEpoch = (training.protocols() + settings.batch() - 1) / settings.batch();
            int epoch = step / stepsPerEpoch;
            int[] order = orderOf(epoch);
            int from = step % stepsPerEpoch * settings.batch();
            int[] protocols = Arrays.copyOfRange(order, from, Math.min(order.length, from + settings.batch()));
            int first = random(settings.seed(), -1L - step).nextInt(settings.stride());
            return new Batch(network, training.epoch(epoch), protocols, first, settings.stride());
        }

        private void write(Path file) {
            new Checkpoint(description, step, vector.toFloatArray(), best, bestError, bestStep, optimiser.state())
                    .write(file);
        }
    }

    /**
     * Trajectories that one look is at.
     *
     * @param network computes every stride-th sample
     * @param first sample looked at
     */
    private record Batch(TorchFno network, TrajectorySet set, int[] protocols, int first, int stride) {
        LatentGrid.Samples wanted() {
            return new LatentGrid.Samples(first, stride, set.grid().samples());
        }
    }

    private static SplittableRandom random(long seed, long number) {
        return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (number + 1));
    }

    private int cachedEpoch = -1;
    private int[] cachedOrder;

    private int[] orderOf(int epoch) {
        if (epoch != cachedEpoch) {
            SplittableRandom random = random(settings.seed(), epoch);
            int[] order = IntStream.range(0, training.protocols()).toArray();
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
