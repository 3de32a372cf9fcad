package org.ionstream.trainer.release;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    /**
     * The settings of the bundled champions: few channels and many modes, because spikes want resolution in time; five times
     * the paper's training protocols.
     *
     * @throws IllegalArgumentException if there is none for this cell model
     */
    public static Recipe bundled(CellModel cellModel, int steps, int protocols, int threads) {
        int modes;
        if (cellModel.equals(CellModels.FITZHUGH_NAGUMO_1961)) {
            modes = 32;
        } else if (cellModel.equals(CellModels.HODGKIN_HUXLEY_1952)) {
            modes = 64;
        } else {
            throw new IllegalArgumentException("no training recipe for %s yet".formatted(cellModel.id()));
        }
        FnoArchitecture architecture = new FnoArchitecture(
                32,
                modes,
                4,
                FourierLayer.MLP,
                Activation.GELU,
                0.05,
                cellModel.variables().size());
        return new Recipe(
                architecture, new TrainingSettings(32, steps, 5e-3, 0.1, 1e-4, 1, 500, 1, threads), protocols, 1);
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
