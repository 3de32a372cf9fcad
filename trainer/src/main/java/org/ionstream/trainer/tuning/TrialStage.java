package org.ionstream.trainer.tuning;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Trial;
import org.ionstream.schemas.message.TrialOutcome;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Stage;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.trainer.fno.DivergedException;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.release.PartialTraining;
import org.ionstream.trainer.release.Recipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains trials as far as they are ordered to. Where this worker, or one that shares its directory, trained the rung below,
 * its checkpoint is gone on from; elsewhere the training begins anew, and comes to the same numbers.
 */
final class TrialStage implements Stage<TrialStage.Request> {
    private static final Logger LOG = LoggerFactory.getLogger(TrialStage.class);
    /** Of a study, as it names a directory. */
    private static final String STUDY_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** A trial that can be trained. */
    record Request(Trial trial, Recipe recipe) {}

    private final Topics topics;
    private final PartialTraining training;
    private final Path checkpoints;
    private final String worker;
    private final Clock clock;

    TrialStage(Topics topics, PartialTraining training, Path checkpoints, String worker, Clock clock) {
        this.topics = topics;
        this.training = training;
        this.checkpoints = checkpoints;
        this.worker = worker;
        this.clock = clock;
    }

    /** Trials of known cell models with recipes that can be read. */
    static Inlet<Trial, Request> inlet(Topics topics) {
        return new Inlet<>(topics.trials, (trial, arrival) -> request(trial));
    }

    private static Request request(Trial trial) {
        try {
            checkStudyName(trial.getStudy());
            Recipe recipe = Recipe.fromJson(trial.getRecipe());
            check(trial, CellModels.byId(trial.getCellModel()), recipe);
            return new Request(trial, recipe);
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessageException(e.getMessage(), e);
        }
    }

    private static void check(Trial trial, CellModel cellModel, Recipe recipe) {
        FnoArchitecture network = recipe.architecture();
        int most = network.mostModes(recipe.grid(cellModel).samples());
        boolean fits = trial.getNumber() >= 0
                && trial.getSteps() >= 1
                && trial.getSteps() <= recipe.training().steps()
                && recipe.epochsPerSet() == 0
                && recipe.start() == null
                && network.modes() <= most
                && network.variables() == cellModel.variables().size();
        if (!fits) {
            throw new IllegalArgumentException(
                    "trial %s/%d to step %d of %s with %s; the steps must be within the recipe's, the modes at most %d, the variables those of the cell model, and the protocols one set"
                            .formatted(
                                    trial.getStudy(),
                                    trial.getNumber(),
                                    trial.getSteps(),
                                    cellModel.id(),
                                    trial.getRecipe(),
                                    most));
        }
    }

    /** @throws IllegalArgumentException if a study cannot have this name */
    static void checkStudyName(String name) {
        if (!name.matches(STUDY_NAME)) {
            throw new IllegalArgumentException(
                    "study '%s'; its name begins with a letter or digit and has up to 100 of those, dots, hyphens and underscores"
                            .formatted(name));
        }
    }

    @Override
    public List<Outgoing> answer(List<Request> batch) {
        return batch.stream()
                .map(this::trained)
                .map(result -> topics.trialResults.message(result.getStudy() + "/" + result.getNumber(), result))
                .toList();
    }

    private TrialResult trained(Request request) {
        Trial trial = request.trial();
        Path checkpoint = checkpoints.resolve(trial.getStudy()).resolve(trial.getNumber() + ".checkpoint");
        long started = clock.millis();
        TrialResult.Builder result = TrialResult.newBuilder()
                .setStudy(trial.getStudy())
                .setNumber(trial.getNumber())
                .setRung(trial.getRung())
                .setParameters(request.recipe().architecture().parameterCount())
                .setWorker(worker);
        try {
            PartialTraining.Reached reached =
                    training.run(CellModels.byId(trial.getCellModel()), request.recipe(), trial.getSteps(), checkpoint);
            result.setOutcome(TrialOutcome.TRAINED)
                    .setValidationRelativeL2(reached.error())
                    .setResumedFromStep(reached.resumedFrom());
        } catch (DivergedException e) {
            result.setOutcome(TrialOutcome.DIVERGED).setDetail(e.getMessage());
        } catch (CancellationException e) {
            Thread.interrupted(); // or the consumer could not leave its group, and the others would wait for its
            // session
            throw e;
        }
        long now = clock.millis();
        LOG.info(
                "trial {}/{} to step {}: {}",
                trial.getStudy(),
                trial.getNumber(),
                trial.getSteps(),
                result.getOutcome());
        return result.setSeconds((now - started) / 1e3).setAtMs(now).build();
    }
}
