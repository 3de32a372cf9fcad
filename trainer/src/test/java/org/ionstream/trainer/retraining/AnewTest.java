package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;
import org.junit.jupiter.api.Test;

class AnewTest {
    @Test
    void shouldMarchWhereThatIsBestAndTheGridIsDivided() {
        assertThat(network(CellModels.FITZHUGH_NAGUMO_1961, 320, Map.of()).windows())
                .isEqualTo(16);
        assertThat(network(CellModels.FITZHUGH_NAGUMO_1961, 320, Map.of()).latentSamples())
                .isEqualTo(256);
        assertThat(network(CellModels.FITZHUGH_NAGUMO_1961, 320, Map.of()).modes())
                .isEqualTo(8);
        assertThat(network(CellModels.FITZHUGH_NAGUMO_1961, 315, Map.of()).windows())
                .isEqualTo(1);
        assertThat(network(CellModels.OHARA_RUDY_2011, 500, Map.of()).windows()).isEqualTo(5);
        assertThat(network(CellModels.OHARA_RUDY_2011, 500, Map.of()).modes()).isEqualTo(20);
        assertThat(network(CellModels.BEELER_REUTER_1977, 500, Map.of()).windows())
                .isEqualTo(1);
    }

    @Test
    void shouldTakeWhatIsAskedFor() {
        FnoArchitecture network =
                network(CellModels.FITZHUGH_NAGUMO_1961, 320, Map.of("windows", "8", "layers", "6", "width", "48"));

        assertThat(network.windows()).isEqualTo(8);
        assertThat(network.latentSamples()).isEqualTo(8 * 16);
        assertThat(network.layers()).isEqualTo(6);
        assertThat(network.width()).isEqualTo(48);
    }

    @Test
    void shouldRefuseWhatNoNetworkHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Anew(Anew.When.ONCE, Map.of("widht", "64")))
                .withMessageContaining("has no 'widht'; it has width, modes, layers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Anew(Anew.When.ONCE, Map.of("windows", "many")))
                .withMessageContaining("windows=many; give a whole number");
    }

    private static FnoArchitecture network(CellModel cellModel, int samples, Map<String, String> values) {
        Recipe champion = Recipes.CHAMPION.of(cellModel).with(Map.of("training.stride", "4"));
        return new Anew(Anew.When.ONCE, values)
                .with(champion, cellModel, new TimeGrid(cellModel.horizonMs() / samples, samples))
                .architecture();
    }
}
