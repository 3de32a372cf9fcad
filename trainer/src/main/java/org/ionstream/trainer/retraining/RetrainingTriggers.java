package org.ionstream.trainer.retraining;

import java.time.Duration;

/**
 * What else begins a training than drift and orders, and what holds one back. Orders are carried out whatever these say.
 *
 * @param schedule a training is due when the last one, or the champion's release, is so long ago; zero: never for that
 * @param newReferences a training is due when so many audited references have come since the last one; 0: never for that
 * @param cooldown shortest time from the end of a training to the next
 * @param warmUp audited references since a champion's release before anything but an order trains on it
 * @param minutesPerDay that trainings may take in any 24 hours; infinite: no limit
 */
public record RetrainingTriggers(
        Duration schedule, int newReferences, Duration cooldown, int warmUp, double minutesPerDay) {
    /** Drift and orders only, at once. */
    public static final RetrainingTriggers NONE =
            new RetrainingTriggers(Duration.ZERO, 0, Duration.ZERO, 0, Double.POSITIVE_INFINITY);

    public RetrainingTriggers {
        if (schedule.isNegative() || newReferences < 0 || cooldown.isNegative() || warmUp < 0 || !(minutesPerDay > 0)) {
            throw new IllegalArgumentException(
                    "retraining every %s, after %d references, cooldown %s, warm-up %d, %s minutes a day; none may be negative, the minutes must be positive"
                            .formatted(schedule, newReferences, cooldown, warmUp, minutesPerDay));
        }
    }
}
