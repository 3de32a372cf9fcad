package org.ionstream.surrogate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.surrogate.fno.TinyModel;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CalibratedErrorsTest {
    private static final float[][] PREDICTED = new float[2][TinyModel.SAMPLES];

    private final Calibration calibration =
            TinyCalibration.of(List.of(pulse(0, 1, 1), pulse(0, 1, 2), pulse(2, 1, 2)), List.of(0.01, 0.02, 0.04), 1.2);
    private final CalibratedErrors errors = new CalibratedErrors(calibration, TinyModel.card("tiny"));

    @Test
    void shouldExpectTheErrorsOfTheNearestCalibrationProtocol() {
        Assessment assessment = errors.assess(TinyCalibration.current(pulse(0, 1, 2.1)), PREDICTED);

        assertThat(assessment.expectedRelativeL2()).isCloseTo(0.02, within(1e-6));
        assertThat(assessment.relativeL2Bound()).isCloseTo(1.2 * 0.02, within(1e-6));
        assertThat(assessment.bandRadii()).containsExactly(new double[] {1.5 * 0.04, 2 * 0.06}, within(1e-6));
    }

    static Stream<UnaryOperator<Calibration.Builder>> forgeries() {
        return Stream.of(
                forged -> forged.setCoverage(Double.NaN),
                forged -> forged.setCoverage(1),
                forged -> forged.setFarthest(Double.NaN),
                forged -> forged.setBoundScore(0),
                forged -> forged.setBoundScore(Double.POSITIVE_INFINITY),
                forged -> forged.setRadiusScores(List.of(1.0, -1.0)),
                forged -> forged.setScales(repeated(0.0)),
                forged -> forged.setCentres(repeated(Double.NaN)),
                forged -> forged.setNeighbours(filled(forged.getNeighbours().remaining())),
                forged -> forged.setLogErrors(filled(forged.getLogErrors().remaining())));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void shouldRefuseNumbersThatWouldTrustEverything(UnaryOperator<Calibration.Builder> forgery) {
        Calibration forged = forgery.apply(Calibration.newBuilder(calibration)).build();

        assertThatThrownBy(() -> new CalibratedErrors(forged, TinyModel.card("tiny")))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("not finite, or scores that are not positive; calibrate it again");
    }

    /** Three neighbours of 2^30 + n features take as many bytes, by 32 bits, as three of n. */
    @Test
    void shouldRefuseFeaturesThatAreNamedTwice() {
        List<String> twice = new ArrayList<>(calibration.getFeatures());
        twice.addAll(calibration.getFeatures());
        Calibration forged = Calibration.newBuilder(calibration)
                .setFeatures(twice)
                .setCentres(Collections.nCopies(twice.size(), 0.0))
                .setScales(Collections.nCopies(twice.size(), 1.0))
                .setNeighbours(
                        ByteBuffer.allocate(2 * calibration.getNeighbours().remaining()))
                .build();

        assertThatThrownBy(() -> new CalibratedErrors(forged, TinyModel.card("tiny")))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("does not fit it");
    }

    private static List<Double> repeated(double value) {
        return Collections.nCopies(Feature.OF_CURRENT.size(), value);
    }

    /** Each number is not one. */
    private static ByteBuffer filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void shouldTakeTheGeometricMeanOverSeveralNeighbours() {
        CalibratedErrors ofAll = new CalibratedErrors(
                Calibration.newBuilder(calibration).setNearest(3).build(), TinyModel.card("tiny"));

        double expected =
                ofAll.assess(TinyCalibration.current(pulse(0, 1, 1)), PREDICTED).expectedRelativeL2();

        assertThat(expected).isCloseTo(0.02, within(1e-6));
    }

    @Test
    void shouldFindProtocolsInRangeThatAreLikeTheCalibrationOnes() {
        assertThat(errors.outOfRange(TinyCalibration.current(pulse(0, 1, 1.1)))).isEmpty();
    }

    @Test
    void shouldNameTheFeatureThatIsBeyondTheCalibrationProtocols() {
        assertThat(errors.outOfRange(TinyCalibration.current(pulse(0, 1, 4))))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("the strongest current is above that of", "tiny"));
        assertThat(errors.outOfRange(TinyCalibration.current(train()))).isPresent();
    }

    @Test
    void shouldFindCombinationsOutOfRangeThatNoCalibrationProtocolHas() {
        float[] weakAndLate = TinyCalibration.current(pulse(2, 1, 1));

        assertThat(errors.distance(weakAndLate)).isGreaterThan(calibration.getFarthest());
        assertThat(errors.outOfRange(weakAndLate))
                .hasValueSatisfying(reason -> assertThat(reason).contains("more than 0.500"));
    }

    @Test
    void shouldRefuseACalibrationOfAnotherModel() {
        Calibration ofThreeVariables = Calibration.newBuilder(calibration)
                .setRadiusScores(List.of(1.0, 1.0, 1.0))
                .build();
        Calibration ofUnknownFeature = Calibration.newBuilder(calibration)
                .setFeatures(List.of("PEAK_CURRENT", "CHARGE", "ONSET", "END", "COLOUR"))
                .build();
        Calibration ofTooManyNeighbours =
                Calibration.newBuilder(calibration).setNearest(4).build();

        for (Calibration wrong : List.of(ofThreeVariables, ofUnknownFeature, ofTooManyNeighbours)) {
            assertThatThrownBy(() -> new CalibratedErrors(wrong, TinyModel.card("tiny")))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining("tiny")
                    .hasMessageContaining("calibrate it again");
        }
    }

    private static StimulusProtocol train() {
        return protocol(List.of(new Pulse(0.0, 0.5, 1.0), new Pulse(1.0, 0.5, 1.0), new Pulse(2.0, 0.5, 1.0)));
    }

    private static StimulusProtocol pulse(double onsetMs, double durationMs, double amplitude) {
        return protocol(List.of(new Pulse(onsetMs, durationMs, amplitude)));
    }

    private static StimulusProtocol protocol(List<Pulse> pulses) {
        return StimulusProtocol.newBuilder()
                .setId("p")
                .setCellModel(TinyModel.CELL.id())
                .setPulses(pulses)
                .setHorizonMs(4)
                .setOutputStepMs(0.5)
                .build();
    }
}
