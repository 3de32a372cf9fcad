package org.ionstream.standalone;

import java.time.Duration;
import org.ionstream.trainer.drift.DriftSettings;
import org.ionstream.trainer.drift.DriftSettings.Limit;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.retraining.Anew;
import org.ionstream.trainer.retraining.RetrainingSettings;
import org.ionstream.trainer.retraining.RetrainingTriggers;
import org.ionstream.trainer.retraining.TrainingMix;

/** Settings of a trainer that sees drift after a few audits and trains for a few seconds. */
public final class SmallTrainer {
    public static final DriftSettings DRIFT = new DriftSettings(
            0.5,
            Duration.ofMinutes(5),
            20,
            new Limit(2, 1.5),
            new Limit(1.2, 0.8),
            new Limit(0.2, 0.1),
            new Limit(0.4, 0.3),
            2);

    private static final TrainingSettings TRAINING = new TrainingSettings(16, 120, 2e-3, 0.1, 1e-4, 1, 40, 1, 1);

    public static final RetrainingSettings RETRAINING = new RetrainingSettings(
            150, 1_000, TrainingMix.fixed(100, 100), Anew.NEVER, 0.2, TRAINING, 0.95, 50, 40, RetrainingTriggers.NONE);

    private SmallTrainer() {}
}
