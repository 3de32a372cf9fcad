package org.ionstream.trainer.retraining;

import java.util.List;

/**
 * A training that has begun.
 *
 * @param runId of its reports, before and after a restart
 * @param cellModel id
 * @param trigger its name
 * @param detail why it began
 * @param referenceIds protocols that it learns from, in order: those that come meanwhile are for the next one
 * @param championId that it trains on
 */
record UnfinishedTraining(
        String runId, String cellModel, String trigger, String detail, List<String> referenceIds, String championId) {}
