package org.ionstream.standalone.command;

import java.time.Duration;
import java.util.Map;
import org.ionstream.trainer.drift.DriftSettings;
import org.ionstream.trainer.fno.Optimiser;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.retraining.Anew;
import org.ionstream.trainer.retraining.RetrainingSettings;
import org.ionstream.trainer.retraining.RetrainingTriggers;
import org.ionstream.trainer.retraining.TrainingMix;
import picocli.CommandLine.Option;

/** When errors count as drift, and when and how a champion is trained on. */
final class TrainerOptions {
    static final String AUDIT_SHARE = "${env:IONSTREAM_AUDIT_SHARE:-0.3}";
    static final String AUDIT_SHARE_DESCRIPTION =
            "Of protocols that the reference solves too, the same number in every "
                    + "process; the environment variable IONSTREAM_AUDIT_SHARE replaces the default. Default: ${DEFAULT-VALUE}";

    private static final int LEAST_REPLAYED_REFERENCES = 4_000;
    /** Each with a look at the selection set. */
    private static final int CHECKPOINTS = 6;

    private static final int LEAST_STEPS_PER_CHECKPOINT = 25;
    private static final int MOST_STEPS_PER_CHECKPOINT = 1_000;

    private static final double LARGEST_GRADIENT_NORM = 10;

    @Option(names = "--audit-share", defaultValue = AUDIT_SHARE, description = AUDIT_SHARE_DESCRIPTION)
    private double auditShare;

    @Option(
            names = "--join-window-seconds",
            defaultValue = "300",
            description = "Longest time between a prediction and its reference. Default: ${DEFAULT-VALUE}")
    private long joinWindowSeconds;

    @Option(
            names = "--audits-per-window",
            defaultValue = "50",
            description = "Discrepancies in one drift report. Default: ${DEFAULT-VALUE}")
    private int auditsPerWindow;

    @Option(
            names = "--drift-error",
            paramLabel = "DECLARE:CLEAR",
            defaultValue = "2:1.5",
            description =
                    "Drift when the median error is DECLARE times the one at release, two windows in a row; over below "
                            + "CLEAR times. Default: ${DEFAULT-VALUE}")
    private String driftError;

    @Option(
            names = "--drift-input",
            paramLabel = "DECLARE:CLEAR",
            defaultValue = "0.6:0.4",
            description =
                    "The same for the population stability index of a feature of the currents: peak, charge, onset, end, "
                            + "number of pulses. Default: ${DEFAULT-VALUE}")
    private String driftInput;

    @Option(
            names = "--drift-routed",
            paramLabel = "DECLARE:CLEAR",
            defaultValue = "0.2:0.1",
            description = "The same for the share of protocols that the model leaves to the reference as out of range, "
                    + "too uncertain or unphysiological. Default: ${DEFAULT-VALUE}")
    private String driftRouted;

    @Option(
            names = "--drift-uncovered",
            paramLabel = "DECLARE:CLEAR",
            defaultValue = "0.3:0.2",
            description = "The same for the share of variables and audits that the bands miss; they are to miss 0.1. "
                    + "Default: ${DEFAULT-VALUE}")
    private String driftUncovered;

    @Option(
            names = "--training-steps",
            defaultValue = "3000",
            description = "Of one retraining. Default: ${DEFAULT-VALUE}")
    private int trainingSteps;

    @Option(
            names = "--training-learning-rate",
            defaultValue = "0.003",
            description = "Highest of a retraining. Default: ${DEFAULT-VALUE}")
    private double trainingLearningRate;

    @Option(
            names = "--training-optimiser",
            defaultValue = "SOAP",
            description = "ADAMW or SOAP, of a retraining. Default: ${DEFAULT-VALUE}")
    private String trainingOptimiser;

    @Option(
            names = "--training-stride",
            defaultValue = "4",
            description = "A step of a retraining looks at every so manieth sample. Default: ${DEFAULT-VALUE}")
    private int trainingStride;

    @Option(
            names = "--training-anew",
            defaultValue = "ONCE",
            description =
                    "NEVER: a retraining goes on from the champion's weights; ALWAYS: it begins from random numbers, with a network "
                            + "for pulses at any time; ONCE: if the champion is not such a network. "
                            + "Default: ${DEFAULT-VALUE}")
    private String trainingAnew;

    @Option(
            names = "--training-anew-set",
            paramLabel = "NAME=VALUE",
            description =
                    "Of a network that begins anew, what is to be other than best for the cell model, e.g. layers=8 or windows=1; "
                            + "may be given several times")
    private Map<String, String> trainingAnewNetwork = Map.of();

    @Option(
            names = "--excursion-weight",
            defaultValue = "0",
            description = "In the loss of a retraining, of the error relative to how far a protocol moves the cell. "
                    + "Default: ${DEFAULT-VALUE}")
    private double excursionWeight;

    @Option(
            names = "--epochs-per-set",
            defaultValue = "4",
            description =
                    "After so many times through them the paper's and the targeted protocols are drawn anew; 0: never. "
                            + "Default: ${DEFAULT-VALUE}")
    private int epochsPerSet;

    @Option(
            names = "--base-as-held-out",
            arity = "1",
            defaultValue = "true",
            description =
                    "true: the paper's subsets as in its validation set; false: as in its training set. Default: ${DEFAULT-VALUE}")
    private boolean asHeldOut;

    @Option(
            names = "--fresh-references",
            defaultValue = "1500",
            description = "Audits since the drift began that a retraining waits for. Default: ${DEFAULT-VALUE}")
    private int freshReferences;

    @Option(
            names = "--base-protocols",
            defaultValue = "3000",
            description = "Of the paper's training distribution, mixed in. Default: ${DEFAULT-VALUE}")
    private int baseProtocols;

    @Option(
            names = "--targeted-protocols",
            defaultValue = "2400",
            description =
                    "Solved by the trainer itself, near audited ones that the champion is worst at. Default: ${DEFAULT-VALUE}")
    private int targetedProtocols;

    @Option(
            names = "--sensitive-share",
            defaultValue = "0.5",
            description =
                    "Of base and targeted protocols, those of four drawn that a hundredth less current changes most. Default: ${DEFAULT-VALUE}")
    private double sensitiveShare;

    @Option(
            names = "--required-improvement",
            paramLabel = "FACTOR",
            defaultValue = "0.9",
            description = "Promotion needs a mean error on recent audits below this share of the champion's. "
                    + "Default: ${DEFAULT-VALUE}")
    private double requiredImprovement;

    @Option(
            names = "--tolerated-regression",
            paramLabel = "FACTOR",
            defaultValue = "5",
            description =
                    "Promotion needs a mean error on the paper's validation protocols of at most this many times the "
                            + "champion's. Default: ${DEFAULT-VALUE}")
    private double toleratedRegression;

    @Option(
            names = "--probation",
            paramLabel = "REFERENCES",
            defaultValue = "200",
            description =
                    "First audits after a promotion on which the new champion meets the one it replaced; if it is "
                            + "surely worse there, that one serves again. 0: none. Default: ${DEFAULT-VALUE}")
    private int probation;

    @Option(
            names = "--retrain-every-hours",
            defaultValue = "0",
            description =
                    "A training is due when the last one is so long ago; 0: never for that. Default: ${DEFAULT-VALUE}")
    private double retrainEveryHours;

    @Option(
            names = "--retrain-after-references",
            defaultValue = "0",
            description = "A training is due when so many audits have come since the last one; 0: never for that. "
                    + "Default: ${DEFAULT-VALUE}")
    private int retrainAfterReferences;

    @Option(
            names = "--cooldown-minutes",
            defaultValue = "0",
            description =
                    "Shortest time from the end of a training to the next, orders aside. Default: ${DEFAULT-VALUE}")
    private double cooldownMinutes;

    @Option(
            names = "--warm-up",
            paramLabel = "REFERENCES",
            defaultValue = "0",
            description = "Audits since a champion's release before it is trained on, orders aside. "
                    + "Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--training-minutes-per-day",
            paramLabel = "MINUTES",
            defaultValue = "Infinity",
            description = "That trainings may take in any 24 hours, orders aside. Default: no limit")
    private double trainingMinutesPerDay;

    /** @throws IllegalArgumentException naming the bad value */
    DriftSettings drift() {
        return new DriftSettings(
                auditShare,
                Duration.ofSeconds(joinWindowSeconds),
                auditsPerWindow,
                limit("--drift-error", driftError),
                limit("--drift-input", driftInput),
                limit("--drift-routed", driftRouted),
                limit("--drift-uncovered", driftUncovered),
                2);
    }

    private static DriftSettings.Limit limit(String option, String text) {
        String[] both = text.split(":", 2);
        try {
            return new DriftSettings.Limit(Double.parseDouble(both[0]), Double.parseDouble(both[both.length - 1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s is '%s'; write two numbers such as 2:1.5".formatted(option, text), e);
        }
    }

    /** @throws IllegalArgumentException naming the bad value */
    RetrainingSettings retraining() {
        TrainingSettings training = new TrainingSettings(
                32,
                trainingSteps,
                trainingLearningRate,
                0.1,
                1e-4,
                LARGEST_GRADIENT_NORM,
                Math.max(LEAST_STEPS_PER_CHECKPOINT, Math.min(MOST_STEPS_PER_CHECKPOINT, trainingSteps / CHECKPOINTS)),
                1,
                1,
                Choice.of(Optimiser.Kind.class, "--training-optimiser", trainingOptimiser),
                0,
                0,
                trainingStride,
                0,
                excursionWeight,
                1);
        return new RetrainingSettings(
                freshReferences,
                Math.max(LEAST_REPLAYED_REFERENCES, freshReferences),
                new TrainingMix(baseProtocols, asHeldOut, targetedProtocols, sensitiveShare, epochsPerSet),
                new Anew(Choice.of(Anew.When.class, "--training-anew", trainingAnew), trainingAnewNetwork),
                0.2,
                training,
                requiredImprovement,
                toleratedRegression,
                probation,
                new RetrainingTriggers(
                        Duration.ofMillis((long) (retrainEveryHours * 3.6e6)),
                        retrainAfterReferences,
                        Duration.ofMillis((long) (cooldownMinutes * 6e4)),
                        warmUp,
                        trainingMinutesPerDay));
    }
}
