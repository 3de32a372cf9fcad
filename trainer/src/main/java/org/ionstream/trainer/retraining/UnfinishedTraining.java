package org.ionstream.trainer.retraining;

/**
 * A training that has begun.
 *
 * @param runId of its reports, before and after a restart
 * @param cellModel id
 * @param trigger its name
 * @param detail why it began
 * @param sinceMs it learns from references from then on ...
 * @param untilMs ... to then, both inclusive, Kafka timestamps
 * @param championId that it trains on
 */
record UnfinishedTraining(
        String runId, String cellModel, String trigger, String detail, long sinceMs, long untilMs, String championId) {}
