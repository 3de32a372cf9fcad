package org.ionstream.standalone.bench;

import java.util.List;
import org.ionstream.standalone.machine.Machine;

/**
 * Everything the bench of the stream has to say.
 *
 * @param machine it ran on, when it began
 * @param date it began, ISO
 * @param settings of the run
 * @param cellModels in the order measured
 */
public record StreamReport(Machine machine, String date, StreamBench.Settings settings, List<OfCellModel> cellModels) {

    /**
     * One cell model.
     *
     * @param barePerSecond of the model alone, on the wall clock, before the stream
     * @param costs of the stage, for each output
     * @param streams through the broker, for each output
     * @param plain Kafka alone, with answers as large as predictions of all variables
     */
    public record OfCellModel(
            String cellModel,
            String modelId,
            double barePerSecond,
            List<StageCost.Row> costs,
            List<BrokeredStream.Throughput> streams,
            BrokeredStream.Latency latency,
            PlainThroughput.Row plain) {}
}
