package org.ionstream.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.junit.jupiter.api.Test;

class ModelArtifactsTest {
    private final FakeLog log = new FakeLog();

    @Test
    void shouldFetchWhatWasSent() {
        byte[] file = file(3 * ModelArtifacts.CHUNK_BYTES + 17);
        send(file(700), 0, 1);
        ModelRelease release = released(file, send(file, 0, 4));

        byte[] fetched = log.artifacts().fetch(release);

        assertThat(release.getArtifactOffset()).isEqualTo(1);
        assertThat(release.getArtifactChunks()).isEqualTo(4);
        assertThat(fetched).isEqualTo(file);
    }

    @Test
    void shouldSendChunksBelowTheRecordLimit() {
        MockProducer<byte[], byte[]> producer = FakeLog.producer();

        long offset = log.artifacts().send(producer, "abc", file(2 * ModelArtifacts.CHUNK_BYTES));

        assertThat(offset).isZero();
        assertThat(producer.history())
                .extracting(sent -> new String(sent.key()))
                .containsExactly("abc/0", "abc/1");
        assertThat(producer.history()).allSatisfy(sent -> {
            assertThat(sent.partition()).isZero();
            assertThat(sent.value()).hasSizeLessThan(1_000_000);
        });
    }

    @Test
    void shouldFetchChunksThatAreInDisorderAndTwice() {
        byte[] file = file(2 * ModelArtifacts.CHUNK_BYTES + 1);
        send(file, 2, 3);
        send(file, 0, 3);

        assertThat(log.artifacts().fetch(released(file, 0))).isEqualTo(file);
    }

    @Test
    void shouldRefuseAFileWithAChunkMissing() {
        byte[] file = file(2 * ModelArtifacts.CHUNK_BYTES + 1);
        ModelRelease release = released(file, send(file, 0, 2));

        assertThatThrownBy(() -> log.artifacts().fetch(release))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("2 of 3 chunks of model tiny-1")
                .hasMessageContaining("up to its end, 2");
    }

    @Test
    void shouldRefuseAFileOfAnotherHash() {
        byte[] file = file(100);
        ModelRelease honest = released(file, 0);
        byte[] changed = file.clone();
        changed[50]++;
        log.append(log.topics.modelArtifacts, (honest.getSha256() + "/0").getBytes(), changed);

        assertThatThrownBy(() -> log.artifacts().fetch(honest))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining(honest.getSha256())
                .hasMessageContaining(ModelArtifacts.sha256(changed));
    }

    @Test
    void shouldRefuseAFileOfAnotherLength() {
        byte[] file = file(100);
        send(file, 0, 1);

        for (long claimed : new long[] {99, 101}) {
            ModelRelease release = ModelRelease.newBuilder(released(file, 0))
                    .setArtifactBytes(claimed)
                    .build();
            assertThatThrownBy(() -> log.artifacts().fetch(release))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining("has 100 bytes")
                    .hasMessageContaining("says " + claimed);
        }
    }

    @Test
    void shouldRefuseClaimsThatWouldFillTheMemory() {
        ModelRelease release = ModelRelease.newBuilder(released(file(100), 0))
                .setArtifactBytes(OnnxModelFile.LARGEST_BYTES + 1L)
                .build();

        assertThatThrownBy(() -> log.artifacts().fetch(release))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("67108865 bytes");
    }

    @Test
    void shouldNotBlameTheReleaseForALostBroker() {
        byte[] file = file(100);
        ModelRelease release = released(file, send(file, 0, 1));
        log.breakNextReaders(1);

        assertThatThrownBy(() -> log.artifacts().fetch(release))
                .isInstanceOf(KafkaException.class)
                .hasMessage("broker lost");
    }

    /** Appends chunks [from, to) and tells the offset of the first. */
    private long send(byte[] file, int from, int to) {
        MockProducer<byte[], byte[]> producer = FakeLog.producer();
        long offset = log.size(log.topics.modelArtifacts);
        log.artifacts().send(producer, ModelArtifacts.sha256(file), file);
        for (ProducerRecord<byte[], byte[]> sent : producer.history().subList(from, to)) {
            log.append(sent.topic(), sent.key(), sent.value());
        }
        return offset;
    }

    private static ModelRelease released(byte[] file, long offset) {
        return ModelRelease.newBuilder()
                .setModelId("tiny-1")
                .setCellModel("fitzhugh-nagumo-1961")
                .setAlias(Champion.ALIAS)
                .setSha256(ModelArtifacts.sha256(file))
                .setArtifactBytes(file.length)
                .setArtifactChunks(ModelArtifacts.chunks(file.length))
                .setArtifactOffset(offset)
                .setReleasedAtMs(1)
                .setProvenance(FakeLog.PROVENANCE)
                .build();
    }

    private static byte[] file(int size) {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        return file;
    }
}
