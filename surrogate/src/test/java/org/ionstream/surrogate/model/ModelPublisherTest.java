package org.ionstream.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.surrogate.fno.TinyModel;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.junit.jupiter.api.Test;

class ModelPublisherTest {
    private final FakeLog log = new FakeLog();
    private final MockProducer<byte[], byte[]> producer = FakeLog.producer();
    private final ModelPublisher publisher =
            new ModelPublisher(log.topics, log.artifacts(), ReleaseKeys.NONE, producer);

    @Test
    void shouldReleaseFileAndCardInOneTransaction() {
        byte[] onnx = TinyModel.bytes("tiny-1");
        List<Score> scores = List.of(new Score("validation", 100, 0.03, 0.02));

        ModelRelease release = publisher.publish(onnx, scores, FakeLog.PROVENANCE);

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly(log.topics.modelArtifacts, log.topics.models.name(), log.topics.models.name());
        assertThat(new String(producer.history().get(1).key())).isEqualTo("fitzhugh-nagumo-1961/tiny-1");
        ProducerRecord<byte[], byte[]> sent = producer.history().get(2);
        assertThat(new String(sent.key())).isEqualTo("fitzhugh-nagumo-1961/champion");
        assertThat(log.topics.models.wire().decode(sent.value())).isEqualTo(release);
        assertThat(release.getModelId()).isEqualTo("tiny-1");
        assertThat(release.getSha256()).isEqualTo(ModelArtifacts.sha256(onnx));
        assertThat(release.getScores()).isEqualTo(scores);
    }

    @Test
    void shouldSayWhatIsSaidOfAReleaseInItsTransaction() {
        Outgoing report = new Outgoing("reports", "r1".getBytes(), new byte[] {1}, Map.of());

        publisher.publish(TinyModel.bytes("tiny-2"), List.of(), FakeLog.PROVENANCE, "tiny-1", List.of(report));

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history()).last().extracting(ProducerRecord::topic).isEqualTo("reports");
    }

    @Test
    void shouldPutAnEarlierModelBackIntoServiceWithoutItsFile() {
        ModelRelease first = publisher.publish(TinyModel.bytes("tiny-1"), List.of(), FakeLog.PROVENANCE);
        publisher.publish(TinyModel.bytes("tiny-2"), List.of(), FakeLog.PROVENANCE, "tiny-1", List.of());
        producer.clear();

        ModelRelease again = publisher.serveAgain(first, List.of());

        assertThat(producer.history()).hasSize(1);
        assertThat(new String(producer.history().get(0).key())).isEqualTo("fitzhugh-nagumo-1961/champion");
        assertThat(again.getModelId()).isEqualTo("tiny-1");
        assertThat(again.getArtifactOffset()).isEqualTo(first.getArtifactOffset());
    }

    @Test
    void shouldNotReleaseWhatTheSurrogateWouldRefuse() {
        byte[] onnx = TinyModel.builder(TinyModel.card("tiny-1"), 1, 0)
                .clearMetadataProps()
                .build()
                .toByteArray();

        assertThatThrownBy(() -> publisher.publish(onnx, List.of(), FakeLog.PROVENANCE))
                .isInstanceOf(UnusableModelException.class);
        assertThat(producer.history()).isEmpty();
        assertThat(producer.transactionInFlight()).isFalse();
    }

    @Test
    void shouldReleaseNothingWhenTheCommitFails() {
        producer.commitTransactionException = new KafkaException("broker lost");

        assertThatThrownBy(() -> publisher.publish(TinyModel.bytes("tiny-1"), List.of(), FakeLog.PROVENANCE))
                .isInstanceOf(KafkaException.class)
                .hasMessage("broker lost");
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldFailWhenAnotherTrainerHasTakenOver() {
        producer.fenceProducer();

        assertThatThrownBy(() -> publisher.publish(TinyModel.bytes("tiny-1"), List.of(), FakeLog.PROVENANCE))
                .isInstanceOf(ProducerFencedException.class);
    }

    @Test
    void shouldTellAnOldEpochAsAnotherTrainer() {
        producer.sendException = new InvalidProducerEpochException("old epoch");

        assertThatThrownBy(() -> publisher.publish(TinyModel.bytes("tiny-1"), List.of(), FakeLog.PROVENANCE))
                .isInstanceOf(ProducerFencedException.class)
                .hasMessageContaining("another trainer")
                .hasMessageContaining("tiny-1");
        assertThat(producer.history()).isEmpty();
    }
}
