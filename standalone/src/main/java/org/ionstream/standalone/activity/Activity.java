package org.ionstream.standalone.activity;

import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.TrainingReport;

/**
 * What has happened on the topics, at one moment.
 *
 * @param seconds since the run began
 * @param published protocols acknowledged by the broker in this run
 * @param predicted answers by the surrogate
 * @param solved answers by the reference in place of the surrogate
 * @param audited discrepancies between both
 * @param unmatched audits whose other half did not come
 * @param deadLetters records that could not be understood
 * @param latencyMsMedian from publishing to answer, recent
 * @param latencyMsP99 recent
 * @param error median relative L2 of the excursion, recent audits; NaN before the first
 * @param drift last report on the champion
 * @param training last report of the trainer
 * @param champion in service
 */
public record Activity(
        long seconds,
        long published,
        long predicted,
        long solved,
        long audited,
        long unmatched,
        long deadLetters,
        double latencyMsMedian,
        double latencyMsP99,
        double error,
        Optional<DriftReport> drift,
        Optional<TrainingReport> training,
        Optional<ModelRelease> champion,
        List<Event> events) {

    /** Something a person would want to know, with its time. */
    public record Event(double seconds, String kind, String text) {}
}
