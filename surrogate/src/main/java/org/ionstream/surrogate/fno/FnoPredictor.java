package org.ionstream.surrogate.fno;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A Fourier Neural Operator (Li et al., "Fourier Neural Operator for Parametric Partial Differential Equations", 2021,
 * arXiv 2010.08895) in service: stimulus currents in, trajectories of all state variables out. When the constructor returns,
 * every batch size has run once.
 *
 * <p>A batch is cut into buckets of fixed size, the last one filled up with zero current. What one protocol gets does not
 * depend on its neighbours; the bucket size can change the last bits, as the order of sums in a matrix product does.
 *
 * <p>Not thread-safe: one thread at a time, with a hand-over in between.
 */
public final class FnoPredictor implements AutoCloseable {
    /**
     * @param device where to run
     * @param threads of the CPU within one operator; 0: as many as there are cores
     * @param largestBatch in one run of the graph, a power of two
     */
    public record Settings(ComputeDevice device, int threads, int largestBatch) {
        /** For work beside the stream, with figures that do not depend on the machine's devices. */
        public static final Settings ON_CPU = new Settings(ComputeDevice.CPU, 0, 64);

        public Settings {
            if (threads < 0) {
                throw new IllegalArgumentException("%d threads; give 0 for one per core, or more".formatted(threads));
            }
            new BatchBuckets(largestBatch);
        }

        /** With the device that AUTO comes to; throws {@link IllegalStateException} if CUDA is asked for and absent. */
        public Settings resolved() {
            return new Settings(device.resolved(), threads, largestBatch);
        }
    }

    private final ModelCard card;
    private final ComputeDevice device;
    private final BatchBuckets buckets;
    private final FloatBuffer currents;
    private final Model model;
    private final Predictor<Integer, FloatBuffer> predictor;

    /**
     * @throws UnusableModelException if the graph is too large for the largest batch, the runtime refuses it or its output has
     *     another shape than its card says
     * @throws IllegalStateException if CUDA is asked for and absent
     */
    public FnoPredictor(OnnxModelFile file, Settings settings) {
        this.card = file.card();
        this.device = settings.device().resolved();
        this.buckets = new BatchBuckets(settings.largestBatch());
        file.sizeOf(buckets.largest());
        this.currents = ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES * card.samples(), buckets.largest()))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.model = OnnxEngine.load(file, device, settings.threads());
        this.predictor = model.newPredictor(new WholeBatch());
        try {
            buckets.all().forEach(this::run);
        } catch (RuntimeException e) {
            close();
            throw new UnusableModelException(
                    "model %s does not run on %s: %s; export it again"
                            .formatted(card.modelId(), device, e.getMessage()),
                    e);
        }
    }

    public ModelCard card() {
        return card;
    }

    /** CPU or CUDA. */
    public ComputeDevice device() {
        return device;
    }

    /** In one run of the graph. */
    public int largestBatch() {
        return buckets.largest();
    }

    /**
     * @param batch shape [protocol][sample], mean current over each cell of the model's grid
     * @return shape [protocol][variable][sample], in each variable's unit
     */
    public float[][][] predict(float[][] batch) {
        float[][][] trajectories = new float[batch.length][card.variables().size()][card.samples()];
        for (int from = 0; from < batch.length; ) {
            int bucket = buckets.next(batch.length - from);
            int to = Math.min(batch.length, from + bucket);
            fill(batch, from, to, bucket);
            FloatBuffer predicted = run(bucket);
            for (int protocol = from; protocol < to; protocol++) {
                for (float[] row : trajectories[protocol]) {
                    predicted.get(row);
                }
            }
            from = to;
        }
        return trajectories;
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private void fill(float[][] batch, int from, int to, int bucket) {
        for (int protocol = from; protocol < to; protocol++) {
            if (batch[protocol].length != card.samples()) {
                throw new IllegalArgumentException("current of %d samples for model %s of %d; use its grid"
                        .formatted(batch[protocol].length, card.modelId(), card.samples()));
            }
            currents.put((protocol - from) * card.samples(), batch[protocol]);
        }
        float[] zero = to - from < bucket ? new float[card.samples()] : null;
        for (int empty = to - from; empty < bucket; empty++) {
            currents.put(empty * card.samples(), zero);
        }
    }

    /** @return shape [bucket][variable][sample], flat */
    private FloatBuffer run(int bucket) {
        try {
            FloatBuffer predicted = predictor.predict(bucket);
            int wanted = bucket * card.variables().size() * card.samples();
            if (predicted.remaining() != wanted) {
                throw new IllegalStateException("%d values for a batch of %d, the card says %d"
                        .formatted(predicted.remaining(), bucket, wanted));
            }
            return predicted;
        } catch (TranslateException e) {
            throw new IllegalStateException(
                    "model %s failed on %s in a batch of %d: %s"
                            .formatted(card.modelId(), device, bucket, e.getMessage()),
                    e);
        }
    }

    /** One tensor in, without a copy; one out, copied once. Bucket size to trajectories, flat. */
    private final class WholeBatch implements NoBatchifyTranslator<Integer, FloatBuffer> {
        @Override
        public NDList processInput(TranslatorContext context, Integer bucket) {
            Shape shape = new Shape(bucket, card.samples());
            FloatBuffer filled = currents.slice(0, bucket * card.samples());
            return new NDList(context.getNDManager().create(filled, shape, DataType.FLOAT32));
        }

        @Override
        public FloatBuffer processOutput(TranslatorContext context, NDList outputs) {
            NDArray output = outputs.singletonOrThrow();
            long[] shape = output.getShape().getShape();
            if (shape.length != 3 || shape[1] != card.variables().size() || shape[2] != card.samples()) {
                throw new IllegalStateException("output of shape %s, the card says [batch, %d, %d]"
                        .formatted(Arrays.toString(shape), card.variables().size(), card.samples()));
            }
            return output.toByteBuffer().asFloatBuffer();
        }
    }
}
