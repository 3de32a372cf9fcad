package org.ionstream.surrogate.fno;

import static org.ionstream.surrogate.fno.GraphCheck.require;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a graph takes when it runs on a batch, reckoned from its shapes before any runtime sees it: a file of a few hundred
 * bytes can ask for terabytes, also while it is loaded, when a runtime computes what depends on constants alone. Limits
 * grow with the batch and the samples.
 *
 * @param nodes in the graph
 * @param depth nodes on the longest path
 * @param largestTensor elements of the largest tensor that a node makes or, within an Einsum, may make
 * @param mostHeld elements of the tensors that are made and still to be used, at most
 * @param allTensors elements of all tensors together
 * @param multiplications of its matrix products
 */
record GraphSize(int nodes, int depth, long largestTensor, long mostHeld, long allTensors, long multiplications) {
    /** Thirty times those of the bundled champions. */
    private static final int MOST_NODES = 5_000;

    private static final int LARGEST_DEPTH = 2_000;

    /** A model on few samples may have as many channels as one on these. */
    private static final long LEAST_SAMPLES = 500;

    /** Numbers that a file can hold, from which tensors are made that do not depend on the batch. */
    private static final long WEIGHTS = OnnxModelFile.LARGEST_BYTES / Float.BYTES;

    /**
     * A limit, in numbers.
     *
     * @param fixed whatever the batch is
     * @param perSample of each protocol of the batch; the bundled champions have 64 to 128 in their largest tensor, 2,800 in all
     *     tensors, and 40,000 multiplications
     */
    private record Limit(long fixed, long perSample) {
        static final Limit OF_A_TENSOR = new Limit(WEIGHTS, 512);
        static final Limit HELD = new Limit(4 * WEIGHTS, 2_048);
        static final Limit ALL_TENSORS = new Limit(16 * WEIGHTS, 1 << 16);
        static final Limit MULTIPLICATIONS = new Limit(1 << 30, 1 << 22);

        long at(int batch, int samples) {
            return fixed + perSample * batch * Math.max(LEAST_SAMPLES, samples);
        }
    }

    /**
     * @param batch rows of the input
     * @param samples columns of the input
     * @throws UnusableModelException naming the node that goes beyond a limit or whose output's size cannot be known
     */
    static GraphSize of(GraphProto graph, int batch, int samples) {
        require(
                graph.getNodeCount() <= MOST_NODES,
                "%d nodes; at most %d are loaded: export fewer layers or windows, and loops not unrolled",
                graph.getNodeCount(),
                MOST_NODES);
        require(
                graph.getSparseInitializerCount() == 0,
                "%d sparse initializers; export them as dense tensors",
                graph.getSparseInitializerCount());
        Walk walk = new Walk(graph, batch, samples);
        for (TensorProto tensor : graph.getInitializerList()) {
            walk.add(tensor.getName(), KnownTensor.of(tensor), 0);
        }
        walk.add(ModelCard.INPUT, KnownTensor.of(batch, samples), 0);
        graph.getNodeList().forEach(walk::through);
        return new GraphSize(
                graph.getNodeCount(),
                walk.depth,
                walk.largestTensor,
                walk.mostHeld,
                walk.allTensors,
                walk.multiplications);
    }

    /** From node to node in the file's order, which ONNX requires to be that of the computation. */
    private static final class Walk {
        private final int batch;
        private final int samples;
        private final Map<String, KnownTensor> tensors = new HashMap<>();
        private final Map<String, Integer> depths = new HashMap<>();
        /** Uses to come, by tensor. */
        private final Map<String, Integer> uses = new HashMap<>();

        private int depth;
        private long largestTensor;
        private long held;
        private long mostHeld;
        private long allTensors;
        private long multiplications;

        Walk(GraphProto graph, int batch, int samples) {
            this.batch = batch;
            this.samples = samples;
            graph.getNodeList().forEach(node -> node.getInputList().forEach(name -> uses.merge(name, 1, Integer::sum)));
        }

        void add(String name, KnownTensor tensor, int ofDepth) {
            require(tensors.put(name, tensor) == null, "two tensors named '%s'; export with a name for each", name);
            depths.put(name, ofDepth);
        }

        void through(NodeProto node) {
            NodeShape shape = new NodeShape(
                    node, node.getInputList().stream().map(this::tensor).toList());
            int reached =
                    1 + node.getInputList().stream().mapToInt(depths::get).max().orElse(0);
            List<KnownTensor> outputs = shape.outputs();
            require(
                    outputs.size() == node.getOutputCount(),
                    "%s has %d outputs; export it with %d",
                    shape.name(),
                    node.getOutputCount(),
                    outputs.size());
            for (int i = 0; i < outputs.size(); i++) {
                add(node.getOutput(i), outputs.get(i), reached);
                count(shape, outputs.get(i).elements());
            }
            switch (node.getOpType()) {
                case "MatMul", "Gemm", "Einsum" -> {
                    long products = Product.of(shape).multiplications();
                    multiply(shape, products);
                    if (node.getInputCount() > 2 && node.getOpType().equals("Einsum")) {
                        count(shape, products); // of the first two, whatever the others leave of it
                        held -= products;
                    }
                }
                default -> {}
            }
            node.getInputList().forEach(this::used);
            depth = Math.max(depth, reached);
            require(
                    depth <= LARGEST_DEPTH,
                    "%s is node %d of a row; at most %d: export fewer layers or windows",
                    shape.name(),
                    depth,
                    LARGEST_DEPTH);
        }

        private void used(String name) {
            boolean isMade = depths.get(name) > 0;
            if (uses.merge(name, -1, Integer::sum) == 0 && isMade) {
                held -= tensors.get(name).elements();
            }
        }

        private KnownTensor tensor(String name) {
            require(
                    name.isEmpty() || tensors.containsKey(name),
                    "tensor '%s' is used before it is made; export the nodes in the order of the computation",
                    name);
            depths.putIfAbsent("", 0);
            return tensors.get(name);
        }

        private void count(NodeShape node, long elements) {
            largestTensor = Math.max(largestTensor, elements);
            allTensors = sum(allTensors, elements);
            requireWithin(node, "a tensor of %d elements", elements, Limit.OF_A_TENSOR);
            requireWithin(node, "%d elements in all tensors so far", allTensors, Limit.ALL_TENSORS);
            held = sum(held, elements);
            mostHeld = Math.max(mostHeld, held);
            requireWithin(node, "%d elements that are held at a time", held, Limit.HELD);
        }

        private void multiply(NodeShape node, long more) {
            multiplications = sum(multiplications, more);
            requireWithin(node, "%d multiplications so far", multiplications, Limit.MULTIPLICATIONS);
        }

        private void requireWithin(NodeShape node, String what, long found, Limit limit) {
            long most = limit.at(batch, samples);
            require(
                    found >= 0 && found <= most,
                    "%s makes %s for a batch of %d; at most %d: export a smaller network or fewer samples",
                    node.name(),
                    what.formatted(found),
                    batch,
                    most);
        }

        private static long sum(long one, long other) {
            return one > Long.MAX_VALUE - Math.max(0, other) ? Long.MAX_VALUE : one + Math.max(0, other);
        }
    }
}
