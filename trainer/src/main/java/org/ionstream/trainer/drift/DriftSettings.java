package org.ionstream.trainer.drift;

import java.time.Duration;

/**
 * How discrepancies are joined and when they count as drift.
 *
 * @param auditShare of protocols solved by the reference; the same number in every process
 * @param joinWindow longest time between a prediction and its reference
 * @param auditsPerWindow discrepancies per drift report
 * @param declareEffect drift when the median error is this many times the one at release ...
 * @param clearEffect ... and over when below this many times
 * @param persistence windows in a row that must agree
 */
public record DriftSettings(
        double auditShare,
        Duration joinWindow,
        int auditsPerWindow,
        double declareEffect,
        double clearEffect,
        int persistence) {
    public DriftSettings {
        if (!(auditShare >= 0 && auditShare <= 1)) {
            throw new IllegalArgumentException("audit share is %s; it must be in [0, 1]".formatted(auditShare));
        }
        if (auditsPerWindow < 1 || persistence < 1 || !(declareEffect >= clearEffect) || !(clearEffect >= 1)) {
            throw new IllegalArgumentException(
                    "drift settings: %d audits per window, persistence %d, declared at %s, cleared at %s; need counts from 1, declared >= cleared >= 1"
                            .formatted(auditsPerWindow, persistence, declareEffect, clearEffect));
        }
    }
}
