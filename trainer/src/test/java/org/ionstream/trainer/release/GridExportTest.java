package org.ionstream.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrajectorySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GridExportTest {
    private static final CellModel FHN = CellModels.FITZHUGH_NAGUMO_1961;
    private static final FnoPredictor.Settings CPU = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 16);
    private static final ReferenceLabels LABELS = ReferenceLabels.standard();

    private final OnnxModelFile bundled = bundled(FHN);
    private final GridExport export = new GridExport(LABELS, CPU);

    static List<CellModel> cellModels() {
        return CellModels.all().stream()
                .filter(model -> BundledChampions.of(model).isPresent())
                .toList();
    }

    /** Whatever order of operations the file was written with. */
    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldPredictTheSameWhenWrittenAgain(CellModel model) {
        OnnxModelFile file = bundled(model);

        OnnxModelFile again =
                OnnxModelFile.parse(Candidate.of(file).toOnnx(file.card().expectedRelativeL2()));

        assertThat(again.card())
                .usingRecursiveComparison()
                .withEqualsForFields(
                        (a, b) -> Recipe.fromJson((String) a).equals(Recipe.fromJson((String) b)), "recipe")
                .isEqualTo(file.card());
        float[][][] before = predict(file);
        float[][][] after = predict(again);
        for (int protocol = 0; protocol < before.length; protocol++) {
            for (int variable = 0; variable < before[protocol].length; variable++) {
                double excursion = model.variables().get(variable).excursion();
                for (int i = 0; i < before[protocol][variable].length; i++) {
                    assertThat((double) after[protocol][variable][i])
                            .isCloseTo(before[protocol][variable][i], within(1e-3 * excursion));
                }
            }
        }
    }

    @Test
    void shouldMeasureTheErrorOnTheNewGridAndPutItIntoTheCard() {
        Candidate small = withFewProtocols(300);
        TimeGrid finer = new TimeGrid(100.0 / 640, 640);

        ChampionTraining.Trained there = export.on(finer, small, GridExport.Statistics.EXACT);

        assertThat(there.file().card().grid()).isEqualTo(finer);
        assertThat(there.validation().getProtocols()).isEqualTo(375);
        assertThat(there.file().card().expectedRelativeL2())
                .isEqualTo(there.validation().getMedianRelativeL2());
    }

    @Test
    void shouldTakeTheStatisticsOfTheTrainingProtocolsOnTheNewGrid() {
        Candidate small = withFewProtocols(60);
        TimeGrid coarser = new TimeGrid(100.0 / 200, 200);

        OnnxModelFile file =
                export.on(coarser, small, GridExport.Statistics.EXACT).file();

        TrajectorySet training = LABELS.solve(small.recipe().protocols(FHN), coarser, count -> {});
        Normalisation wanted = Normalisation.of(training);
        Normalisation found = Candidate.of(file).normalisation();
        assertThat(found.mean()[0][77]).isCloseTo(wanted.mean()[0][77], within(1e-6));
        assertThat(found.deviation()[1][77]).isCloseTo(wanted.deviation()[1][77], within(1e-6));
        assertThat(found.currentScale()).isEqualTo(small.normalisation().currentScale());
    }

    @Test
    void shouldRefuseExactStatisticsOfAModelThatWasTrainedOn() {
        Candidate bundledCandidate = Candidate.of(bundled);
        Candidate trainedOn = new Candidate(
                FHN,
                bundledCandidate.parameters(),
                bundledCandidate.normalisation(),
                bundledCandidate.recipe(),
                "{\"parentModelId\":\"x\"}");
        TimeGrid finer = new TimeGrid(100.0 / 640, 640);

        assertThatIllegalStateException()
                .isThrownBy(() -> export.on(finer, trainedOn, GridExport.Statistics.EXACT))
                .withMessageContaining("interpolate");
        assertThat(export.on(finer, trainedOn, GridExport.Statistics.INTERPOLATED)
                        .validation()
                        .getMedianRelativeL2())
                .isLessThan(0.02);
    }

    /** Time is a fraction of the horizon, not of the samples: one sample more changes nothing before it. */
    @Test
    void shouldSayTheSameOnAGridThatEndsBeyondTheHorizon() {
        Candidate champion = Candidate.of(bundled);
        TimeGrid longer = new TimeGrid(bundled.card().stepMs(), bundled.card().samples() + 1);

        float[][][] usual = predict(bundled);
        float[][][] beyond =
                predict(OnnxModelFile.parse(champion.interpolatedOn(longer).toOnnx(1)));

        for (int protocol = 0; protocol < usual.length; protocol++) {
            float[] same = Arrays.copyOf(beyond[protocol][0], bundled.card().samples());
            assertThat(same).containsExactly(usual[protocol][0], within(1e-4f));
        }
    }

    @Test
    void shouldRefuseAnotherHorizon() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> export.on(new TimeGrid(0.5, 400), Candidate.of(bundled), GridExport.Statistics.EXACT))
                .withMessageContaining("400 samples of 0.5 ms are 200.0 ms")
                .withMessageContaining("100.0 ms");
    }

    @Test
    void shouldMakeAModelOfWeightsAndRecipe() {
        Candidate small = withFewProtocols(40);
        TimeGrid grid = small.normalisation().grid();

        Candidate candidate =
                new TrainedWeights(FHN, small.recipe(), small.parameters().vector()).candidate(LABELS);

        Normalisation wanted = Normalisation.of(LABELS.solve(small.recipe().protocols(FHN), grid, count -> {}));
        assertThat(candidate.modelId()).isEqualTo(small.modelId());
        assertThat(candidate.isFirstTraining()).isTrue();
        assertThat(candidate.normalisation().currentScale()).isEqualTo(wanted.currentScale());
        assertThat(candidate.normalisation().mean()[1][50]).isCloseTo(wanted.mean()[1][50], within(1e-6));
    }

    @Test
    void shouldRefuseWeightsOfAnotherNetwork() {
        Recipe recipe = Candidate.of(bundled).recipe();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainedWeights(FHN, recipe, new float[7]))
                .withMessageContaining("7 weights for the 284578 parameters");
    }

    /** The bundled network as if trained on fewer protocols, which are solved sooner. */
    private Candidate withFewProtocols(int protocols) {
        Candidate all = Candidate.of(bundled);
        Recipe recipe =
                new Recipe(all.recipe().architecture(), all.recipe().training(), protocols, 1, 0, 320, false, null);
        return new Candidate(
                FHN,
                FnoParameters.of(recipe.architecture(), all.parameters().vector()),
                all.normalisation(),
                recipe,
                all.provenance());
    }

    private static float[][][] predict(OnnxModelFile file) {
        TimeGrid grid = file.card().grid();
        float[][] currents = PaperDistribution.of(CellModels.byId(file.card().cellModel())).validation(3, 12).stream()
                .map(protocol -> Stimulus.of(protocol).cellMeans(grid))
                .toArray(float[][]::new);
        try (FnoPredictor predictor = new FnoPredictor(file, CPU)) {
            return predictor.predict(currents);
        }
    }

    private static OnnxModelFile bundled(CellModel model) {
        return OnnxModelFile.parse(BundledChampions.of(model).orElseThrow());
    }
}
