package org.ionstream.trainer.drift;

import java.time.Duration;
import org.ionstream.trainer.drift.DriftSettings.Limit;

/** Drift settings of the tests. */
final class Limits {
    private Limits() {}

    static DriftSettings of(double auditShare, int auditsPerWindow, int persistence) {
        return new DriftSettings(
                auditShare,
                Duration.ofMinutes(1),
                auditsPerWindow,
                new Limit(2, 1.5),
                new Limit(0.6, 0.4),
                new Limit(0.2, 0.1),
                new Limit(0.3, 0.2),
                persistence);
    }
}
