package org.ionstream.standalone.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;

/**
 * Measures the stream from protocol to committed prediction: what the stage adds to the bare model, what a surrogate answers
 * through a broker, how long one protocol takes when there is little to do, and what Kafka does without a model. Broker,
 * producer, surrogate and consumer share the machine, and here one process.
 */
public final class StreamBench {
    /** Predictions of a full poll. */
    private static final int POLLED = 16;

    /** Of each stream: one transaction is not timed, and the next is. */
    private static final int FEWEST_POLLS = 20;

    private static final double LOW_LOAD_PER_SECOND = 40;

    /**
     * @param device of the surrogate
     * @param threads of the CPU within one operator
     * @param batch protocols of one prediction, a power of two; a surrogate polls up to 16 of them at once
     * @param protocols of each stream
     * @param rounds of the stage without a broker
     * @param seed of the protocols
     */
    public record Settings(ComputeDevice device, int threads, int batch, int protocols, int rounds, long seed) {
        public Settings {
            if (protocols < FEWEST_POLLS * POLLED * batch || rounds < 4) {
                throw new IllegalArgumentException("%d protocols, %d rounds; take %d and 4 at least"
                        .formatted(protocols, rounds, FEWEST_POLLS * POLLED * batch));
            }
        }

        FnoPredictor.Settings serving() {
            return new FnoPredictor.Settings(device, threads, batch);
        }
    }

    private final Settings settings;
    private final Progress progress;

    public StreamBench(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** @param state directory of the broker's log */
    public StreamReport measure(List<OnnxModelFile> files, Path state) {
        Machine machine = Machine.here();
        List<StreamReport.OfCellModel> measured = new ArrayList<>();
        try (BrokeredStream stream = new BrokeredStream(state)) {
            for (OnnxModelFile file : files) {
                measured.add(measure(file, stream));
            }
        }
        return new StreamReport(machine, LocalDate.now().toString(), settings, measured);
    }

    private StreamReport.OfCellModel measure(OnnxModelFile file, BrokeredStream stream) {
        progress.begin(file.card().cellModel() + ", parts", 2 * StreamOutput.values().length + 2);
        int done = 0;
        List<StageCost.Row> costs = new ArrayList<>();
        double bare;
        List<byte[]> predictions;
        try (FnoPredictor predictor = new FnoPredictor(file, settings.serving())) {
            StageCost cost =
                    new StageCost(file, predictor, POLLED * settings.batch(), settings.rounds(), settings.seed());
            for (StreamOutput output : StreamOutput.values()) {
                costs.add(cost.measure(output));
                progress.advance(++done);
            }
            bare = cost.barePerSecond();
            predictions = cost.predictions();
        }
        List<BrokeredStream.Throughput> streams = new ArrayList<>();
        for (StreamOutput output : StreamOutput.values()) {
            streams.add(stream.throughput(file, settings.serving(), output, settings.protocols(), settings.seed()));
            progress.advance(++done);
        }
        int few = Math.min(settings.protocols(), 400);
        BrokeredStream.Latency latency =
                stream.latency(file, settings.serving(), LOW_LOAD_PER_SECOND, few, settings.seed());
        progress.advance(++done);
        CellModel model = CellModels.byId(file.card().cellModel());
        PlainThroughput plain = new PlainThroughput(
                stream,
                GeneralSubset.on(file.card().grid(), model, settings.protocols(), settings.seed()).stream()
                        .map(Stimulus::protocol)
                        .toList(),
                predictions,
                POLLED * settings.batch());
        PlainThroughput.Row row = plain.measure();
        progress.advance(++done);
        return new StreamReport.OfCellModel(model.id(), file.card().modelId(), bare, costs, streams, latency, row);
    }
}
