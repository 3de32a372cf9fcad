package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterCommandsTest {
    private static final StimulusProtocol PROTOCOL = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
            .training(1, 30)
            .get(10);
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final byte[] NOISE = "not avro at all".getBytes(StandardCharsets.UTF_8);

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);
    private final byte[] message = topics.stimuli.wire().encode(PROTOCOL);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void sendThreeLetters() throws Exception {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            for (byte[] value : List.of(NOISE, message, message)) {
                ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(
                        topics.stimuli.name(), 1, 7, "a key".getBytes(StandardCharsets.UTF_8), value);
                received.headers().add("traceparent", PARENT.getBytes(StandardCharsets.UTF_8));
                String reason = value == NOISE ? "15 bytes are noise" : "a rule of the day";
                producer.send(DeadLetters.letter(topics.stimuli, received, "surrogate", reason)
                                .toRecord())
                        .get();
            }
        }
    }

    @Test
    void shouldListWhatWaits() {
        assertThat(run("list")).isZero();

        assertThat(out.toString())
                .contains("stimuli.v1: 3 wait, 0 replayed", "surrogate", "15 bytes are noise", "0@0")
                .doesNotContain("predictions.v1");
    }

    @Test
    void shouldShowALetterAndGiveItsBytesBack(@TempDir Path folder) {
        Path file = folder.resolve("letter.bin");

        assertThat(run("show", "--topic=stimuli.v1", "--at=0@0", "--out=" + file))
                .isZero();
        assertThat(out.toString())
                .contains("origin   " + topics.stimuli.name() + "-1@7", "key      a key", "none that can be read")
                .contains("6e 6f 74 20 61 76 72 6f 20 61 74 20 61 6c 6c", "not avro at all");
        assertThat(file).hasBinaryContent(NOISE);

        assertThat(run("show", "--topic=stimuli.v1", "--at=0@1")).isZero();
        assertThat(out.toString()).contains("\"id\": \"" + PROTOCOL.getId() + "\"");
        assertThat(run("show", "--topic=stimuli.v1", "--at=0@9")).isEqualTo(2);
        assertThat(err.toString()).contains("no dead letter of stimuli.v1 waits at 0@9");
    }

    @Test
    void shouldReplayEachLetterOnce() {
        assertThat(run("replay", "--topic=stimuli.v1", "--reason=a rule", "--dry-run"))
                .isZero();
        assertThat(out.toString()).contains("2 would be sent back");
        assertThat(replayed(0)).isEmpty();

        assertThat(run("replay", "--topic=stimuli.v1", "--reason=a rule")).isZero();
        assertThat(run("replay", "--topic=stimuli.v1", "--reason=a rule")).isZero();
        assertThat(out.toString()).contains("2 sent back", "0 sent back");
        assertThat(run("replay", "--topic=stimuli.v1", "--all")).isZero();

        assertThat(replayed(3)).containsExactlyInAnyOrder(NOISE, message, message);
        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("stimuli.v1: 0 wait, 3 replayed");
    }

    @Test
    void shouldNotKnowTopicsThatAreNone() {
        assertThat(run("replay", "--topic=stimulus", "--all")).isEqualTo(2);

        assertThat(err.toString()).contains("no topic 'stimulus'; these have dead letters: [stimuli.v1,");
    }

    private List<byte[]> replayed(int count) {
        try (var records = new CommittedRecords(kafka, topics.stimuli.name())) {
            return new ArrayList<>(records.await(count, Duration.ofSeconds(30)).stream()
                    .peek(record -> assertThat(
                                    record.headers().lastHeader("traceparent").value())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo(PARENT))
                    .map(ConsumerRecord::value)
                    .toList());
        }
    }

    private int run(String subcommand, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "dlq", subcommand, "--bootstrap-servers=" + kafka.bootstrapServers(), "--prefix=" + topics.prefix()));
        Stream.of(options).forEach(arguments::add);
        return IonstreamMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
