package org.ionstream.surrogate.fno;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.wire.AvroWire;
import org.ionstream.schemas.wire.UnreadableMessageException;

/**
 * An ONNX file that has passed every check that needs no runtime: it is self-contained, uses only the operators of an FNO,
 * and its graph, its model card and the catalogue of cell models agree. Whoever holds one need not check again.
 *
 * <p>Immutable, but for the bytes, which are not copied.
 */
public final class OnnxModelFile {
    /** A model of 506 377 parameters is 4 MB; sixteen times the largest that was ever useful. */
    public static final int LARGEST_BYTES = 64 << 20;

    /** Key in the ONNX metadata: a {@link Calibration} in Avro single-object encoding, base64. */
    public static final String CALIBRATION_KEY = "ionstream.calibration";

    private static final AvroWire<Calibration> CALIBRATION = new AvroWire<>(Calibration.class);

    private final byte[] bytes;
    private final ModelCard card;
    private final Optional<Calibration> calibration;
    private final Map<String, TensorProto> initializers;
    private final GraphProto graph;

    private OnnxModelFile(
            byte[] bytes,
            ModelCard card,
            Optional<Calibration> calibration,
            Map<String, TensorProto> initializers,
            GraphProto graph) {
        this.graph = graph;
        this.bytes = bytes;
        this.card = card;
        this.calibration = calibration;
        this.initializers = initializers;
    }

    /** @throws UnusableModelException naming the rule that is broken, the numbers and the remedy */
    public static OnnxModelFile parse(byte[] bytes) {
        if (bytes.length > LARGEST_BYTES) {
            throw new UnusableModelException("ONNX file of %d bytes; at most %d are loaded: export fewer parameters"
                    .formatted(bytes.length, LARGEST_BYTES));
        }
        PartCount.check(bytes);
        ModelProto model;
        try {
            model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UnusableModelException(
                    "%d bytes are not an ONNX file: %s; export it again".formatted(bytes.length, e.getMessage()), e);
        }
        GraphCheck.pass(model);
        ModelCard card = CardCheck.passed(model);
        GraphSize.of(model.getGraph(), 1, card.samples());
        Map<String, TensorProto> initializers = new LinkedHashMap<>();
        model.getGraph().getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        return new OnnxModelFile(bytes, card, calibration(model), initializers, model.getGraph());
    }

    /**
     * What the graph takes on such a batch.
     *
     * @throws UnusableModelException if that is more than an FNO needs; to be asked before a runtime gets the file
     */
    GraphSize sizeOf(int batch) {
        return GraphSize.of(graph, batch, card.samples());
    }

    /** The same file with this error in its card, measured where it is released. */
    public OnnxModelFile withExpectedRelativeL2(double expectedRelativeL2) {
        return withMetadata(
                ModelCard.METADATA_KEY,
                card.withExpectedRelativeL2(expectedRelativeL2).toJson());
    }

    /** The same file with this calibration instead of its own, if it has one. */
    public OnnxModelFile withCalibration(Calibration calibration) {
        return withMetadata(CALIBRATION_KEY, Base64.getEncoder().encodeToString(CALIBRATION.encode(calibration)));
    }

    private OnnxModelFile withMetadata(String key, String value) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
            List<StringStringEntryProto> others = model.getMetadataPropsList().stream()
                    .filter(entry -> !entry.getKey().equals(key))
                    .toList();
            model.clearMetadataProps().addAllMetadataProps(others);
            model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value));
            return parse(model.build().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("bytes that were parsed before", e);
        }
    }

    /** What errors to expect of it, as the file says; empty: it does not say. */
    public Optional<Calibration> calibration() {
        return calibration;
    }

    /** @throws IllegalArgumentException if the file has none */
    public Calibration requiredCalibration() {
        return calibration.orElseThrow(() -> new IllegalArgumentException(
                "model %s is not calibrated; export it again with this program".formatted(card.modelId())));
    }

    private static Optional<Calibration> calibration(ModelProto model) {
        return model.getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().equals(CALIBRATION_KEY))
                .map(StringStringEntryProto::getValue)
                .findFirst()
                .map(OnnxModelFile::calibration);
    }

    private static Calibration calibration(String base64) {
        try {
            return CALIBRATION.decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException | UnreadableMessageException e) {
            throw new UnusableModelException(
                    "metadata %s: %s; calibrate the model again".formatted(CALIBRATION_KEY, e.getMessage()), e);
        }
    }

    public ModelCard card() {
        return card;
    }

    /** The file itself; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Names of the float32 initializers, in the file's order. */
    public Set<String> weightNames() {
        return initializers.values().stream()
                .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE)
                .map(TensorProto::getName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Of an initializer, whatever its type. */
    public List<Long> shape(String name) {
        return List.copyOf(initializer(name).getDimsList());
    }

    /**
     * A float32 initializer, flat in row-major order.
     *
     * @throws IllegalArgumentException if there is none of this name
     * @throws UnusableModelException if its values do not fill its shape
     */
    public float[] weights(String name) {
        TensorProto tensor = initializer(name);
        if (tensor.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
            throw new IllegalArgumentException(
                    "initializer '%s' is of ONNX type %d, not float32".formatted(name, tensor.getDataType()));
        }
        float[] weights = tensor.hasRawData() ? raw(tensor) : listed(tensor);
        long wanted = LongStream.of(shapeOf(tensor)).reduce(1, (a, b) -> a * b);
        if (weights.length != wanted) {
            throw new UnusableModelException("initializer '%s' has %d values for shape %s; export the model again"
                    .formatted(name, weights.length, tensor.getDimsList()));
        }
        return weights;
    }

    private TensorProto initializer(String name) {
        TensorProto tensor = initializers.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no initializer '%s' in model %s; it has %s"
                    .formatted(name, card.modelId(), initializers.keySet()));
        }
        return tensor;
    }

    private static long[] shapeOf(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }

    private static float[] raw(TensorProto tensor) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[raw.remaining() / Float.BYTES];
        raw.asFloatBuffer().get(values);
        return values;
    }

    private static float[] listed(TensorProto tensor) {
        float[] values = new float[tensor.getFloatDataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.getFloatData(i);
        }
        return values;
    }
}
