package org.ionstream.standalone.command;

import java.time.Duration;
import org.ionstream.trainer.drift.DriftSettings;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.retraining.RetrainingSettings;
import picocli.CommandLine.Option;

/** When errors count as drift and how the trainer answers: options of the trainer and of the one-command run. */
final class LearningOptions {
    private static final Duration JOIN_WINDOW = Duration.ofMinutes(5);
    private static final int LEAST_REPLAY = 4_000;

    @Option(
            names = "--audit-share",
            defaultValue = "${env:IONSTREAM_AUDIT_SHARE:-0.3}",
            description = "Of protocols that the reference solves too, the same in every process; environment variable "
                    + "IONSTREAM_AUDIT_SHARE. Default: ${DEFAULT-VALUE}")
    private double auditShare;

    @Option(
            names = "--audits-per-window",
            defaultValue = "50",
            description = "Of one drift report. Default: ${DEFAULT-VALUE}")
    private int auditsPerWindow;

    @Option(
            names = "--drift-effect",
            defaultValue = "2",
            description =
                    "Drift: the median error is this many times the one at release, in two windows in a row; it is "
                            + "over below three quarters of that. Default: ${DEFAULT-VALUE}")
    private double driftEffect;

    @Option(
            names = "--fresh-references",
            defaultValue = "1500",
            description = "Audits since the drift began that a retraining waits for. Default: ${DEFAULT-VALUE}")
    private int freshReferences;

    @Option(
            names = "--training-steps",
            defaultValue = "1500",
            description = "Of one retraining, 32 protocols each. Default: ${DEFAULT-VALUE}")
    private int trainingSteps;

    @Option(
            names = "--base-protocols",
            defaultValue = "3000",
            description = "Of the paper's training distribution, mixed in. Default: ${DEFAULT-VALUE}")
    private int baseProtocols;

    @Option(
            names = "--required-improvement",
            defaultValue = "0.9",
            description = "Promotion needs a mean error on recent audits below this share of the champion's. "
                    + "Default: ${DEFAULT-VALUE}")
    private double requiredImprovement;

    @Option(
            names = "--tolerated-regression",
            defaultValue = "2.5",
            description =
                    "Promotion needs a mean error on the paper's validation protocols of at most this many times the "
                            + "champion's. Default: ${DEFAULT-VALUE}")
    private double toleratedRegression;

    DriftSettings drift() {
        return new DriftSettings(
                auditShare, JOIN_WINDOW, auditsPerWindow, driftEffect, Math.max(1, 0.75 * driftEffect), 2);
    }

    RetrainingSettings retraining() {
        TrainingSettings training = new TrainingSettings(32, trainingSteps, 1e-3, 0.1, 1e-4, 1, 250, 1, 1);
        return new RetrainingSettings(
                freshReferences,
                Math.max(LEAST_REPLAY, freshReferences),
                baseProtocols,
                0.2,
                training,
                requiredImprovement,
                toleratedRegression);
    }
}
