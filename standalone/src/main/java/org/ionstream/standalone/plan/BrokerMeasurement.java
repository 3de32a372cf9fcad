package org.ionstream.standalone.plan;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;

/** Measures on a broker, with messages as stages send them: their bytes on disk, what it takes in, how long transactions last. */
public final class BrokerMeasurement {
    private static final int PARTITIONS = 4;
    /** Records of one transaction. */
    private static final int COMMITTED = 32;

    private static final String TRANSACTIONAL_ID = "bench-costs";

    private final KafkaSettings kafka;

    /** Makes the topics. */
    public BrokerMeasurement(KafkaSettings kafka, Topics topics) {
        this.kafka = kafka;
        try (Admin admin = Admin.create(kafka.common())) {
            topics.create(admin, PARTITIONS, (short) 1);
        }
    }

    /** Of each of these records of one topic, sent in one transaction: batches are compressed by partition. */
    public double bytesOnDisk(List<Outgoing> records) {
        String topic = records.get(0).topic();
        long before = size(topic);
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.transactionalProducer(TRANSACTIONAL_ID))) {
            producer.initTransactions();
            transact(producer, records);
        }
        return (size(topic) - before) / (double) records.size();
    }

    /**
     * @param batch 32 records or more
     * @param leastSeconds that each part is timed
     */
    public Costs.Broker measure(List<Outgoing> batch, double leastSeconds) {
        write(batch, leastSeconds / 2); // warms up
        long before = size(batch.get(0).topic());
        double seconds = write(batch, leastSeconds);
        double written = (size(batch.get(0).topic()) - before) / seconds;
        return new Costs.Broker(written, commitSeconds(batch.subList(0, COMMITTED), leastSeconds));
    }

    /** @return seconds until the last record was acknowledged */
    private double write(List<Outgoing> batch, double leastSeconds) {
        long began = System.nanoTime();
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            while ((System.nanoTime() - began) / 1e9 < leastSeconds) {
                batch.forEach(prediction -> producer.send(prediction.toRecord()));
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private double commitSeconds(List<Outgoing> batch, double leastSeconds) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.transactionalProducer(TRANSACTIONAL_ID))) {
            producer.initTransactions();
            int transactions = 0;
            long began = System.nanoTime();
            while ((System.nanoTime() - began) / 1e9 < leastSeconds) {
                transact(producer, batch);
                transactions++;
            }
            return (System.nanoTime() - began) / 1e9 / transactions;
        }
    }

    private static void transact(KafkaProducer<byte[], byte[]> producer, List<Outgoing> batch) {
        producer.beginTransaction();
        batch.forEach(record -> producer.send(record.toRecord()));
        producer.commitTransaction();
    }

    private long size(String topic) {
        try (Admin admin = Admin.create(kafka.common())) {
            return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(topic))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker does not tell the size of its log", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
