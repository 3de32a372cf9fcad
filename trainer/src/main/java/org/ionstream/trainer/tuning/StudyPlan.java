package org.ionstream.trainer.tuning;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.tuning.search.Hyperparameter;
import org.ionstream.trainer.tuning.search.Observation;
import org.ionstream.trainer.tuning.search.ParzenSampler;
import org.ionstream.trainer.tuning.search.Sampler;
import org.ionstream.trainer.tuning.search.SearchSpace;
import org.ionstream.trainer.tuning.search.Study;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;

/**
 * All that the course of a study depends on. Travels as JSON with every trial.
 *
 * @param cellModel id
 * @param base recipe of the first trial; the others differ from it in what is searched. One set of protocols
 * @param space what is searched
 * @param method how
 * @param trials in all, the first included
 * @param seed of the search
 * @param halving rungs; the highest has the steps of the recipe
 * @param largestParameters of a network; 0: any. If limited, a proposal has as many modes as fit, at most those that its grid
 *     can tell apart. The paper does so with the numbers of the spectral weights alone; here all numbers of the network count,
 *     and a proposal is drawn again if one mode is too much
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StudyPlan(
        String cellModel,
        Recipe base,
        HyperparameterSpace space,
        Method method,
        int trials,
        long seed,
        SuccessiveHalving halving,
        long largestParameters) {
    /** How proposals are made. */
    public enum Method {
        /** {@link ParzenSampler}. */
        TPE,
        /** For comparison. */
        RANDOM
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_DRAWS = 10_000;
    private static final int VALIDATIONS_PER_RUNG = 4;
    /** The paper lowers the learning rate every 10 of 1,000 epochs. */
    private static final int DECAYS = 100;

    public StudyPlan {
        if (cellModel == null || base == null || space == null || method == null || halving == null) {
            throw new IllegalArgumentException(
                    "a plan of cell model %s with base %s, space %s, method %s, halving %s; all are needed"
                            .formatted(cellModel, base == null ? null : "given", space, method, halving));
        }
        if (largestParameters < 0) {
            throw new IllegalArgumentException(
                    "%d parameters at most; give a positive number, or 0 for any".formatted(largestParameters));
        }
        if (base.training().steps() != halving.mostSteps() || base.epochsPerSet() != 0 || base.start() != null) {
            throw new IllegalArgumentException(
                    "a recipe of %d steps, fresh sets every %d epochs, for rungs up to %d; it must have those steps, one set, and begin from random numbers"
                            .formatted(base.training().steps(), base.epochsPerSet(), halving.mostSteps()));
        }
    }

    /**
     * A recipe cut down for trials: fewer protocols, which repeat, and the steps of the highest rung.
     *
     * @param samples of the training grid; 0: the recipe's
     */
    public static Recipe trialRecipe(Recipe recipe, SuccessiveHalving halving, int protocols, int samples) {
        int least = halving.leastSteps();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("training.steps", Integer.toString(halving.mostSteps()));
        values.put("training.stepsPerDecay", Integer.toString(Math.max(1, halving.mostSteps() / DECAYS)));
        values.put(
                "training.stepsPerValidation",
                Integer.toString(least % VALIDATIONS_PER_RUNG == 0 ? least / VALIDATIONS_PER_RUNG : least));
        values.put("training.patience", "0");
        values.put("baseProtocols", Integer.toString(protocols));
        values.put("epochsPerSet", "0");
        if (samples > 0) {
            values.put("samples", Integer.toString(samples));
        }
        return recipe.with(values);
    }

    /**
     * A study that has just begun.
     *
     * @throws IllegalArgumentException if the first trial has more modes than its grid can tell apart, or too many parameters
     */
    public Study begin() {
        int samples = base.grid(cellModelOf()).samples();
        int most = base.architecture().mostModes(samples);
        if (base.architecture().modes() > most) {
            throw new IllegalArgumentException(
                    "the first trial has %d modes on %d samples, which tell %d apart; take more samples"
                            .formatted(base.architecture().modes(), samples, most));
        }
        return new Study(new Study.Settings(trials, seed, halving), first(), sampler());
    }

    public CellModel cellModelOf() {
        return CellModels.byId(cellModel);
    }

    /** The base recipe with a point's values. */
    public Recipe recipe(Map<String, String> point) {
        return base.with(point);
    }

    public SearchSpace searchSpace() {
        int samples = base.grid(cellModelOf()).samples();
        return space.of(largestParameters > 0, samples);
    }

    /**
     * What the space can say of the base recipe; fewer modes, if it is too large.
     *
     * @throws IllegalArgumentException if it is too large even so
     */
    private Map<String, String> first() {
        Map<String, String> point = new LinkedHashMap<>();
        JsonNode recipe = JSON.valueToTree(base);
        for (Hyperparameter searched : searchSpace().hyperparameters()) {
            String value = recipe.at("/" + searched.name().replace('.', '/')).asText();
            if (searched.contains(value)) {
                point.put(searched.name(), value);
            }
        }
        if (largestParameters == 0 || base.architecture().parameterCount() <= largestParameters) {
            return point;
        }
        return fitted(point)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the first trial has %,d parameters, more than %,d with any number of modes; allow more"
                                .formatted(base.architecture().parameterCount(), largestParameters)));
    }

    private Sampler sampler() {
        SearchSpace searched = searchSpace();
        Sampler proposals = switch (method) {
            case TPE -> ParzenSampler.of(searched);
            case RANDOM -> Sampler.random(searched);
        };
        return (seen, random) -> fitting(proposals, seen, random);
    }

    private Map<String, String> fitting(Sampler proposals, List<Observation> seen, RandomGenerator random) {
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            Optional<Map<String, String>> fitted = fitted(proposals.next(seen, random));
            if (fitted.isPresent()) {
                return fitted.get();
            }
        }
        throw new IllegalStateException(
                "%d proposals and none within %,d parameters on %d samples; allow more parameters"
                        .formatted(MOST_DRAWS, largestParameters, base.samples()));
    }

    private Optional<Map<String, String>> fitted(Map<String, String> point) {
        FnoArchitecture proposed = recipe(point).architecture();
        int most = proposed.mostModes(base.grid(cellModelOf()).samples());
        if (largestParameters == 0) {
            return proposed.modes() <= most ? Optional.of(point) : Optional.empty();
        }
        long modes = Math.min(most, proposed.modesWithin(largestParameters));
        if (modes < 1) {
            return Optional.empty();
        }
        Map<String, String> fitted = new LinkedHashMap<>(point);
        fitted.put(HyperparameterSpace.MODES, Long.toString(modes));
        return Optional.of(fitted);
    }

    /** Whether a study of the other plan can go on with this one: it may only have another number of trials. */
    boolean continues(StudyPlan other) {
        return equals(new StudyPlan(
                other.cellModel,
                other.base,
                other.space,
                other.method,
                trials,
                other.seed,
                other.halving,
                other.largestParameters));
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if this is not a plan */
    public static StudyPlan fromJson(String json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, StudyPlan.class))
                    .orElseThrow(
                            () -> new IllegalArgumentException("not the plan of a study: null; give its JSON object"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the plan of a study: " + e.getOriginalMessage(), e);
        }
    }
}
