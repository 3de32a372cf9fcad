package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FnoPredictorTest {
    private static final FnoPredictor.Settings CPU = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 8);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 21})
    void shouldAnswerABatchOfAnySize(int size) {
        float[][] currents = currents(size, 7);

        try (FnoPredictor predictor = tiny()) {
            float[][][] trajectories = predictor.predict(currents);

            assertThat(trajectories).hasDimensions(size, 2);
            for (int protocol = 0; protocol < size; protocol++) {
                assertThat(trajectories[protocol]).isDeepEqualTo(expected(currents[protocol]));
            }
        }
    }

    @Test
    void shouldAnswerAnEmptyBatch() {
        try (FnoPredictor predictor = tiny()) {
            assertThat(predictor.predict(new float[0][])).isEmpty();
        }
    }

    @Test
    void shouldNotDependOnNeighboursInTheBatch() {
        float[][] currents = currents(8, 11);
        float[][] amongFaults = currents.clone();
        for (int neighbour = 1; neighbour < 8; neighbour++) {
            amongFaults[neighbour] = new float[TinyModel.SAMPLES];
            Arrays.fill(amongFaults[neighbour], neighbour % 2 == 0 ? Float.NaN : 1e30f);
        }

        try (FnoPredictor predictor = tiny()) {
            float[][] alone = predictor.predict(new float[][] {currents[0]})[0];
            float[][] amongOthers = predictor.predict(currents)[0];
            float[][] besideFaults = predictor.predict(amongFaults)[0];

            assertThat(amongOthers).isDeepEqualTo(alone);
            assertThat(besideFaults).isDeepEqualTo(alone);
        }
    }

    @Test
    void shouldNotRememberTheBatchBefore() {
        float[][] large = currents(8, 3);
        float[][] small = currents(3, 5);

        try (FnoPredictor predictor = tiny()) {
            float[][][] fresh = predictor.predict(small);
            predictor.predict(large);
            float[][][] again = predictor.predict(small);

            for (int protocol = 0; protocol < small.length; protocol++) {
                assertThat(again[protocol]).isDeepEqualTo(fresh[protocol]);
            }
        }
    }

    @Test
    void shouldRefuseACurrentOnAnotherGrid() {
        try (FnoPredictor predictor = tiny()) {
            assertThatThrownBy(() -> predictor.predict(new float[][] {new float[9]}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("9 samples")
                    .hasMessageContaining("of 8");
        }
    }

    @Test
    void shouldRefuseAGraphWhoseShapesDoNotFitTogether() {
        ModelProto.Builder model = TinyModel.builder(TinyModel.card("tiny-1"), 1, 0);
        model.getGraphBuilder().setInitializer(1, TinyModel.floats("shift.bias", new float[15], 15));
        byte[] bytes = model.build().toByteArray();

        assertThatThrownBy(() -> OnnxModelFile.parse(bytes))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("Add 'shifted' joins sizes 16 and 15");
    }

    @Test
    void shouldRefuseAGraphThatTheRuntimeDoesNotKnow() {
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.ofTomorrow("tiny-1"));

        assertThatThrownBy(() -> new FnoPredictor(file, CPU))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("tiny-1")
                .hasMessageContaining("opset 17");
    }

    @Test
    void shouldRefuseAGraphThatGivesAnotherShapeThanItDeclares() {
        ModelProto.Builder model = TinyModel.builder(TinyModel.card("tiny-1"), 1, 0);
        model.getGraphBuilder()
                .setNode(2, TinyModel.node("Transpose", ModelCard.OUTPUT, "stacked"))
                .addNode(2, TinyModel.node("Reshape", "stacked", "shifted", "shape"));
        OnnxModelFile file = OnnxModelFile.parse(model.build().toByteArray());

        assertThatThrownBy(() -> new FnoPredictor(file, CPU))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("tiny-1");
    }

    @Test
    void shouldReadBytesThatPoseAsTheRuntimesOwnFormatAsOnnx() {
        // Bytes 4 to 7 are the identifier of an ORT file, which the runtime would otherwise take unchecked.
        byte[] bytes = TinyModel.builder(TinyModel.card("tiny-1"), 1, 0.5f)
                .setProducerName("ORTM")
                .build()
                .toByteArray();
        assertThat(new String(bytes, 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ORTM");

        try (FnoPredictor predictor = new FnoPredictor(OnnxModelFile.parse(bytes), CPU)) {
            float[][] currents = currents(1, 1);
            assertThat(predictor.predict(currents)[0]).isDeepEqualTo(expected(currents[0]));
        }
    }

    private static FnoPredictor tiny() {
        return new FnoPredictor(OnnxModelFile.parse(TinyModel.bytes("tiny-1")), CPU);
    }

    /** Multiples of 1/16, so that sums are exact in whatever order. */
    private static float[][] currents(int size, long seed) {
        Random random = new Random(seed);
        float[][] currents = new float[size][TinyModel.SAMPLES];
        for (float[] current : currents) {
            for (int sample = 0; sample < current.length; sample++) {
                current[sample] = (random.nextInt(64) - 32) / 16f;
            }
        }
        return currents;
    }

    private static float[][] expected(float[] current) {
        float[][] expected = new float[2][current.length];
        for (int sample = 0; sample < current.length; sample++) {
            expected[0][sample] = current[sample] + 0.5f;
            expected[1][sample] = 2 * current[sample] + 0.5f;
        }
        return expected;
    }
}
