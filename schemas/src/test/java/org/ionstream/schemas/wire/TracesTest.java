package org.ionstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.ionstream.schemas.message.ArrayEncoding;
import org.ionstream.schemas.message.Trajectory;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final Traces TRACES = new Traces(new TimeGrid(0.5, 4), List.of("V", "w"), new float[][] {
        {0, 1.5f, -2.25e-7f, Float.MAX_VALUE}, {1, -1, 0.1f, Float.MIN_VALUE}
    });

    @Test
    void shouldComeBackFromTheWireBitForBit() {
        Traces back = Traces.of(TRACES.toMessage());

        assertThat(back.values()).isDeepEqualTo(TRACES.values());
        assertThat(back.grid()).isEqualTo(TRACES.grid());
        assertThat(back.variables()).isEqualTo(TRACES.variables());
    }

    @Test
    void shouldReadPlainFloatsToo() {
        ByteBuffer plain = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .putFloat(2)
                .flip();

        Traces traces = Traces.of(new Trajectory(1.0, 2, List.of("V"), ArrayEncoding.F32_LE, plain));

        assertThat(traces.of("V")).containsExactly(1, 2);
    }

    @Test
    void shouldRefuseBytesThatDoNotFitTheShape() {
        ByteBuffer bytes = ByteBuffer.allocate(12);
        Trajectory tooFew = new Trajectory(1.0, 4, List.of("V"), ArrayEncoding.F32_LE, bytes);
        Trajectory hostile = new Trajectory(1.0, -3, List.of("V"), ArrayEncoding.F32_LE, bytes);
        Trajectory newer = new Trajectory(1.0, 3, List.of("V"), ArrayEncoding.UNKNOWN, bytes);

        assertThatThrownBy(() -> Traces.of(tooFew))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("1 variables x 4 samples needs 16 bytes, has 12");
        assertThatThrownBy(() -> Traces.of(hostile)).isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() -> Traces.of(newer)).hasMessageContaining("newer than this reader");
    }

    @Test
    void shouldFollowAParabolaUpToBothEnds() {
        TimeGrid coarse = new TimeGrid(1, 8);
        float[] row = new float[8];
        for (int i = 0; i < 8; i++) {
            row[i] = parabola(i);
        }

        float[] fine = new Traces(coarse, List.of("V"), new float[][] {row})
                .resample(new TimeGrid(0.25, 29))
                .of("V");

        for (int i = 0; i < 29; i++) {
            assertThat(fine[i]).isCloseTo(parabola(0.25 * i), within(1e-4f));
        }
    }

    @Test
    void shouldTakeTheHeadWhenOnlyTheHorizonIsShorter() {
        float[] head = TRACES.resample(new TimeGrid(0.5, 2)).of("V");

        assertThat(head).containsExactly(0, 1.5f);
        assertThat(TRACES.resample(TRACES.grid())).isSameAs(TRACES);
    }

    @Test
    void shouldSelectInTheOrderAsked() {
        assertThat(TRACES.select(List.of("w")).variables()).containsExactly("w");
        assertThat(TRACES.select(List.of())).isSameAs(TRACES);
        assertThatThrownBy(() -> TRACES.select(List.of("u"))).hasMessageContaining("no variable 'u' among [V, w]");
    }

    private static float parabola(double t) {
        return (float) (0.5 * t * t - 2 * t + 1);
    }
}
