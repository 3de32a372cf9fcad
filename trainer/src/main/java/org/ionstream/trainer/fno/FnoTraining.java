package org.ionstream.trainer.fno;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains an FNO on the mean relative L2 error in standardised space; keeps the parameters with the lowest validation error.
 * The same seed, start and thread count give the same bits, also across a stop and resume.
 */
public final class FnoTraining {
    private static final Logger LOG = LoggerFactory.getLogger(FnoTraining.class);
    private static final int LEAST_STEPS_PER_REPORT = 25;
    private static final int REPORTS = 400;
    private static final int MOST_LEFT_OUT = 3;

    /**
     * @param step done
     * @param steps in all
     * @param loss mean over the steps since the last report
     * @param validationError of the last look, infinite before the first
     * @param validationErrors of each validation set at the last look; empty before the first
     * @param bestError lowest so far
     * @param secondsLeft at the speed so far
     * @param validated whether the last look was just now
     */
    public record Progress(
            int step,
            int steps,
            double loss,
            double validationError,
            List<Double> validationErrors,
            double bestError,
            double secondsLeft,
            boolean validated) {}

    /** The best parameters and their validation error. */
    public record Result(FnoParameters parameters, double validationError, int steps) {}

    private final TrainingSettings settings;
    private final Normalisation normalisation;
    private final TrainingData training;
    private final Validation validation;
    private final double horizonMs;
    private final ComputeDevice device;

    /**
     * @param validations sets on one grid: the error is the mean over the protocols of all
     * @param horizonMs that the network is of; the grid may end a little before or beyond it
     */
    public FnoTraining(
            TrainingSettings settings,
            Normalisation normalisation,
            TrainingData training,
            List<TrajectorySet> validations,
            double horizonMs,
            ComputeDevice device) {
        this.horizonMs = horizonMs;
        this.device = device;
        this.settings = settings;
        this.normalisation = normalisation;
        this.training = training;
        this.validation = new Validation(validations);
    }

    /** A file to go on from, and what is being trained: a file of something else is refused. */
    public record Resume(Path file, String run) {}

    /**
     * @param start parameters to begin with, unless the checkpoint has later ones
     * @param resume its checkpoint is written at every validation, if given
     * @throws DivergedException if the loss is not finite in several steps in a row
     * @throws IllegalStateException if CUDA is asked for and absent
     * @throws CancellationException if the thread is interrupted; the checkpoint stands
     */
    public Result run(FnoParameters start, Optional<Resume> resume, Consumer<Progress> progress) {
        return run(start, resume, settings.steps(), progress);
    }

    /**
     * The same, but not to its end: the learning rate is that of the whole training, and from the checkpoint it can go on.
     *
     * @param until step after which to stop, at most the steps of the settings
     */
    public Result run(FnoParameters start, Optional<Resume> resume, int until, Consumer<Progress> progress) {
        if (until < 1 || until > settings.steps()) {
            throw new IllegalArgumentException(
                    "training until step %d of %d; stop at one of them".formatted(until, settings.steps()));
        }
        Engine engine = PyTorch.engine(settings.threads());
        Checkpoint checkpoint = resume.flatMap(
                        from -> Checkpoint.read(from.file()).map(found -> found.of(from.run(), start, from.file())))
                .orElseGet(() -> Checkpoint.start(resume.map(Resume::run).orElse(""), start));
        try (NDManager manager = engine.newBaseManager(PyTorch.on(engine, device))) {
            Run run = new Run(engine, manager, start, checkpoint, until);
            return run.toEnd(resume.map(Resume::file), progress);
        }
    }

    /** Per protocol, shape [batch]. */
    private interface StepLoss {
        NDArray of(
                NDArray parameters,
                TrajectorySet set,
                int[] protocols,
                int averaged,
                int first,
                RandomGenerator random);
    }

    private final class Run {
        private final Engine engine;
        private final NDManager manager;
        private final FnoArchitecture architecture;
        /** At what a step looks at. */
        private final StepLoss ofSteps;
        /** At all samples of the training grid, and of the coarsest. */
        private final List<Validation.Grid> grids;

        private final NDArray vector;
        private final Optimiser optimiser;
        private final String description;
        private final int firstStep;
        private final int until;
        private int step;
        private float[] best;
        private double bestError;
        private int bestStep;
        private Validation.Look look = new Validation.Look(Double.POSITIVE_INFINITY, List.of());
        private final long started = System.nanoTime();
        private double lossSum;
        private int lossCount;
        /** Steps in a row. */
        private int leftOut;

        Run(Engine engine, NDManager manager, FnoParameters start, Checkpoint checkpoint, int until) {
            this.until = until;
            this.engine = engine;
            this.manager = manager;
            this.architecture = start.architecture();
            this.ofSteps = ofSteps();
            this.grids = IntStream.of(1, settings.coarsest())
                    .distinct()
                    .mapToObj(averaged -> new Validation.Grid(loss(network(averaged), averaged, 0), averaged))
                    .toList();
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

        private StepLoss ofSteps() {
            TorchFno network = network(settings.stride());
            if (architecture.marches()) {
                return new WindowLoss(network, normalisation, settings.excursionWeight(), manager)::loss;
            }
            FnoLoss loss = loss(network, settings.stride(), settings.excursionWeight());
            return (parameters, set, protocols, averaged, first, random) ->
                    loss.loss(parameters, set, protocols, averaged, first);
        }

        private FnoLoss loss(TorchFno network, int stride, double excursionWeight) {
            return new FnoLoss(network, stride, normalisation, excursionWeight, validation.all(), manager);
        }

        private TorchFno network(int stride) {
            float[] initial = architecture.initial(normalisation);
            return new TorchFno(architecture, validation.all().grid(), horizonMs, stride, initial, manager);
        }

        Result toEnd(Optional<Path> checkpointFile, Consumer<Progress> progress) {
            int stepsPerReport = Math.max(LEAST_STEPS_PER_REPORT, settings.steps() / REPORTS);
            while (step < until && !isOutOfPatience()) {
                lossSum += train();
                lossCount++;
                step++;
                boolean last = step == until;
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
                    until,
                    lossSum / lossCount,
                    look.error(),
                    look.ofSets(),
                    bestError,
                    secondsPerStep * (until - step),
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
                NDArray loss = loss(trainable).mean();
                gradients.backward(loss);
                float value = loss.getFloat();
                NDArray gradient = trainable.getGradient();
                float norm = gradient.norm().getFloat();
                if (!Float.isFinite(value) || !Float.isFinite(norm)) {
                    leaveOut(value, norm);
                    return lossCount == 0 ? 0 : lossSum / lossCount;
                }
                leftOut = 0;
                optimiser.update(vector, clipped(gradient, norm), settings.learningRate(step), step + 1);
                return value;
            }
        }

        /** One batch may overflow where the next does not; parameters that are not finite never come back. */
        private void leaveOut(float loss, float gradientNorm) {
            String found = "loss is %s, the norm of its gradient %s at step %d".formatted(loss, gradientNorm, step);
            if (++leftOut > MOST_LEFT_OUT) {
                throw new DivergedException(
                        "%s; lower the peak learning rate, now %s".formatted(found, settings.peakLearningRate()));
            }
            LOG.warn("{}: left out", found);
        }

        private NDArray clipped(NDArray gradient, float norm) {
            return norm > settings.largestGradientNorm()
                    ? gradient.mul((float) settings.largestGradientNorm() / norm)
                    : gradient;
        }

        private void validate() {
            look = validation.look(grids, vector);
            if (look.error() < bestError) {
                bestError = look.error();
                bestStep = step;
                best = vector.toFloatArray();
            }
        }

        /** Of this step's protocols: all of an epoch's before the next, in an order that depends on seed and epoch only. */
        private NDArray loss(NDArray parameters) {
            int stepsPerEpoch = (training.protocols() + settings.batch() - 1) / settings.batch();
            int epoch = step / stepsPerEpoch;
            int[] order = orderOf(epoch);
            int from = step % stepsPerEpoch * settings.batch();
            int[] protocols = Arrays.copyOfRange(order, from, Math.min(order.length, from + settings.batch()));
            SplittableRandom random = random(settings.seed(), -1L - step);
            int[] choices = settings.averaged();
            int averaged = choices[random.nextInt(choices.length)];
            int first = averaged * random.nextInt(settings.stride() / averaged);
            return ofSteps.of(parameters, training.epoch(epoch), protocols, averaged, first, random);
        }

        private void write(Path file) {
            new Checkpoint(description, step, vector.toFloatArray(), best, bestError, bestStep, optimiser.state())
                    .write(file);
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
