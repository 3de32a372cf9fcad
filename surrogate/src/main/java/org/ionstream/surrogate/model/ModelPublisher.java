package org.ionstream.surrogate.model;

import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;

/**
 * Puts models into service: file and release commit in one transaction, so that a reader sees both or neither.
 *
 * <p>The transactional id is the trainer's, the same over its restarts: a second trainer of that name fences the first, whose
 * next release fails with {@link ProducerFencedException}. One thread owns it.
 */
public final class ModelPublisher implements AutoCloseable {
    private final Topics topics;
    private final ModelArtifacts artifacts;
    private final Producer<byte[], byte[]> producer;

    ModelPublisher(Topics topics, ModelArtifacts artifacts, Producer<byte[], byte[]> producer) {
        this.topics = topics;
        this.artifacts = artifacts;
        this.producer = producer;
        producer.initTransactions();
    }

    /** @param trainer name that may release models; whoever connects last under it is the only one */
    public static ModelPublisher at(KafkaSettings kafka, Topics topics, String trainer) {
        var producer = new KafkaProducer<byte[], byte[]>(
                kafka.transactionalProducer(topics.prefix() + "model-publisher-" + trainer));
        return new ModelPublisher(topics, ModelArtifacts.at(kafka, topics), producer);
    }

    /**
     * Releases a model as the champion of its cell model.
     *
     * @throws org.ionstream.surrogate.fno.UnusableModelException if the surrogate would refuse it
     * @throws ProducerFencedException if another trainer has taken over; this publisher is of no more use
     * @throws KafkaException if nothing was released, for any other reason
     */
    public ModelRelease publish(byte[] onnx, List<Score> scores, Provenance provenance) {
        ModelCard card = OnnxModelFile.parse(onnx).card();
        String sha256 = ModelArtifacts.sha256(onnx);
        producer.beginTransaction();
        try {
            long offset = artifacts.send(producer, sha256, onnx);
            ModelRelease release = ModelRelease.newBuilder()
                    .setModelId(card.modelId())
                    .setCellModel(card.cellModel())
                    .setAlias(Champion.ALIAS)
                    .setSha256(sha256)
                    .setArtifactBytes(onnx.length)
                    .setArtifactChunks(ModelArtifacts.chunks(onnx.length))
                    .setArtifactOffset(offset)
                    .setReleasedAtMs(System.currentTimeMillis())
                    .setScores(scores)
                    .setProvenance(provenance)
                    .build();
            String key = Champion.key(card.cellModel(), Champion.ALIAS);
            producer.send(topics.models.message(key, release).toRecord());
            producer.commitTransaction();
            return release;
        } catch (InvalidProducerEpochException e) {
            abort(e);
            ProducerFencedException fenced = new ProducerFencedException(
                    "another trainer has taken over the releases, %s is not released; stop one of the two"
                            .formatted(card.modelId()));
            fenced.initCause(e); // what a fenced producer meets first, before the coordinator says so
            throw fenced;
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            cause.addSuppressed(e); // fenced or broker lost: the coordinator aborts it
        }
    }
}
