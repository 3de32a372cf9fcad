package org.ionstream.trainer.drift;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.trainer.trust.BandWatch;
import org.ionstream.trainer.trust.Calibrator;

/** Learns from the uniform audits of each model whether its bands cover what they should, and says so every few audits. */
final class BandProcessor implements Processor<String, Discrepancy, String, BandAdjustment> {
    static final String STORE = "band-watch";

    private static final int AUDITS_PER_ADJUSTMENT = 10;

    private ProcessorContext<String, BandAdjustment> context;
    private KeyValueStore<String, BandWatch> watches;

    @Override
    public void init(ProcessorContext<String, BandAdjustment> processorContext) {
        context = processorContext;
        watches = processorContext.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, Discrepancy> received) {
        Discrepancy discrepancy = received.value();
        if (discrepancy.getStatus() != DiscrepancyStatus.COMPARED) {
            return;
        }
        String modelId = discrepancy.getModelId();
        BandWatch before = watches.get(modelId);
        before = before == null ? BandWatch.START : before;
        BandWatch after = before.plus(discrepancy, Calibrator.COVERAGE);
        if (after.audits() == before.audits()) {
            return;
        }
        watches.put(modelId, after);
        if (after.audits() % AUDITS_PER_ADJUSTMENT == 0) {
            BandAdjustment adjustment = after.toMessage(discrepancy.getCellModel(), modelId, received.timestamp());
            context.forward(received.withKey(modelId).withValue(adjustment));
        }
    }
}
