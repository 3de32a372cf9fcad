package org.ionstream.trainer.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.BundledChampions;
import org.ionstream.trainer.release.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled champions, calibrated on fewer protocols than they are with. */
class TrustTrialTest {
    private static final int PROTOCOLS = 400;

    /** Of a share of 0.9 in the 240 audits of a stream's last three blocks. */
    private static final double TWO_STANDARD_ERRORS = 0.039;

    private final ReferenceLabels labels = ReferenceLabels.standard();
    private final FnoPredictor.Settings serving = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 64);

    @ParameterizedTest
    @ValueSource(strings = {"fitzhugh-nagumo-1961", "hodgkin-huxley-1952"})
    void shouldCoverNineTenthsInDistributionAndAgainUnderDrift(String id) {
        TrustReport report = trial(calibrated(CellModels.byId(id))).run(line -> {});

        TrustReport.Score served = report.scores().get(0);
        assertThat(served.coverage()).isCloseTo(0.9, within(4 * served.standardError()));
        assertThat(served.correlation()).isGreaterThan(0.6);
        for (TrustReport.Stream stream : report.streams()) {
            List<TrustReport.Block> settled = stream.blocks().subList(7, 10);
            assertThat(settled).allMatch(TrustReport.Block::shifted);
            assertThat(mean(settled, TrustReport.Block::fixed)).isLessThan(0.75);
            assertThat(mean(settled, TrustReport.Block::adapted)).isCloseTo(0.9, within(TWO_STANDARD_ERRORS));
        }
        assertThat(report.streams().get(0).blocks()).allSatisfy(block -> {
            if (block.shifted()) {
                assertThat(block.outOfRange()).isEqualTo(1);
            } else {
                assertThat(block.outOfRange()).isLessThan(0.05);
            }
        });
    }

    @Test
    void shouldKeepAccuracyWishesByLeavingProtocolsToTheReference() {
        OnnxModelFile file = calibrated(CellModels.HODGKIN_HUXLEY_1952);

        List<TrustReport.Wish> wishes = trial(file).run(line -> {}).wishes();

        assertThat(wishes.get(0).surrogateShare()).isLessThan(wishes.get(1).surrogateShare());
        assertThat(wishes).allSatisfy(wish -> assertThat(wish.keptShare()).isGreaterThan(0.9));
    }

    @Test
    void shouldRefuseAModelWithoutCalibration() {
        byte[] written = Candidate.of(bundled(CellModels.FITZHUGH_NAGUMO_1961)).toOnnx(1);

        OnnxModelFile uncalibrated = OnnxModelFile.parse(written);

        assertThatThrownBy(() -> trial(uncalibrated))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not calibrated");
    }

    private static double mean(List<TrustReport.Block> blocks, ToDoubleFunction<TrustReport.Block> share) {
        return blocks.stream().mapToDouble(share).average().orElseThrow();
    }

    private TrustTrial trial(OnnxModelFile file) {
        return new TrustTrial(file, labels, serving, new TrustTrial.Settings(PROTOCOLS, 0, List.of(0.005, 0.05)));
    }

    private OnnxModelFile calibrated(CellModel cellModel) {
        OnnxModelFile file = bundled(cellModel);
        return new Calibrator(serving)
                .calibrated(file, Calibrator.paper(cellModel, file.card().grid(), labels, PROTOCOLS));
    }

    private static OnnxModelFile bundled(CellModel cellModel) {
        return OnnxModelFile.parse(BundledChampions.of(cellModel).orElseThrow());
    }
}
