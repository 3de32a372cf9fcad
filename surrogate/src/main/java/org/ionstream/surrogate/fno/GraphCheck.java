package org.ionstream.surrogate.fno;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a graph may contain. A model file comes over the network and a runtime that loads it can be made to read other files
 * (CVE-2022-25882, CVE-2024-27318: external tensor data) or to run foreign code (custom operators), so that the file is read
 * here first and whatever an FNO does not need is refused.
 */
final class GraphCheck {
    /**
     * Those of the exporter and what PyTorch's makes of elementwise functions, products, sums and shapes. No Conv (a search per
     * shape on CUDA) and no DFT (no CUDA kernel): the transform is a product with constant matrices.
     */
    private static final Set<String> OPERATORS = Set.of(
            "Abs",
            "Add",
            "Cast",
            "Clip",
            "Concat",
            "Constant",
            "ConstantOfShape",
            "Cos",
            "CumSum",
            "Div",
            "Einsum",
            "Elu",
            "Equal",
            "Erf",
            "Exp",
            "Expand",
            "Gather",
            "Gelu",
            "Gemm",
            "Identity",
            "LeakyRelu",
            "Log",
            "MatMul",
            "Max",
            "Min",
            "Mul",
            "Neg",
            "Pad",
            "Pow",
            "Reciprocal",
            "ReduceMean",
            "ReduceSum",
            "Relu",
            "Reshape",
            "Shape",
            "Sigmoid",
            "Sign",
            "Sin",
            "Slice",
            "Softplus",
            "Split",
            "Sqrt",
            "Squeeze",
            "Sub",
            "Tanh",
            "Tile",
            "Transpose",
            "Unsqueeze",
            "Where");

    private static final Set<String> DOMAINS = Set.of("", "ai.onnx");

    private GraphCheck() {}

    /** @throws UnusableModelException if something is in the graph that an FNO does not need */
    static void pass(ModelProto model) {
        require(model.hasGraph(), "no graph in the ONNX file; export it again");
        require(model.getOpsetImportCount() > 0, "the ONNX file names no operator set; export it with opset 17");
        for (OperatorSetIdProto operators : model.getOpsetImportList()) {
            requireDomain(operators.getDomain(), "operator set " + operators.getVersion());
        }
        require(
                model.getFunctionsCount() == 0,
                "%d model-local functions; export with every operator in the graph itself",
                model.getFunctionsCount());
        require(
                model.getTrainingInfoCount() == 0,
                "%d training graphs; export for inference",
                model.getTrainingInfoCount());
        for (NodeProto node : model.getGraph().getNodeList()) {
            checkOperator(node);
        }
        checkNames(model.getGraph());
        checkMessage(model);
    }

    private static void checkOperator(NodeProto node) {
        requireDomain(node.getDomain(), "operator %s of node '%s'".formatted(node.getOpType(), node.getName()));
        require(
                OPERATORS.contains(node.getOpType()),
                "operator %s of node '%s' is not one an FNO needs; write it with those allowed, convolutions and transforms as MatMul"
                        + " with constant matrices: %s",
                node.getOpType(),
                node.getName(),
                OPERATORS.stream().sorted().toList());
        for (AttributeProto attribute : node.getAttributeList()) {
            require(
                    !attribute.hasG() && attribute.getGraphsCount() == 0,
                    "subgraph in attribute '%s' of node '%s'; export without control flow",
                    attribute.getName(),
                    node.getName());
        }
    }

    private static void checkNames(GraphProto graph) {
        Set<String> names = new HashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            require(names.add(tensor.getName()), "two initializers named '%s'; name each once", tensor.getName());
        }
    }

    /** Wherever a tensor hides (initializer, sparse initializer, attribute), it is a message below this one. */
    private static void checkMessage(Message message) {
        require(
                message.getUnknownFields().asMap().isEmpty(),
                "%s has fields %s that are newer than this reader, so that the runtime might see what was not checked;"
                        + " export with ONNX IR version 8",
                message.getDescriptorForType().getName(),
                message.getUnknownFields().asMap().keySet());
        if (message instanceof TensorProto tensor) {
            require(
                    tensor.getDataLocation() == TensorProto.DataLocation.DEFAULT && tensor.getExternalDataCount() == 0,
                    "tensor '%s' has its values in another file; export with all weights inside",
                    tensor.getName());
        }
        for (Object field : message.getAllFields().values()) {
            if (field instanceof Message below) {
                checkMessage(below);
            } else if (field instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Message) {
                list.forEach(below -> checkMessage((Message) below));
            }
        }
    }

    private static void requireDomain(String domain, String where) {
        require(DOMAINS.contains(domain), "%s is of domain '%s'; only ONNX's own is loaded", where, domain);
    }

    static void require(boolean holds, String rule, Object... numbers) {
        if (!holds) {
            throw new UnusableModelException(rule.formatted(numbers));
        }
    }
}
