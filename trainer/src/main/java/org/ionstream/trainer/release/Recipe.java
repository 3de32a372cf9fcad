package org.ionstream.trainer.release;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.fno.Inputs;
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
            CellModels.FITZHUGH_NAGUMO_1961.id(), lean(32, FourierLayer.MLP, 2, 128, 128),
            CellModels.HODGKIN_HUXLEY_1952.id(), lean(64, FourierLayer.MLP, 4, 128, 160),
            CellModels.OHARA_RUDY_2011.id(), lean(48, FourierLayer.MLP, 41, 64, 125));

    private static FnoArchitecture lean(int modes, FourierLayer layer, int variables, int hidden, int latentSamples) {
        return new FnoArchitecture(
                32,
                modes,
                4,
                layer,
                Activation.GELU,
                0.05,
                variables,
                hidden,
                Inputs.CURRENT_AND_CHARGE,
                latentSamples);
    }

    /**
     * The settings of the bundled champions: few channels and many modes, because spikes want resolution in time; layers on a
     * coarser grid, because they need no more samples than a few per mode.
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
                architecture, new TrainingSettings(32, steps, 7e-3, 0.1, 1e-4, 10, 500, 1, threads), protocols, 1);
    }

    /** The protocols that the network was first trained on, and that its normalisation is of. */
    public List<StimulusProtocol> protocols(CellModel cellModel) {
        return PaperDistribution.of(cellModel).training(dataSeed, baseProtocols);
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
