package org.ionstream.standalone.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.standalone.plan.BrokerMeasurement;
import org.ionstream.standalone.plan.CostMeasurement;
import org.ionstream.standalone.plan.Costs;
import org.ionstream.standalone.plan.ProtocolCost;
import org.ionstream.standalone.plan.StreamMeasurement;
import org.ionstream.surrogate.fno.OnnxModelFile;

/**
 * Measures how the stages share work: one to several surrogates, then references, catch up with protocols that are all there,
 * beside what the costs per protocol make one expect. Broker and stages share the machine, and here one process.
 */
public final class ScaleBench {
    /** Some seconds of transactions, of which the first are not timed. */
    private static final int FEWEST = 10_000;

    /** Of processor time for each part of a cost. */
    private static final double LEAST_SECONDS = 1;

    /**
     * @param instances numbers of each stage, in the order measured
     * @param protocols of each stream
     * @param seed of the protocols
     */
    public record Settings(List<Integer> instances, int protocols, long seed) {
        public Settings {
            instances = List.copyOf(instances);
            if (instances.isEmpty()
                    || instances.stream().anyMatch(count -> count < 1 || count > BrokeredStream.SHARED_PARTITIONS)) {
                throw new IllegalArgumentException("%s instances; give one or several from 1 to %d, the partitions"
                        .formatted(instances, BrokeredStream.SHARED_PARTITIONS));
            }
            if (protocols < FEWEST) {
                throw new IllegalArgumentException("%d protocols; take %d at least".formatted(protocols, FEWEST));
            }
        }
    }

    private final Settings settings;
    private final Progress progress;

    public ScaleBench(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** @param state directory of the broker's log */
    public ScaleReport measure(OnnxModelFile file, Path state) {
        Machine machine = Machine.here();
        int processors = machine.processors();
        progress.begin(file.card().cellModel(), 2 * settings.instances().size() + 1);
        List<ScaleReport.Row> rows = new ArrayList<>();
        try (BrokeredStream stream = new BrokeredStream(state)) {
            ScaleReport.Expectation expectation = expectation(file, stream, settings.seed());
            int done = 1;
            progress.advance(done);
            for (int instances : settings.instances()) {
                double expected = expectation.surrogate().perSecond(instances, processors);
                rows.add(new ScaleReport.Row(
                        "surrogate", instances, expected, stream.predicted(file, settings, instances)));
                progress.advance(++done);
            }
            for (int instances : settings.instances()) {
                double expected = expectation.reference().perSecond(instances, processors);
                rows.add(new ScaleReport.Row(
                        "reference", instances, expected, stream.solved(file, settings, instances)));
                progress.advance(++done);
            }
            return new ScaleReport(
                    machine, LocalDate.now().toString(), settings, file.card().modelId(), expectation, rows);
        }
    }

    private static ScaleReport.Expectation expectation(OnnxModelFile file, BrokeredStream stream, long seed) {
        CellModel model = CellModels.byId(file.card().cellModel());
        Topics topics = new Topics("bench-costs.");
        BrokerMeasurement broker = new BrokerMeasurement(stream.kafka(), topics);
        List<Stimulus> protocols = GeneralSubset.on(file.card().grid(), model, CostMeasurement.POLLED, seed);
        try (CostMeasurement measurement =
                new CostMeasurement(file, protocols, topics, LEAST_SECONDS, broker::bytesOnDisk)) {
            Costs.OfCellModel cell = measurement.measure();
            Costs.Stream between = new StreamMeasurement(
                            stream.kafka(), topics, measurement.protocols(), broker::bytesOnDisk)
                    .measure(measurement.biomarkers(), measurement.predictions());
            int variables = model.variables().size();
            return new ScaleReport.Expectation(
                    cell,
                    between,
                    ProtocolCost.predicted(cell.seconds(), between, cell.bytes().prediction(variables)),
                    ProtocolCost.solved(cell.seconds(), between, cell.bytes().reference(variables)));
        }
    }
}
