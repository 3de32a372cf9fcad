package org.ionstream.surrogate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.junit.jupiter.api.Test;

class InputHistogramsTest {
    @Test
    void shouldFillItsBinsEvenly() {
        double[] sorted = IntStream.range(0, 100).mapToDouble(i -> i).toArray();

        InputHistogram histogram = InputHistograms.of("CHARGE", sorted);

        assertThat(histogram.getEdges()).hasSize(4);
        assertThat(histogram.getShares())
                .hasSize(5)
                .allSatisfy(share -> assertThat(share).isCloseTo(0.2, within(0.011)));
        assertThat(histogram.getShares().stream().mapToDouble(share -> share).sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldKeepOneEdgeForAFeatureThatIsTheSameForAllProtocols() {
        InputHistogram histogram = InputHistograms.of("ONSET", new double[50]);

        assertThat(histogram.getEdges()).hasSize(1);
        assertThat(histogram.getShares().get(0)).isCloseTo(1, within(1e-9));
        assertThat(histogram.getShares().get(1)).isZero();
        assertThat(InputHistograms.bin(new double[] {histogram.getEdges().get(0)}, 0.1))
                .isEqualTo(1);
    }

    @Test
    void shouldBeOfTheCalibrationProtocolsAndDescribeOthersLikewise() {
        StimulusProtocol protocol = StimulusProtocol.newBuilder()
                .setId("p")
                .setCellModel(CellModels.FITZHUGH_NAGUMO_1961.id())
                .setPulses(List.of(new Pulse(50.0, 1.0, 1.0)))
                .setHorizonMs(100)
                .setOutputStepMs(0.5)
                .build();

        Map<String, Double> features = InputHistograms.features(Stimulus.of(protocol));
        List<InputHistogram> own = InputHistograms.of(TinyCalibration.of(List.of(protocol), List.of(0.1), 2));

        assertThat(features)
                .containsOnlyKeys("PEAK_CURRENT", "CHARGE", "ONSET", "END", "PULSES")
                .containsEntry("ONSET", 0.5)
                .containsEntry("PULSES", Math.log(2));
        assertThat(own)
                .extracting(InputHistogram::getFeature)
                .containsExactly("PEAK_CURRENT", "CHARGE", "ONSET", "END", "PULSES");
    }
}
