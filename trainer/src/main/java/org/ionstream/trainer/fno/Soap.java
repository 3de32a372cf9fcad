package org.ionstream.trainer.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam in the eigenbasis of Shampoo's preconditioner (Vyas et al. 2024, arXiv 2409.11321) with decoupled weight decay. Each
 * matrix has a basis for its rows and one for its columns; a complex spectral weight is the real matrix [real, imaginary] of
 * its mode. Matrices of one shape are updated together. Biases have {@link AdamW}.
 */
final class Soap implements Optimiser {
    private static final float BETA1 = 0.95f;
    private static final float BETA2 = 0.999f;
    private static final float BETA_BASES = 0.95f;
    private static final float EPSILON = 1e-8f;
    private static final int STEPS_PER_BASES = 10;

    private final double weightDecay;
    private final long[] splits;
    private final int parts;
    private final List<Stack> stacks = new ArrayList<>();
    private final List<Integer> biases = new ArrayList<>();
    private final AdamW ofBiases;

    /** @param manager owns the state */
    Soap(NDManager manager, FnoParameters layout, double weightDecay) {
        this.weightDecay = weightDecay;
        this.parts = layout.parts().size();
        this.splits = layout.splits();
        Map<List<Integer>, List<int[]>> byShape = new LinkedHashMap<>();
        int biasSize = 0;
        for (int i = 0; i < parts; i++) {
            FnoParameters.Part part = layout.parts().get(i);
            int[] shape = part.shape();
            if (shape.length == 1) {
                biases.add(i);
                biasSize += part.size();
            } else if (shape.length == 2) {
                byShape.computeIfAbsent(List.of(1, shape[0], shape[1]), s -> new ArrayList<>())
                        .add(new int[] {i});
            } else if (part.name().endsWith(".real")) {
                int imaginary = layout.parts().indexOf(layout.part(part.name().replace(".real", ".imaginary")));
                byShape.computeIfAbsent(List.of(shape[0], shape[1], 2 * shape[2]), s -> new ArrayList<>())
                        .add(new int[] {i, imaginary});
            }
        }
        byShape.forEach((shape, members) -> stacks.add(new Stack(manager, shape, members)));
        this.ofBiases = new AdamW(manager, biasSize, 0);
    }

    @Override
    public void update(NDArray vector, NDArray gradient, double learningRate, int step) {
        NDList gradients = gradient.split(splits);
        NDArray[] directions = new NDArray[parts];
        for (Stack stack : stacks) {
            stack.direct(gradients, directions, step);
        }
        NDList biasGradients = new NDList();
        biases.forEach(i -> biasGradients.add(gradients.get(i)));
        NDArray biasDirection = ofBiases.direction(flat(biasGradients), step);
        int offset = 0;
        for (int i : biases) {
            long size = gradients.get(i).size();
            directions[i] = biasDirection.get("%d:%d".formatted(offset, offset + size));
            offset += (int) size;
        }
        vector.muli((float) (1 - learningRate * weightDecay));
        vector.subi(flat(new NDList(directions)).muli((float) learningRate));
    }

    private static NDArray flat(NDList arrays) {
        NDList flattened = new NDList();
        arrays.forEach(array -> flattened.add(array.flatten()));
        return NDArrays.concat(flattened);
    }

    @Override
    public List<float[]> state() {
        List<float[]> state = new ArrayList<>(ofBiases.state());
        stacks.forEach(stack -> stack.arrays().forEach(array -> state.add(array.toFloatArray())));
        return state;
    }

    @Override
    public void restore(List<float[]> state) {
        ofBiases.restore(state.subList(0, 2));
        int next = 2;
        for (Stack stack : stacks) {
            for (NDArray array : stack.arrays()) {
                array.set(state.get(next++));
            }
        }
    }

    /** Matrices of one shape, [matrix][row][column]; a member is one part of the layout, or a real and an imaginary one. */
    private static final class Stack {
        private final List<int[]> members;
        private final int perMember;
        private final int rows;
        private final int columns;
        private final OrthogonalBases rowBases;
        private final OrthogonalBases columnBases;
        private final NDArray first;
        private final NDArray second;
        private final NDArray rowProducts;
        private final NDArray columnProducts;
        private final NDArray rowBasis;
        private final NDArray columnBasis;

        Stack(NDManager manager, List<Integer> shape, List<int[]> members) {
            this.members = members;
            this.perMember = shape.get(0);
            this.rows = shape.get(1);
            this.columns = shape.get(2);
            int count = perMember * members.size();
            this.rowBases = new OrthogonalBases(count, rows);
            this.columnBases = new OrthogonalBases(count, columns);
            this.first = manager.zeros(new Shape(count, rows, columns));
            this.second = manager.zeros(new Shape(count, rows, columns));
            this.rowProducts = manager.zeros(new Shape(count, rows, rows));
            this.columnProducts = manager.zeros(new Shape(count, columns, columns));
            this.rowBasis = manager.create(rowBases.identities(), new Shape(count, rows, rows));
            this.columnBasis = manager.create(columnBases.identities(), new Shape(count, columns, columns));
        }

        List<NDArray> arrays() {
            return List.of(first, second, rowProducts, columnProducts, rowBasis, columnBasis);
        }

        void direct(NDList gradients, NDArray[] directions, int step) {
            NDArray gradient = gathered(gradients);
            rowProducts
                    .muli(BETA_BASES)
                    .addi(gradient.batchMatMul(gradient.transpose(0, 2, 1)).muli(1 - BETA_BASES));
            columnProducts
                    .muli(BETA_BASES)
                    .addi(gradient.transpose(0, 2, 1).batchMatMul(gradient).muli(1 - BETA_BASES));
            // The bases must not see the first gradients before they are used, but soon after.
            if (step <= STEPS_PER_BASES || step % STEPS_PER_BASES == 0) {
                follow();
            }
            first.muli(BETA1).addi(gradient.mul(1 - BETA1));
            second.muli(BETA2).addi(inBases(gradient).square().muli(1 - BETA2));
            double firstBias = 1 - Math.pow(BETA1, step);
            double secondBias = 1 - Math.pow(BETA2, step);
            NDArray root = second.div((float) secondBias).sqrt().addi(EPSILON);
            NDArray direction = rowBasis.batchMatMul(inBases(first).div(root).muli((float) (1 / firstBias)))
                    .batchMatMul(columnBasis.transpose(0, 2, 1));
            scatter(direction, directions);
        }

        private NDArray inBases(NDArray matrices) {
            return rowBasis.transpose(0, 2, 1).batchMatMul(matrices).batchMatMul(columnBasis);
        }

        private void follow() {
            int[] rowOrder = follow(rowBases, rowBasis, rowProducts);
            int[] columnOrder = follow(columnBases, columnBasis, columnProducts);
            float[] old = second.toFloatArray();
            float[] moved = new float[old.length];
            for (int matrix = 0; matrix < perMember * members.size(); matrix++) {
                for (int row = 0; row < rows; row++) {
                    int from = (matrix * rows + rowOrder[matrix * rows + row]) * columns;
                    int to = (matrix * rows + row) * columns;
                    for (int column = 0; column < columns; column++) {
                        moved[to + column] = old[from + columnOrder[matrix * columns + column]];
                    }
                }
            }
            second.set(moved);
        }

        private static int[] follow(OrthogonalBases bases, NDArray basis, NDArray products) {
            float[] next = basis.toFloatArray();
            int[] order = bases.follow(next, products.batchMatMul(basis).toFloatArray());
            basis.set(next);
            return order;
        }

        private NDArray gathered(NDList gradients) {
            NDList matrices = new NDList();
            for (int[] member : members) {
                NDList sides = new NDList();
                for (int part : member) {
                    sides.add(gradients.get(part).reshape(perMember, rows, columns / member.length));
                }
                matrices.add(NDArrays.concat(sides, 2));
            }
            return NDArrays.concat(matrices, 0);
        }

        private void scatter(NDArray direction, NDArray[] directions) {
            for (int i = 0; i < members.size(); i++) {
                int[] member = members.get(i);
                NDArray matrices = direction.get("%d:%d".formatted(i * perMember, (i + 1) * perMember));
                NDList sides = matrices.split(member.length, 2);
                for (int side = 0; side < member.length; side++) {
                    directions[member[side]] = sides.get(side);
                }
            }
        }
    }
}
