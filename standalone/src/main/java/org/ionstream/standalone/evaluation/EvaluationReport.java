package org.ionstream.standalone.evaluation;

import java.util.List;
import org.ionstream.standalone.machine.Machine;

/**
 * Everything an evaluation has to say.
 *
 * @param machine it ran on, when it began
 * @param seed of the paper's data sets
 * @param models in the order evaluated
 */
public record EvaluationReport(Machine machine, long seed, List<ModelReport> models) {}
