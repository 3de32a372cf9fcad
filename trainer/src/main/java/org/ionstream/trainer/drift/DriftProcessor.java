package org.ionstream.trainer.drift;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DriftReport;

/** Gathers discrepancies of each model version into windows of a fixed number and reports each window as it closes. */
final class DriftProcessor implements Processor<String, Discrepancy, String, DriftReport> {
    static final String STORE = "drift-watch";

    private final DriftSettings settings;
    private ProcessorContext<String, DriftReport> context;
    private KeyValueStore<String, DriftWatch> watches;

    DriftProcessor(DriftSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, DriftReport> processorContext) {
        context = processorContext;
        watches = processorContext.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Discrepancy> received) {
        Discrepancy discrepancy = received.value();
        String key = discrepancy.getCellModel() + "/" + discrepancy.getModelId();
        DriftWatch watch = watches.get(key);
        watch = watch == null ? DriftWatch.START : watch;
        switch (discrepancy.getStatus()) {
            case COMPARED -> watch = compared(watch, received);
            case REFERENCE_MISSING, PREDICTION_MISSING -> watch = watch.plusUnmatched();
            case NOT_COMPARABLE, UNKNOWN -> {
                return;
            }
        }
        watches.put(key, watch);
    }

    private DriftWatch compared(DriftWatch before, Record<String, Discrepancy> received) {
        Discrepancy discrepancy = received.value();
        Double expected = discrepancy.getExpectedRelativeL2();
        if (expected == null || !(expected > 0)) {
            return before; // a model without a stated error cannot drift away from it
        }
        DriftWatch full = before.plus(discrepancy.getRelativeL2());
        if (full.errors().size() < settings.auditsPerWindow()) {
            return full;
        }
        double median = full.quantile(0.5);
        DriftWatch next = full.closed(median / expected, settings);
        context.forward(received.withValue(DriftReport.newBuilder()
                .setCellModel(discrepancy.getCellModel())
                .setModelId(discrepancy.getModelId())
                .setWindow(full.window())
                .setAudits(full.errors().size())
                .setMedianRelativeL2(median)
                .setP90RelativeL2(full.quantile(0.9))
                .setExpectedRelativeL2(expected)
                .setEffectSize(median / expected)
                .setState(next.state())
                .setUnmatched(full.unmatched())
                .setLastAuditAtMs(received.timestamp())
                .build()));
        return next;
    }
}
