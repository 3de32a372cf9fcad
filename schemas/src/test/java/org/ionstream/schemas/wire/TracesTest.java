package org.ionstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.ionstream.schemas.message.ArrayEncoding;
import org.ionstream.schemas.message.Trajectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
    private static final TimeGrid GRID = new TimeGrid(0.5, 5);
    private static final List<String> NAMES = List.of("V", "w", "x");

    @Test
    void shouldTravelShuffledBitForBit() {
        Traces traces = new Traces(GRID, NAMES, values());

        Traces received = Traces.of(traces.toMessage());

        assertThat(traces.toMessage().getEncoding()).isEqualTo(ArrayEncoding.F32_LE_SHUFFLED);
        assertSame(received, traces);
    }

    @Test
    void shouldReadPlainFloats() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * 15).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : values()) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }

        Traces received = Traces.of(message(0.5, 5, NAMES, ArrayEncoding.F32_LE, bytes.flip()));

        assertSame(received, new Traces(GRID, NAMES, values()));
    }

    /** 1.0 is 3F 80 00 00 and 2.0 is 40 00 00 00, most significant byte first. */
    @Test
    void shouldPutAllFirstBytesFirst() {
        Traces traces = new Traces(new TimeGrid(1, 2), List.of("V"), new float[][] {{1, 2}});

        assertThat(traces.toMessage().getValues().array()).containsExactly(0, 0, 0, 0, (byte) 0x80, 0, 0x3F, 0x40);
    }

    @Test
    void shouldReadValuesThatLieInsideALargerBuffer() {
        byte[] shuffled =
                new Traces(GRID, NAMES, values()).toMessage().getValues().array();
        ByteBuffer inside = ByteBuffer.allocate(shuffled.length + 7)
                .position(3)
                .put(shuffled)
                .flip()
                .position(3);

        Traces received = Traces.of(message(0.5, 5, NAMES, ArrayEncoding.F32_LE_SHUFFLED, inside));

        assertSame(received, new Traces(GRID, NAMES, values()));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 5, 59",
        "3, 5, 61",
        "3, 0, 0",
        "3, -5, 0",
        "0, 5, 0",
        "0, 2147483647, 0",
        "3, 2147483647, 60",
        "65536, 65536, 0",
        "32768, 32769, 131072"
    })
    void shouldRefuseAShapeThatDoesNotFitTheBytes(int variables, int samples, int bytes) {
        Trajectory message = message(
                1,
                samples,
                Collections.nCopies(variables, "x"),
                ArrayEncoding.F32_LE_SHUFFLED,
                ByteBuffer.allocate(bytes));

        assertThatThrownBy(() -> Traces.of(message))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("has %d", bytes);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseAStepThatIsNoStep(double stepMs) {
        Trajectory message = message(stepMs, 1, List.of("V"), ArrayEncoding.F32_LE, ByteBuffer.allocate(4));

        assertThatThrownBy(() -> Traces.of(message))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(Double.toString(stepMs));
    }

    @Test
    void shouldRefuseAnEncodingItDoesNotKnow() {
        Trajectory message = message(1, 1, List.of("V"), ArrayEncoding.UNKNOWN, ByteBuffer.allocate(4));

        assertThatThrownBy(() -> Traces.of(message))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("update the reader");
    }

    @Test
    void shouldRefuseRowsThatDoNotFitTheGrid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Traces(GRID, List.of("V"), new float[][] {{1, 2}}))
                .withMessage("a trace of 2 samples on a grid of 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Traces(GRID, NAMES, new float[1][5]))
                .withMessage("1 traces for 3 variables");
    }

    @Test
    void shouldSelectInTheOrderNamed() {
        Traces traces = new Traces(GRID, NAMES, values());

        Traces selected = traces.select(List.of("x", "V"));

        assertThat(selected.variables()).containsExactly("x", "V");
        assertThat(selected.of("V")).isEqualTo(traces.of("V"));
        assertThat(traces.select(List.of())).isSameAs(traces);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traces.of("y"))
                .withMessage("no variable 'y' among [V, w, x]");
    }

    @Test
    void shouldResampleExactlyOnItsOwnGrid() {
        Traces traces = new Traces(GRID, NAMES, values());

        assertThat(traces.resample(GRID)).isSameAs(traces);
        assertThat(traces.resample(new TimeGrid(1, 3)).of("V"))
                .containsExactly(values()[0][0], values()[0][2], values()[0][4]);
    }

    @Test
    void shouldTakeTheHeadOnAShorterGridOfTheSameStep() {
        Traces traces = new Traces(GRID, NAMES, values());

        Traces head = traces.resample(new TimeGrid(0.5, 2));

        assertThat(head.grid().samples()).isEqualTo(2);
        assertThat(head.of("w")).containsExactly(values()[1][0], values()[1][1]);
    }

    @Test
    void shouldReproduceAParabolaInside() {
        float[] parabola = new float[20];
        for (int i = 0; i < parabola.length; i++) {
            parabola[i] = (float) parabola(0.5 * i);
        }
        Traces traces = new Traces(new TimeGrid(0.5, 20), List.of("V"), new float[][] {parabola});

        float[] finer = traces.resample(new TimeGrid(0.125, 80)).of("V");

        for (int i = 4; 0.125 * i <= 9; i++) {
            assertThat((double) finer[i]).as("sample %d", i).isCloseTo(parabola(0.125 * i), within(2e-5));
        }
    }

    @Test
    void shouldHoldTheLastValueBeyondTheEnd() {
        Traces traces = new Traces(new TimeGrid(1, 2), List.of("V"), new float[][] {{3, 7}});

        assertThat(traces.resample(new TimeGrid(1, 5)).of("V")).containsExactly(3, 7, 7, 7, 7);
    }

    @Test
    void shouldResampleASingleSample() {
        Traces traces = new Traces(new TimeGrid(1, 1), List.of("V"), new float[][] {{3}});

        assertThat(traces.resample(new TimeGrid(0.25, 3)).of("V")).containsExactly(3, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void shouldFindAValueThatIsNotFinite(float bad) {
        Traces traces = new Traces(new TimeGrid(1, 2), List.of("V"), new float[][] {{0, bad}});

        assertThat(traces.isFinite()).isFalse();
        assertThat(new Traces(GRID, NAMES, values()).isFinite()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"100, 0.3125, 320", "1, 0.1, 10", "1, 0.3, 4", "0.1, 1, 1", "500, 1, 500"})
    void shouldCoverTheHorizonHalfOpen(double horizonMs, double stepMs, int samples) {
        assertThat(TimeGrid.covering(horizonMs, stepMs).samples()).isEqualTo(samples);
    }

    private static double parabola(double t) {
        return 1 - 2 * t + 0.5 * t * t;
    }

    private static void assertSame(Traces received, Traces sent) {
        assertThat(received.grid()).isEqualTo(sent.grid());
        assertThat(received.variables()).isEqualTo(sent.variables());
        assertThat(received.values()).isDeepEqualTo(sent.values());
    }

    private static Trajectory message(
            double stepMs, int samples, List<String> variables, ArrayEncoding encoding, ByteBuffer bytes) {
        return new Trajectory(stepMs, samples, variables, encoding, bytes);
    }

    private static float[][] values() {
        SplittableRandom random = new SplittableRandom(1);
        float[][] values = new float[3][5];
        for (float[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextDouble(-1e3, 1e3);
            }
        }
        return values;
    }
}
