package org.ionstream.schemas.biomarker;

/**
 * Where the samples of one action potential are.
 *
 * @param latestStimulus index of the last stimulus that began before it; -1: none did
 * @param stimulated it is the first since that stimulus
 * @param restAt sample of the resting potential
 * @param crossedAt first sample above the threshold
 * @param peakAt highest sample
 * @param endAt first sample at which 90 % of the amplitude are repolarised, or the last one before the next or the horizon
 */
record ActionPotential(int latestStimulus, boolean stimulated, int restAt, int crossedAt, int peakAt, int endAt) {}
