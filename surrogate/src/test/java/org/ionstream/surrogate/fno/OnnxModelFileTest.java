package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.surrogate.trust.TinyCalibration;
import org.junit.jupiter.api.Test;

class OnnxModelFileTest {
    private static final StimulusProtocol PROTOCOL = StimulusProtocol.newBuilder()
            .setId("p")
            .setCellModel(TinyModel.CELL.id())
            .setPulses(List.of(new Pulse(1.0, 1.0, 1.0)))
            .setHorizonMs(4)
            .setOutputStepMs(0.5)
            .build();

    @Test
    void shouldReadCardAndWeights() {
        byte[] bytes = TinyModel.bytes("tiny-1", 3, 0.25f);

        OnnxModelFile file = OnnxModelFile.parse(bytes);

        assertThat(file.card()).isEqualTo(TinyModel.card("tiny-1"));
        assertThat(file.weightNames()).containsExactly("spread.weight", "shift.bias");
        assertThat(file.shape("spread.weight")).containsExactly(8L, 16L);
        assertThat(file.weights("spread.weight")).hasSize(128).startsWith(3, 0, 0);
        assertThat(file.weights("shift.bias")).containsOnly(0.25f);
        assertThat(file.bytes()).isSameAs(bytes);
    }

    @Test
    void shouldChangeNothingButTheErrorInItsCard() {
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.bytes("tiny-1", 3, 0.25f));

        OnnxModelFile changed = file.withExpectedRelativeL2(0.5);

        assertThat(changed.card())
                .usingRecursiveComparison()
                .ignoringFields("expectedRelativeL2")
                .isEqualTo(file.card());
        assertThat(changed.card().expectedRelativeL2()).isEqualTo(0.5);
        assertThat(changed.withExpectedRelativeL2(0.02).bytes()).isEqualTo(file.bytes());
    }

    @Test
    void shouldCarryACalibration() {
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.bytes("tiny-1"));
        Calibration calibration = TinyCalibration.of(List.of(PROTOCOL), List.of(0.01), 2);

        OnnxModelFile calibrated = file.withCalibration(TinyCalibration.of(List.of(PROTOCOL), List.of(0.5), 3))
                .withCalibration(calibration);

        assertThat(file.calibration()).isEmpty();
        assertThat(calibrated.calibration()).contains(calibration);
        assertThat(calibrated.withExpectedRelativeL2(0.5).calibration()).contains(calibration);
        assertThat(calibrated.card()).isEqualTo(file.card());
    }

    @Test
    void shouldRefuseACalibrationThatCannotBeRead() {
        for (String value : List.of("not base64!", "AAAA")) {
            ModelProto.Builder model = TinyModel.builder(TinyModel.card("tiny-1"), 1, 0);
            model.addMetadataPropsBuilder()
                    .setKey(OnnxModelFile.CALIBRATION_KEY)
                    .setValue(value);

            assertThatThrownBy(() -> OnnxModelFile.parse(model.build().toByteArray()))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining(OnnxModelFile.CALIBRATION_KEY)
                    .hasMessageContaining("calibrate the model again");
        }
    }

    @Test
    void shouldReadWeightsThatAreListedInsteadOfRaw() {
        TensorProto.Builder listed =
                TensorProto.newBuilder().setName("extra").setDataType(1).addDims(2);
        listed.addFloatData(1.5f).addFloatData(-2);
        ModelProto.Builder model = TinyModel.builder(TinyModel.card("tiny-1"), 1, 0);
        model.getGraphBuilder().addInitializer(listed);

        OnnxModelFile file = OnnxModelFile.parse(model.build().toByteArray());

        assertThat(file.weights("extra")).containsExactly(1.5f, -2);
    }

    @Test
    void shouldNameTheWeightsItHasWhenAskedForAnother() {
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.bytes("tiny-1"));

        assertThatThrownBy(() -> file.weights("lifting.weight"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lifting.weight")
                .hasMessageContaining("spread.weight");
    }

    @Test
    void shouldRefuseAFileThatIsTooLarge() {
        assertThatThrownBy(() -> OnnxModelFile.parse(new byte[OnnxModelFile.LARGEST_BYTES + 1]))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("67108865 bytes")
                .hasMessageContaining("at most 67108864");
    }

    @Test
    void shouldRefuseAFileCutAnywhere() {
        byte[] whole = TinyModel.bytes("tiny-1");

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OnnxModelFile.parse(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(UnusableModelException.class);
        }
    }
}
