package org.ionstream.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.Normalisation;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final CellModel FHN = CellModels.FITZHUGH_NAGUMO_1961;
    private static final Registration REGISTRATION =
            new Registration(FHN, ReferenceLabels.standard(), new FnoPredictor.Settings(ComputeDevice.CPU, 1, 64));

    private final OnnxModelFile bundled =
            OnnxModelFile.parse(BundledChampions.of(FHN).orElseThrow());
    private final Candidate network = Candidate.of(bundled);

    @Test
    void shouldMeasureTheErrorAndPutItIntoTheCard() {
        Registration.Examined examined = REGISTRATION.examine(bundled.withExpectedRelativeL2(77));

        assertThat(examined.score().getProtocols()).isEqualTo(375);
        assertThat(examined.score().getMeanRelativeL2()).isBetween(0.001, 0.01);
        assertThat(examined.file().card().expectedRelativeL2())
                .isEqualTo(examined.score().getMedianRelativeL2());
        assertThat(examined.outOfBounds()).isZero();
    }

    @Test
    void shouldScoreModelsOfEveryGridOnTheSameOne() {
        OnnxModelFile finer = OnnxModelFile.parse(
                network.interpolatedOn(new TimeGrid(100.0 / 640, 640)).toOnnx(1));

        double coarse = REGISTRATION.examine(bundled).score().getMeanRelativeL2();
        double fine = REGISTRATION.examine(finer).score().getMeanRelativeL2();

        assertThat(fine).isBetween(0.5 * coarse, 2 * coarse);
    }

    @Test
    void shouldRefuseValuesThatAreNotFinite() {
        float[] broken = network.parameters().vector();
        broken[broken.length / 2] = Float.NaN;

        assertRefused(
                with(broken).toOnnx(1),
                "not finite for 375 of 375 protocols",
                "V = NaN at t=0.0 ms for fitzhugh-nagumo-1961-validation-2");
    }

    @Test
    void shouldRefuseWhatWouldNeverBeServed() {
        Normalisation own = network.normalisation();
        double[][] shifted = new double[2][own.grid().samples()];
        for (double[] row : shifted) {
            Arrays.fill(row, 1000);
        }
        Candidate elsewhere = new Candidate(
                FHN,
                network.parameters(),
                new Normalisation(own.grid(), own.currentScale(), shifted, own.deviation()),
                network.recipe(),
                network.provenance());

        assertRefused(elsewhere.toOnnx(1), "leaves the bounds", "all 375 protocols", "order of the variables");
    }

    @Test
    void shouldRefuseAShorterHorizon() {
        byte[] half = network.interpolatedOn(new TimeGrid(0.3125, 160)).toOnnx(1);

        assertRefused(half, "covers 50.0 ms (160 samples of 0.3125 ms)", "100.0 ms", "whole horizon");
    }

    @Test
    void shouldRefuseAModelThatMixesTheProtocolsOfABatch() throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(network.toOnnx(1)).toBuilder();
        int last = model.getGraph().getNodeCount() - 1;
        String trajectory = model.getGraph().getNode(last).getInput(0);
        model.getGraphBuilder()
                .setNode(
                        last,
                        NodeProto.newBuilder()
                                .setOpType("ReduceMean")
                                .addInput(trajectory)
                                .addOutput("mean")
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("axes")
                                        .setType(AttributeProto.AttributeType.INTS)
                                        .addInts(0)))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Sub")
                        .addInput(trajectory)
                        .addInput("mean")
                        .addOutput("trajectory"));

        assertRefused(model.build().toByteArray(), "for a protocol alone and", "in a batch of 375", "first axis");
    }

    @Test
    void shouldRefuseAModelOfAnotherCell() {
        OnnxModelFile other = OnnxModelFile.parse(
                BundledChampions.of(CellModels.HODGKIN_HUXLEY_1952).orElseThrow());

        assertRefused(other.bytes(), "of hodgkin-huxley-1952, not of fitzhugh-nagumo-1961");
    }

    @Test
    void shouldSayThatANetworkFromOutsideIsNotKnown() throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(bundled.bytes()).toBuilder();
        String card = model.getMetadataProps(0).getValue();
        model.getMetadataPropsBuilder(0)
                .setValue(card.replaceFirst(
                        "\"recipe\":\".*?\",\"provenance\"", "\"recipe\":\"made by hand\",\"provenance\""));
        OnnxModelFile foreign = OnnxModelFile.parse(model.build().toByteArray());

        assertThat(REGISTRATION.examine(foreign).outOfBounds()).isZero();
        assertThatThrownBy(() -> Candidate.of(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was not made by this trainer (its recipe is 'made by hand')");
    }

    private Candidate with(float[] weights) {
        return new Candidate(
                FHN,
                FnoParameters.of(network.recipe().architecture(), weights),
                network.normalisation(),
                network.recipe(),
                network.provenance());
    }

    private static void assertRefused(byte[] onnx, String... inMessage) {
        OnnxModelFile file = OnnxModelFile.parse(onnx);

        assertThatThrownBy(() -> REGISTRATION.examine(file))
                .isInstanceOf(UnusableModelException.class)
                .message()
                .contains(inMessage);
    }
}
