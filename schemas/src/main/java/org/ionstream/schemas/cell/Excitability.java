package org.ionstream.schemas.cell;

/**
 * What an action potential of a cell model is.
 *
 * @param potential name of the membrane potential among the variables
 * @param threshold the potential rises through it in every action potential and in nothing less; in its unit
 * @param calcium name of the cytosolic calcium concentration, in mM; empty: the model has none
 */
public record Excitability(String potential, double threshold, String calcium) {}
