package org.ionstream.surrogate.fno;

import static org.ionstream.surrogate.fno.GraphCheck.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A product of tensors.
 *
 * @param shape of the result
 * @param multiplications that it takes; for Einsum of the plainest way, all indices in one loop, which of more than two
 *     tensors also bounds what is held in between
 */
record Product(long[] shape, long multiplications) {

    /** @param node MatMul, Gemm or Einsum */
    static Product of(NodeShape node) {
        return switch (node.node().getOpType()) {
            case "Gemm" -> gemm(node);
            case "Einsum" -> einsum(node);
            default -> matMul(node, node.input(0).shape(), node.input(1).shape());
        };
    }

    private static Product matMul(NodeShape node, long[] left, long[] right) {
        require(left.length > 0 && right.length > 0, "%s multiplies a number; export it as Mul", node.name());
        long rows = left.length == 1 ? 1 : left[left.length - 2];
        long inner = left[left.length - 1];
        long columns = right.length == 1 ? 1 : right[right.length - 1];
        requireSame(node, inner, right[Math.max(0, right.length - 2)]);
        long[] outer = node.broadcast(List.of(outer(left), outer(right)));
        LongStream shape = LongStream.of(outer);
        shape = left.length == 1 ? shape : LongStream.concat(shape, LongStream.of(rows));
        shape = right.length == 1 ? shape : LongStream.concat(shape, LongStream.of(columns));
        return new Product(shape.toArray(), KnownTensor.elements(KnownTensor.elements(outer), rows, inner, columns));
    }

    private static KnownTensor outer(long[] shape) {
        return KnownTensor.of(Arrays.copyOf(shape, Math.max(0, shape.length - 2)));
    }

    private static Product gemm(NodeShape node) {
        long[] left = matrix(node, 0, "transA");
        long[] right = matrix(node, 1, "transB");
        requireSame(node, left[1], right[0]);
        return new Product(new long[] {left[0], right[1]}, KnownTensor.elements(left[0], left[1], right[1]));
    }

    private static long[] matrix(NodeShape node, int input, String transposed) {
        long[] shape = node.input(input).shape();
        require(shape.length == 2, "input %d of %s is no matrix; export it as MatMul", input, node.name());
        return node.integer(transposed, 0) == 0 ? shape : new long[] {shape[1], shape[0]};
    }

    private static Product einsum(NodeShape node) {
        var attribute = node.attribute("equation");
        String equation =
                attribute == null ? "" : attribute.getS().toStringUtf8().replace(" ", "");
        require(
                equation.matches("[a-zA-Z]*(,[a-zA-Z]*)*->[a-zA-Z]*"),
                "equation '%s' of %s; export it with a letter for each axis and the result after ->, or as MatMul",
                equation,
                node.name());
        String[] terms = equation.substring(0, equation.indexOf("->")).split(",", -1);
        String result = equation.substring(equation.indexOf("->") + 2);
        require(terms.length == node.inputs().size(), "%s has not as many inputs as terms", node.name());
        Map<Integer, Long> sizes = new TreeMap<>();
        for (int term = 0; term < terms.length; term++) {
            long[] shape = node.input(term).shape();
            require(
                    shape.length == terms[term].length(),
                    "term '%s' of %s is for a tensor of %d axes; export the model again",
                    terms[term],
                    node.name(),
                    shape.length);
            for (int i = 0; i < shape.length; i++) {
                sizes.merge((int) terms[term].charAt(i), shape[i], Math::max); // an axis of 1 is spread
            }
        }
        require(
                result.chars().allMatch(sizes::containsKey),
                "%s has an index in its result alone; export the model again",
                node.name());
        return new Product(
                result.chars().mapToLong(sizes::get).toArray(),
                KnownTensor.elements(
                        sizes.values().stream().mapToLong(Long::longValue).toArray()));
    }

    private static void requireSame(NodeShape node, long one, long other) {
        require(one == other, "%s multiplies axes of %d and %d; export the model again", node.name(), one, other);
    }
}
