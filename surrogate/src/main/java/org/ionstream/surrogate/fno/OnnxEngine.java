package org.ionstream.surrogate.fno;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * DJL's ONNX Runtime engine, set up once per process. Where a graph runs is set on the session itself, not through DJL,
 * which only logs that CUDA is missing and goes on with the CPU.
 */
final class OnnxEngine {
    private static final String NAME = "OnnxRuntime";
    private static final int CUDA_DEVICE = 0;

    static {
        RuntimeTelemetry.disable();
        setUnlessSet("ai.djl.offline"); // neither downloads nor telemetry
        setUnlessSet("ai.djl.onnx.disable_alternative"); // else it borrows PyTorch, where that is on the class path
        Engine.getEngine(NAME); // must be the first to make ONNX Runtime's environment
    }

    private OnnxEngine() {}

    /**
     * From memory, so that no path of the model's choosing is opened.
     *
     * @throws UnusableModelException if the runtime refuses it
     */
    static Model load(OnnxModelFile file, ComputeDevice device, int threads) {
        Model model = Model.newInstance(file.card().modelId(), Device.cpu(), NAME);
        try (SessionOptions options = options(device, threads)) {
            model.load(new ByteArrayInputStream(file.bytes()), Map.of("sessionOptions", options));
            Files.deleteIfExists(model.getModelPath()); // DJL makes an empty directory per load
            return model;
        } catch (MalformedModelException | OrtException | IOException | RuntimeException e) {
            model.close();
            throw new UnusableModelException(
                    "model %s cannot be loaded on %s: %s; export it again with opset 17"
                            .formatted(file.card().modelId(), device, rootMessage(e)),
                    e);
        }
    }

    /**
     * Runs a batch of zero currents a few times under the runtime's profiler.
     *
     * @param prefix of the profile's path
     * @return the profile, which the caller deletes
     */
    static Path profile(OnnxModelFile file, ComputeDevice device, int batch, int runs, Path prefix) {
        file.sizeOf(batch);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {batch, file.card().samples()};
        FloatBuffer zeros = ByteBuffer.allocateDirect(
                        Math.multiplyExact(Float.BYTES * batch, file.card().samples()))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        try (SessionOptions options = options(device, 1)) {
            options.enableProfiling(prefix.toString());
            try (var session = environment.createSession(file.bytes(), options);
                    var current = OnnxTensor.createTensor(environment, zeros, shape)) {
                for (int run = 0; run < runs; run++) {
                    session.run(Map.of(ModelCard.INPUT, current)).close();
                }
                return Path.of(session.endProfiling());
            }
        } catch (OrtException e) {
            throw new UnusableModelException(
                    "model %s does not run on %s: %s; export it again"
                            .formatted(file.card().modelId(), device, rootMessage(e)),
                    e);
        }
    }

    /** Empty if CUDA works. */
    static String cudaFault() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = options(ComputeDevice.CUDA, 1);
                var session = environment.createSession(addition(), options);
                var one = OnnxTensor.createTensor(environment, new float[] {1});
                var sum = session.run(Map.of("x", one))) {
            float[] two = (float[]) sum.get(0).getValue();
            return two[0] == 2 ? "" : "1 + 1 is " + two[0];
        } catch (OrtException | EngineException e) {
            return rootMessage(e);
        }
    }

    private static SessionOptions options(ComputeDevice device, int threads) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            // Threads that spin between batches take the cores of the broker and the solver beside them.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // Never the other format, which a file made for the purpose can claim to be and which was not checked.
            options.addConfigEntry("session.load_model_format", "ONNX");
            if (device == ComputeDevice.CUDA) {
                addCuda(options);
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static void addCuda(SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(CUDA_DEVICE)) {
            cuda.add("use_tf32", "0"); // 10 bits of mantissa are less than a good FNO resolves
            options.addCUDA(cuda);
        }
    }

    private static byte[] addition() {
        ValueInfoProto.Builder vector = ValueInfoProto.newBuilder()
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(Dimension.newBuilder().setDimValue(1)))));
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("addition")
                .addNode(NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput("x")
                        .addInput("x")
                        .addOutput("sum"))
                .addInput(vector.clone().setName("x"))
                .addOutput(vector.clone().setName("sum"));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static String rootMessage(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static void setUnlessSet(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }
}
