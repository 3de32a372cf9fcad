package org.ionstream.trainer.drift;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.wire.AvroWire;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.surrogate.model.Champion;

/** Gathers discrepancies of each model version into windows of a fixed number and reports each window as it closes. */
final class DriftProcessor implements Processor<String, Discrepancy, String, DriftReport> {
    static final String STORE = "drift-watch";

    private final DriftSettings settings;
    private final AvroWire<ModelRelease> releaseWire;
    /** By model id, as far as they were found: a release never changes. */
    private final Map<String, List<InputHistogram>> histograms = new HashMap<>();

    private ProcessorContext<String, DriftReport> context;
    private KeyValueStore<String, DriftWatch> watches;
    private KeyValueStore<Bytes, byte[]> releases;

    DriftProcessor(DriftSettings settings, AvroWire<ModelRelease> releaseWire) {
        this.settings = settings;
        this.releaseWire = releaseWire;
    }

    @Override
    public void init(ProcessorContext<String, DriftReport> processorContext) {
        context = processorContext;
        watches = processorContext.getStateStore(STORE);
        releases = processorContext.getStateStore(ReleaseTable.STORE);
    }

    @Override
    public void process(Record<String, Discrepancy> received) {
        Discrepancy discrepancy = received.value();
        String key = Champion.key(discrepancy.getCellModel(), discrepancy.getModelId());
        DriftWatch before = watches.get(key);
        DriftWatch.Step step = (before == null ? DriftWatch.START : before)
                .after(discrepancy, histograms(key), received.timestamp(), settings);
        if (!step.next().equals(before)) {
            watches.put(key, step.next());
        }
        step.report().ifPresent(report -> context.forward(received.withValue(report)));
    }

    private List<InputHistogram> histograms(String key) {
        List<InputHistogram> known = histograms.get(key);
        if (known != null) {
            return known;
        }
        byte[] release = releases.get(Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)));
        if (release == null) {
            return List.of();
        }
        try {
            histograms.put(key, releaseWire.decode(release).getInputs());
        } catch (UnreadableMessageException e) {
            histograms.put(key, List.of()); // a dead letter already, from the surrogate
        }
        return histograms.get(key);
    }
}
