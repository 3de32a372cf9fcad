package org.ionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ionstream.producer.PulseRanges;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.trainer.fno.TrajectorySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDatasetTest {
    private static final CellModel FHN = CellModels.FITZHUGH_NAGUMO_1961;

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatTheSolverSaid() {
        DatasetRecipe recipe = Recipes.paper(CellModels.OHARA_RUDY_2011, DatasetRole.TRAINING, 6);
        List<StimulusProtocol> protocols = DatasetProtocols.of(recipe);
        TrajectorySet solved = ReferenceLabels.standard().solve(protocols, recipe.grid(), count -> {});

        TrainingDataset read = TrainingDataset.read(made(recipe), CellModels.OHARA_RUDY_2011);

        assertThat(read.recipe()).isEqualTo(recipe);
        assertThat(read.protocolsSha256()).isEqualTo(ProtocolHash.of(protocols));
        assertThat(read.protocols()).isEqualTo(protocols);
        assertThat(read.trajectories())
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(solved);
    }

    @ParameterizedTest
    @EnumSource(
            value = DatasetRole.class,
            names = {"TRAINING", "VALIDATION"})
    void shouldReadTrainingAndValidationSets(DatasetRole set) {
        assertThat(TrainingDataset.read(made(Recipes.paper(FHN, set, 3)), FHN)
                        .trajectories()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void shouldRefuseATestSet() {
        Path file = made(Recipes.paper(FHN, DatasetRole.TEST, 3));

        assertThatThrownBy(() -> TrainingDataset.read(file, FHN))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("is a test set, which is for reporting only")
                .hasMessageContaining("--set=training or --set=validation");
        assertThat(DatasetSummary.of(DatasetFile.open(file)).recipe().set()).isEqualTo(DatasetRole.TEST);
    }

    @Test
    void shouldRefuseTheFrozenTestSetUnderAnotherName() {
        List<StimulusProtocol> test = DatasetProtocols.of(Recipes.paper(FHN, DatasetRole.TEST, 375));
        DatasetRecipe disguised =
                Recipes.of(FHN, DatasetRole.TRAINING, DatasetOrigin.FILE, PulseRanges.NONE, test.size(), 5);
        Path file = folder.resolve("disguised.avro");
        new DatasetGeneration(2).run(disguised, test, file, written -> {});

        assertThatThrownBy(() -> TrainingDataset.read(file, FHN))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("is a test set");
    }

    @Test
    void shouldRefuseAnotherCellModel() {
        Path file = made(Recipes.paper(FHN, DatasetRole.TRAINING, 3));

        assertThatThrownBy(() -> TrainingDataset.read(file, CellModels.HODGKIN_HUXLEY_1952))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("is of fitzhugh-nagumo-1961, the model of hodgkin-huxley-1952");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.7, 0.999})
    void shouldRefuseATruncatedFile(double kept) throws IOException {
        Path file = made(Recipes.paper(FHN, DatasetRole.TRAINING, 600));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) (kept * whole.length)));

        assertThatThrownBy(() -> TrainingDataset.read(file, FHN))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageMatching(
                        "(?s).*set.avro (has \\d+ of 600 protocols.*make it again.*|cannot be read.*dataset create.*)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not Avro at all, but long enough to hold a header of some kind",
                "Obj\u0001",
                "Obj\u0001\u0004\u0016avro.schema\u0010\"string\"\u0000aaaaaaaaaaaaaaaa"
            })
    void shouldRefuseAForeignFile(String content) throws IOException {
        Path file = folder.resolve("foreign.avro");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> TrainingDataset.read(file, FHN))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("foreign.avro cannot be read as a data set")
                .hasMessageContaining("give a file that 'ionstream dataset create' has made");
        assertThatThrownBy(() -> TrainingDataset.read(folder, FHN))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("is not a file");
    }

    /** Every byte counts: the header through the sync marker, the blocks through their checksums. */
    @Test
    void shouldNoticeAChangedByteWhereverItIs() throws IOException {
        Path file = made(Recipes.paper(FHN, DatasetRole.TRAINING, 3));
        byte[] whole = Files.readAllBytes(file);
        float[][][] excursions = TrainingDataset.read(file, FHN).trajectories().excursions();
        SplittableRandom random = new SplittableRandom(5);

        for (int i = 0; i < 100; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);

            try {
                TrainingDataset read = TrainingDataset.read(file, FHN);
                // It was where nobody looks, such as a word of documentation in the schema.
                assertThat(read.recipe()).isEqualTo(Recipes.paper(FHN, DatasetRole.TRAINING, 3));
                assertThat(read.trajectories().excursions()).isDeepEqualTo(excursions);
            } catch (UnusableDatasetException e) {
                assertThat(e).hasMessageContaining("set.avro");
            }
        }
    }

    @Test
    void shouldSayWhatIsInAFile() {
        DatasetSummary summary =
                DatasetSummary.of(DatasetFile.open(made(Recipes.paper(FHN, DatasetRole.TRAINING, 30))));

        assertThat(summary.protocolsPerSubset().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(30);
        assertThat(summary.variables())
                .extracting(DatasetSummary.VariableRange::name)
                .containsExactly("V", "w");
        assertThat(summary.variables().get(0).highest()).isBetween(0.9, 2.0);
    }

    private Path made(DatasetRecipe recipe) {
        Path file = folder.resolve("set.avro");
        return new DatasetGeneration(2)
                .run(recipe, DatasetProtocols.of(recipe), file, written -> {})
                .path();
    }
}
