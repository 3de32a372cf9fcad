package org.ionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrozenSetsTest {
    static Stream<DatasetRecipe> frozen() {
        return CellModels.all().stream()
                .flatMap(model ->
                        Stream.of(DatasetRole.VALIDATION, DatasetRole.TEST).map(set -> Recipes.paper(model, set, 375)));
    }

    @ParameterizedTest
    @MethodSource("frozen")
    void shouldDrawTheFrozenValidationAndTestSetsUnchanged(DatasetRecipe recipe) {
        List<StimulusProtocol> protocols = DatasetProtocols.of(recipe);

        assertThatCode(() -> DatasetHeader.of(recipe, protocols)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAFrozenSetWhoseLastProtocolIsAnother() {
        DatasetRecipe recipe = Recipes.paper(CellModels.FITZHUGH_NAGUMO_1961, DatasetRole.TEST, 375);
        List<StimulusProtocol> protocols = Stream.concat(
                        DatasetProtocols.of(recipe).stream().limit(374),
                        DatasetProtocols.of(Recipes.paper(CellModels.FITZHUGH_NAGUMO_1961, DatasetRole.TRAINING, 1))
                                .stream())
                .toList();

        assertThatThrownBy(() -> DatasetHeader.of(recipe, protocols))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the test set of fitzhugh-nagumo-1961, seed 1, is frozen")
                .hasMessageContaining("take another seed");
    }

    @Test
    void shouldNotReadAFrozenSetWithOtherProtocols(@TempDir Path folder) throws IOException {
        DatasetRecipe recipe = Recipes.paper(CellModels.OHARA_RUDY_2011, DatasetRole.VALIDATION, 375);
        Path file = folder.resolve("other.avro");
        Files.write(file, new DatasetHeader(recipe, recipe.toJson(), "0123").bytes());

        assertThatThrownBy(() -> TrainingDataset.read(file, CellModels.OHARA_RUDY_2011))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("other.avro cannot be read as a data set: the validation set of ohara-rudy-2011")
                .hasMessageContaining("is frozen with protocols of SHA-256 d47f41");
    }
}
