package org.ionstream.surrogate.trust;

/**
 * How good one prediction is thought to be.
 *
 * @param expectedRelativeL2 as Discrepancy defines it
 * @param relativeL2Bound holds with the calibration's coverage
 * @param bandRadii shape [variable], in each variable's unit; each holds with the calibration's coverage
 */
public record Assessment(double expectedRelativeL2, double relativeL2Bound, double[] bandRadii) {}
