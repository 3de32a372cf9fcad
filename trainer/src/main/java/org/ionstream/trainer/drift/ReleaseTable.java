package org.ionstream.trainer.drift;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Every release by its key, as it is on the topic: a global store is restored from the topic's own bytes, so that they are
 * decoded where they are read.
 */
final class ReleaseTable implements Processor<Bytes, byte[], Void, Void> {
    static final String STORE = "releases";

    private KeyValueStore<Bytes, byte[]> releases;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        releases = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<Bytes, byte[]> release) {
        if (release.key() != null) {
            releases.put(release.key(), release.value());
        }
    }
}
