package org.ionstream.standalone.bench;

import java.util.List;
import org.ionstream.standalone.machine.Machine;

/**
 * Everything the bench of the solver has to say.
 *
 * @param machine it ran on, when it began
 * @param settings of the run
 * @param cellModels in the order measured
 */
public record SolverReport(Machine machine, SolverBench.Settings settings, List<OfCellModel> cellModels) {

    /**
     * @param workPrecision on one thread
     * @param stageTolerance relative tolerance of the reference stage
     * @param stage batches on several threads
     * @param elsewhere measured in other runs, on another machine
     */
    public record OfCellModel(
            WorkPrecision workPrecision,
            double stageTolerance,
            List<StageThroughput> stage,
            List<PublishedAnchors.Anchor> elsewhere) {}
}
