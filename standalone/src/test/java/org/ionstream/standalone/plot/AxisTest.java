package org.ionstream.standalone.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void shouldSpanWholeDecadesOfWhatIsPositive() {
        Axis axis = Axis.decades(DoubleStream.of(0, 0.003, 0.2));

        assertThat(axis.from()).isCloseTo(0.001, within(1e-9));
        assertThat(axis.to()).isCloseTo(1, within(1e-9));
        assertThat(axis.share(0.01)).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(labels(axis)).containsExactly("0.001", "0.01", "0.1", "1");
    }

    @Test
    void shouldWriteLargeDecadesAsPowers() {
        assertThat(labels(Axis.decades(DoubleStream.of(2e5, 3e7)))).containsExactly("1e5", "1e6", "1e7", "1e8");
    }

    @Test
    void shouldMarkRoundValues() {
        assertThat(labels(new Axis(-95, 45, false))).containsExactly("-50", "0");
        assertThat(labels(new Axis(0, 0.17, false))).containsExactly("0.00", "0.05", "0.10", "0.15");
    }

    @Test
    void shouldNotMagnifyWhatRests() {
        Axis axis = Axis.around(DoubleStream.of(1, 1.001), 2);

        assertThat(axis.to() - axis.from()).isCloseTo(2, within(1e-9));
    }

    @Test
    void shouldKeepWhatIsBeyondAtTheEnd() {
        assertThat(new Axis(0, 1, false).share(7)).isEqualTo(1);
        assertThat(new Axis(0.1, 1, true).share(0)).isZero();
    }

    @Test
    void shouldRefuseNoAxis() {
        assertThatThrownBy(() -> new Axis(0, 1, true)).hasMessageContaining("from 0.0 to 1.0, logarithmic");
        assertThatThrownBy(() -> new Axis(2, 1, false)).hasMessageContaining("from 2.0 to 1.0");
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks(4).stream().map(tick -> axis.label(tick, 4)).toList();
    }
}
