package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.deadletter.DeadLetterBox;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

/** Records that are kilobytes on the broker and megabytes in a stage. */
class CompressedBytesTest {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int RECORDS = 400;
    private static final int BYTES = 2_000_000;

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(1);

    @Test
    void shouldNotTakeMoreIntoMemoryThanThereIs() throws IOException, InterruptedException {
        StimulusProtocol good = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
                .training(1, 30)
                .get(10);
        ReleasedChampion.release(
                kafka,
                topics,
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(topics.stimuli.name(), new byte[BYTES]));
                producer.send(new ProducerRecord<>(topics.bands.name(), new byte[] {1}, new byte[BYTES]));
            }
            producer.send(topics.stimuli.message(good.getId(), good).toRecord());
        }

        Process surrogate = surrogateWithLittleMemory();
        try (var predictions = new CommittedRecords(kafka, topics.predictions.name())) {
            assertThat(predictions.awaitKeys(1, LONGEST)).containsExactly(good.getId());
        } finally {
            surrogate.destroy();
            assertThat(surrogate.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        DeadLetterBox.Counts letters = new DeadLetterBox(kafka, topics)
                .read(topics.stimuli, letter -> assertThat(letter.bytes()).isEqualTo(BYTES));
        assertThat(letters.waiting()).isEqualTo(RECORDS);
    }

    /** A third of what the records of either topic unfold to. */
    private Process surrogateWithLittleMemory() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-Xmx256m", SurrogateProcess.class.getName(), kafka.bootstrapServers(), topics.prefix());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectErrorStream(true)
                .redirectOutput(new File("target/compressed-bytes.log"))
                .start();
    }
}
