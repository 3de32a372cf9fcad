package org.ionstream.standalone.bench;

/**
 * A trajectory and its price.
 *
 * @param values shape [variable][sample], in the catalogue's order
 * @param steps accepted
 * @param evaluations of the right-hand side
 */
record Solved(double[][] values, int steps, int evaluations) {}
