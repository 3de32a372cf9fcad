package org.ionstream.standalone.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.Topics;

/** Protocols published at a steady rate, whatever happens to the broker meanwhile. Runs on a thread of its own. */
final class Load implements Runnable {
    private final DrillInstallation installation;
    private final int atLeast;
    private final double perSecond;
    private final AtomicLong sent = new AtomicLong();
    private final Map<String, Long> publishedNs = new ConcurrentHashMap<>();
    private volatile boolean endless = true;

    /**
     * @param atLeast protocols; they go on until the load {@link #mayEnd()}
     */
    Load(DrillInstallation installation, int atLeast, double perSecond) {
        this.installation = installation;
        this.atLeast = atLeast;
        this.perSecond = perSecond;
    }

    /** Acknowledged by the broker so far. */
    long sent() {
        return sent.get();
    }

    /** By id, when it was sent, as {@link System#nanoTime} says; grows. */
    Map<String, Long> publishedNs() {
        return publishedNs;
    }

    void mayEnd() {
        endless = false;
    }

    @Override
    public void run() {
        ProtocolSource source = PaperDistribution.of(FaultDrill.CELL_MODEL).endless(1, "drill");
        Topics topics = installation.topics();
        long longestOutageMs = DrillInstallation.LONGEST_WAIT.toMillis();
        var producing = installation.kafka().producer();
        producing.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) longestOutageMs);
        producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, longestOutageMs);
        try (var producer = new KafkaProducer<byte[], byte[]>(producing)) {
            long beganNs = System.nanoTime();
            for (int i = 0; i < atLeast || endless; i++) {
                long dueNs = beganNs + (long) (i * 1e9 / perSecond);
                while (System.nanoTime() < dueNs) {
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                StimulusProtocol protocol = StimulusProtocol.newBuilder(source.next())
                        .setRoute(Route.SURROGATE)
                        .setBiomarkersOnly(true)
                        .build();
                publishedNs.put(protocol.getId(), System.nanoTime());
                producer.send(topics.stimuli.message(protocol.getId(), protocol).toRecord(), (metadata, fault) -> {
                    if (fault == null) {
                        sent.incrementAndGet();
                    }
                });
            }
        }
    }
}
