package org.ionstream.surrogate.model;

import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.trust.CalibratedErrors;

/**
 * Puts models into service: file, release and what is said of it commit in one transaction, so that a reader sees all or
 * nothing.
 *
 * <p>The transactional id is the trainer's, the same over its restarts: a second trainer of that name fences the first, whose
 * next release fails with {@link ProducerFencedException}. Thread-safe.
 */
public final class ModelPublisher implements AutoCloseable {
    private final Topics topics;
    private final ModelArtifacts artifacts;
    private final ReleaseKeys keys;
    private final Producer<byte[], byte[]> producer;

    ModelPublisher(Topics topics, ModelArtifacts artifacts, ReleaseKeys keys, Producer<byte[], byte[]> producer) {
        this.topics = topics;
        this.artifacts = artifacts;
        this.keys = keys;
        this.producer = producer;
        producer.initTransactions();
    }

    /**
     * @param keys to sign with
     * @param trainer name that may release models; whoever connects last under it is the only one
     */
    public static ModelPublisher at(KafkaSettings kafka, Topics topics, ReleaseKeys keys, String trainer) {
        var producer = new KafkaProducer<byte[], byte[]>(
                kafka.transactionalProducer(topics.prefix() + "model-publisher-" + trainer));
        return new ModelPublisher(topics, ModelArtifacts.at(kafka, topics, keys), keys, producer);
    }

    /**
     * Releases a model as the champion of its cell model, with no champion before it.
     *
     * @throws org.ionstream.surrogate.fno.UnusableModelException if the surrogate would refuse it
     * @throws ProducerFencedException if another trainer has taken over; this publisher is of no more use
     * @throws KafkaException if nothing was released, for any other reason
     */
    public ModelRelease publish(byte[] onnx, List<Score> scores, Provenance provenance) {
        return publish(onnx, scores, provenance, "", List.of());
    }

    /** The same of a model of which there is no more than its file. */
    public ModelRelease publish(byte[] onnx) {
        OnnxModelFile file = OnnxModelFile.parse(onnx);
        return publish(file, List.of(), Champion.unknownProvenance(file), "", List.of());
    }

    /**
     * Releases a model as the champion of its cell model.
     *
     * @param replacedModelId champion before it; empty: none
     * @param reports that are sent if and only if the model is released
     * @throws org.ionstream.surrogate.fno.UnusableModelException if the surrogate would refuse it
     * @throws ProducerFencedException if another trainer has taken over; this publisher is of no more use
     * @throws KafkaException if nothing was released, for any other reason
     */
    public ModelRelease publish(
            byte[] onnx, List<Score> scores, Provenance provenance, String replacedModelId, List<Outgoing> reports) {
        return publish(OnnxModelFile.parse(onnx), scores, provenance, replacedModelId, reports);
    }

    private ModelRelease publish(
            OnnxModelFile file,
            List<Score> scores,
            Provenance provenance,
            String replacedModelId,
            List<Outgoing> reports) {
        byte[] onnx = file.bytes();
        ModelCard card = file.card();
        String sha256 = ModelArtifacts.sha256(onnx);
        return committed(card.modelId(), () -> {
            long offset = artifacts.send(producer, sha256, onnx);
            ModelRelease version = ModelRelease.newBuilder()
                    .setModelId(card.modelId())
                    .setCellModel(card.cellModel())
                    .setAlias(card.modelId())
                    .setSha256(sha256)
                    .setArtifactBytes(onnx.length)
                    .setArtifactChunks(ModelArtifacts.chunks(onnx.length))
                    .setArtifactOffset(offset)
                    .setReleasedAtMs(System.currentTimeMillis())
                    .setReplacedModelId(replacedModelId)
                    .setScores(scores)
                    .setInputs(CalibratedErrors.of(file)
                            .map(CalibratedErrors::inputs)
                            .orElse(List.of()))
                    .setProvenance(provenance)
                    .build();
            send(keys.signed(version));
            return champion(version, version.getReleasedAtMs(), reports);
        });
    }

    /**
     * Makes a model the champion that has been before: its file is in the log already.
     *
     * @param version as it was released
     * @param reports that are sent if and only if it is put into service
     * @throws ProducerFencedException if another trainer has taken over; this publisher is of no more use
     * @throws KafkaException if nothing was released, for any other reason
     */
    public ModelRelease serveAgain(ModelRelease version, List<Outgoing> reports) {
        return committed(version.getModelId(), () -> champion(version, System.currentTimeMillis(), reports));
    }

    /**
     * Reports that belong together, without a release: all of them are committed, or none.
     *
     * @throws ProducerFencedException if another trainer has taken over; this publisher is of no more use
     * @throws KafkaException if nothing was sent, for any other reason
     */
    public void say(List<Outgoing> reports) {
        committed("a report", () -> {
            reports.forEach(report -> producer.send(report.toRecord()));
            return null;
        });
    }

    private ModelRelease champion(ModelRelease version, long atMs, List<Outgoing> reports) {
        ModelRelease champion = keys.signed(ModelRelease.newBuilder(version)
                .setAlias(Champion.ALIAS)
                .setReleasedAtMs(atMs)
                .build());
        send(champion);
        reports.forEach(report -> producer.send(report.toRecord()));
        return champion;
    }

    private void send(ModelRelease release) {
        String key = Champion.key(release.getCellModel(), release.getAlias());
        producer.send(topics.models.message(key, release).toRecord());
    }

    private synchronized <T> T committed(String what, Supplier<T> sending) {
        producer.beginTransaction();
        try {
            T sent = sending.get();
            producer.commitTransaction();
            return sent;
        } catch (InvalidProducerEpochException e) {
            abort(e);
            ProducerFencedException fenced = new ProducerFencedException(
                    "another trainer has taken over the releases, %s is not sent; stop one of the two".formatted(what));
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
