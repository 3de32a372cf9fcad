package org.ionstream.standalone.bench;

import java.util.List;
import org.ionstream.standalone.machine.Machine;

/**
 * Everything the bench of the surrogate has to say.
 *
 * @param machine it ran on, when it began
 * @param date it began, ISO
 * @param gpu name of the first GPU and its driver, empty if there is none or nothing ran on it
 * @param settings of the run
 * @param cellModels in the order measured
 */
public record SurrogateReport(
        Machine machine,
        String date,
        String gpu,
        SurrogateBench.Settings settings,
        List<SurrogateThroughput> cellModels) {}
