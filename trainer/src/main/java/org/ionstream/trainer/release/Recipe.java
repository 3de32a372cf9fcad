package org.ionstream.trainer.release;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.fno.TrainingSettings;

/**
 * How a model was made: with it and the provenance, the same model can be made again. Travels as JSON in the model file.
 *
 * @param architecture of the network
 * @param training schedule and seed
 * @param baseProtocols drawn from the paper's training distribution
 * @param dataSeed they are drawn with
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Recipe(FnoArchitecture architecture, TrainingSettings training, int baseProtocols, long dataSeed) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, FnoArchitecture> ARCHITECTURES = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            FnoArchitecture.paper(32, 32, 4, FourierLayer.MLP, Activation.GELU, 0.05, 2),
            CellModels.HODGKIN_HUXLEY_1952.id(),
            FnoArchitecture.paper(32, 64, 4, FourierLayer.MLP, Activation.GELU, 0.05, 4),
            CellModels.OHARA_RUDY_2011.id(),
            FnoArchitecture.paper(32, 48, 4, FourierLayer.CLASSIC, Activation.GELU, 0.05, 41));

    /**
     * The settings of the bundled champions: few channels and many modes, because spikes want resolution in time; five times
     * the paper's training protocols.
     *
     * @throws IllegalArgumentException if there is none for this cell model
     */
    public static Recipe bundled(CellModel cellModel, int steps, int protocols, int threads) {
        FnoArchitecture architecture = ARCHITECTURES.get(cellModel.id());
        if (architecture == null) {
            throw new IllegalArgumentException(
                    "no training recipe for %s; add its architecture to Recipe".formatted(cellModel.id()));
        }
        return new Recipe(
                architecture, new TrainingSettings(32, steps, 1e-2, 0.1, 1e-4, 10, 500, 1, threads), protocols, 1);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if this is not a recipe */
    public static Recipe fromJson(String json) {
        try {
            return JSON.readValue(json, Recipe.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a training recipe: " + e.getOriginalMessage(), e);
        }
    }
}
