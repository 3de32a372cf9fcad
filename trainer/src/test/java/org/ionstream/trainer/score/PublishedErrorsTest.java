package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.producer.sampler.Subset;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are copied by hand; these are what holds between them. */
class PublishedErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "fitzhugh-nagumo-1961, 0, 224, 20, 4",
        "fitzhugh-nagumo-1961, 2, 64, 12, 5",
        "hodgkin-huxley-1952, 0, 256, 24, 4",
        "hodgkin-huxley-1952, 2, 96, 5, 5",
        "ohara-rudy-2011, 0, 192, 32, 5"
    })
    void shouldHaveTheParametersOfThePapersNetworks(String cellModel, int place, int width, int modes, int layers) {
        CellModel model = CellModels.byId(cellModel);
        int variables = model.variables().size();

        long counted = FnoArchitecture.paper(width, modes, layers, FourierLayer.MLP, Activation.GELU, 0, variables)
                .parameterCount();

        assertThat(PublishedErrors.of(model).get(place).parameters()).isEqualTo(counted);
    }

    @Test
    void shouldHaveMeansOverTheVariables() {
        for (CellModel model : CellModels.all()) {
            for (PublishedErrors published : PublishedErrors.of(model)) {
                Map<String, Double> byVariable = published.relativeL2ByVariable();
                double mean = byVariable.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(published.relativeL2());
                assertThat(mean).isCloseTo(published.relativeL2(), within(1e-5));
            }
        }
    }

    /** By subset they are of other protocols of the same distribution, which scored 0.0079 and 0.0264. */
    @ParameterizedTest
    @CsvSource({"fitzhugh-nagumo-1961, 0.0079", "hodgkin-huxley-1952, 0.0264"})
    void shouldHaveMeansOverTheSubsets(String cellModel, double mean) {
        CellModel model = CellModels.byId(cellModel);
        Map<String, Double> bySubset = PublishedErrors.of(model).get(2).relativeL2BySubset();

        double weighted = PaperDistribution.of(model).subsets().stream()
                .mapToDouble(subset -> subset.heldOutCount() * bySubset.get(subset.name()))
                .sum();

        assertThat(bySubset.keySet())
                .containsExactlyInAnyOrderElementsOf(PaperDistribution.of(model).subsets().stream()
                        .map(Subset::name)
                        .toList());
        assertThat(weighted / 375).isCloseTo(mean, within(1.5e-4));
    }
}
