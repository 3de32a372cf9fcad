package org.ionstream.trainer.drift;

import java.time.Duration;

/**
 * How discrepancies are joined and when they count as drift: when one quantity is beyond its limit for so many windows in a
 * row. The drift is over when all are back within theirs for as many.
 *
 * @param auditShare of protocols solved by the reference; the same number in every process
 * @param joinWindow longest time between a prediction and its reference
 * @param auditsPerWindow discrepancies per drift report
 * @param error median error as a multiple of the one at release
 * @param input population stability index of a feature of the currents
 * @param routed share of audits that the model left to the reference
 * @param uncovered share of variables and audits whose band did not hold the reference
 * @param persistence windows in a row that must agree
 */
public record DriftSettings(
        double auditShare,
        Duration joinWindow,
        int auditsPerWindow,
        Limit error,
        Limit input,
        Limit routed,
        Limit uncovered,
        int persistence) {

    /**
     * @param declare drift from here on ...
     * @param clear ... and over below
     */
    public record Limit(double declare, double clear) {
        public Limit {
            if (!(declare >= clear) || !(clear > 0)) {
                throw new IllegalArgumentException(
                        "drift declared at %s and cleared at %s; need declared >= cleared > 0"
                                .formatted(declare, clear));
            }
        }
    }

    public DriftSettings {
        if (!(auditShare >= 0 && auditShare <= 1)) {
            throw new IllegalArgumentException("audit share is %s; it must be in [0, 1]".formatted(auditShare));
        }
        if (auditsPerWindow < 1 || persistence < 1 || !(error.clear() >= 1)) {
            throw new IllegalArgumentException(
                    "drift settings: %d audits per window, persistence %d, %s; need counts from 1, and errors cleared at 1 or more times that at release"
                            .formatted(auditsPerWindow, persistence, error));
        }
    }
}
