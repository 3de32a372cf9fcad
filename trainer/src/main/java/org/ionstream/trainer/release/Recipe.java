package org.ionstream.trainer.release;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.NearThreshold;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.TrainingSettings;

/**
 * How a model was made: with it and the provenance, the same model can be made again. Travels as JSON in the model file.
 *
 * @param architecture of the network
 * @param training schedule and seed
 * @param baseProtocols drawn from the paper's training distribution, for every set
 * @param dataSeed they are drawn with
 * @param epochsPerSet after so many epochs on one set comes a fresh one; 0: one set for all
 * @param samples of the training grid; 0: the cell model's output step
 * @param asHeldOut subsets in the proportions of the paper's validation and test sets: those of FitzHugh-Nagumo have pulses
 *     that last until the horizon, its training set has none
 * @param nearThreshold further protocols of every set, next to the threshold of an action potential
 * @param start how the network was made that the training began with; null: from random numbers
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipe(
        FnoArchitecture architecture,
        TrainingSettings training,
        int baseProtocols,
        long dataSeed,
        int epochsPerSet,
        int samples,
        boolean asHeldOut,
        int nearThreshold,
        Recipe start) {
    private static final long VALIDATION_SEED = 1;
    /** Between the seeds of fresh sets, so that those of small seeds do not meet. */
    private static final long SEEDS_APART = 1_000_003;

    private static final ObjectMapper JSON = new ObjectMapper();

    public Recipe {
        if (architecture == null || training == null) {
            throw new IllegalArgumentException(
                    "a recipe with architecture %s, training %s; both are needed".formatted(architecture, training));
        }
    }

    /** With the paper's distribution alone. */
    public Recipe(
            FnoArchitecture architecture,
            TrainingSettings training,
            int baseProtocols,
            long dataSeed,
            int epochsPerSet,
            int samples,
            boolean asHeldOut,
            Recipe start) {
        this(architecture, training, baseProtocols, dataSeed, epochsPerSet, samples, asHeldOut, 0, start);
    }

    /** Steps in which every protocol of a set is seen once. */
    public int stepsPerEpoch() {
        return (baseProtocols + nearThreshold + training.batch() - 1) / training.batch();
    }

    /** This recipe with another network to begin with; the architecture is that network's. */
    public Recipe from(Candidate earlier) {
        return new Recipe(
                earlier.recipe().architecture(),
                training,
                baseProtocols,
                dataSeed,
                epochsPerSet,
                samples,
                asHeldOut,
                nearThreshold,
                earlier.recipe());
    }

    /** This recipe for another network. */
    public Recipe with(FnoArchitecture other) {
        return new Recipe(
                other, training, baseProtocols, dataSeed, epochsPerSet, samples, asHeldOut, nearThreshold, start);
    }

    /** The grid that the network is trained on. */
    public TimeGrid grid(CellModel cellModel) {
        return samples == 0
                ? TimeGrid.covering(cellModel.horizonMs(), cellModel.stepMs())
                : new TimeGrid(cellModel.horizonMs() / samples, samples);
    }

    /** The protocols that the network was first trained on, and that its normalisation is of. */
    public List<StimulusProtocol> protocols(CellModel cellModel) {
        return first().protocols(cellModel, 0);
    }

    /** Of the network that was begun from random numbers: its protocols and grid give the normalisation. */
    public Recipe first() {
        return start == null ? this : start.first();
    }

    /** The paper's validation set, the same for every recipe so that scores can be compared. */
    static List<StimulusProtocol> validation(CellModel cellModel) {
        return PaperDistribution.of(cellModel).validation(VALIDATION_SEED);
    }

    /** What a set is drawn with. */
    public long seed(int set) {
        return dataSeed + SEEDS_APART * set;
    }

    /** The paper's protocols of one set: the first is {@link #protocols}' unless the network began as another. */
    public List<StimulusProtocol> protocols(CellModel cellModel, int set) {
        return protocols(cellModel, set, baseProtocols);
    }

    /** The same, but so many. */
    public List<StimulusProtocol> protocols(CellModel cellModel, int set, int count) {
        PaperDistribution paper = PaperDistribution.of(cellModel);
        long seed = seed(set);
        return asHeldOut ? paper.trainingAsHeldOut(seed, count) : paper.training(seed, count);
    }

    /**
     * All protocols of the sets, by number.
     *
     * @param labels find the threshold, where some are to be next to it
     */
    IntFunction<List<StimulusProtocol>> sets(CellModel cellModel, ReferenceLabels labels) {
        if (nearThreshold == 0) {
            return set -> protocols(cellModel, set);
        }
        NearThreshold near = new NearThreshold(cellModel, labels);
        return set -> Stream.of(protocols(cellModel, set), near.draw(seed(set), nearThreshold))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * This recipe with other values, e.g. {@code architecture.modes} of {@code 40}.
     *
     * @param values by the path of a field from here
     * @throws IllegalArgumentException if there is no such field, or it cannot have the value
     */
    public Recipe with(Map<String, String> values) {
        ObjectNode tree = JSON.valueToTree(this);
        values.forEach((path, value) -> set(tree, path, value));
        try {
            return JSON.treeToValue(tree, Recipe.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a training recipe: " + reason(e), e);
        }
    }

    private static void set(ObjectNode tree, String path, String value) {
        int dot = path.lastIndexOf('.');
        JsonNode parent = dot < 0 ? tree : tree.at("/" + path.substring(0, dot).replace('.', '/'));
        String field = path.substring(dot + 1);
        if (!(parent instanceof ObjectNode owner) || !owner.path(field).isValueNode()) {
            throw new IllegalArgumentException("a recipe has no field '%s'; its fields are %s"
                    .formatted(path, String.join(", ", fields(tree, ""))));
        }
        owner.put(field, value);
    }

    private static List<String> fields(ObjectNode tree, String prefix) {
        List<String> fields = new ArrayList<>();
        tree.fields().forEachRemaining(entry -> {
            if (entry.getValue() instanceof ObjectNode inner) {
                fields.addAll(fields(inner, prefix + entry.getKey() + "."));
            } else {
                fields.add(prefix + entry.getKey());
            }
        });
        return fields;
    }

    /** What the records' own checks say, or what does not fit. */
    private static String reason(JsonProcessingException e) {
        return e.getCause() instanceof IllegalArgumentException refused ? refused.getMessage() : e.getOriginalMessage();
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
            throw new IllegalArgumentException("not a training recipe: " + reason(e), e);
        }
    }
}
