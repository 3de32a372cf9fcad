package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.deadletter.DeadLetterBox;
import org.junit.jupiter.api.AfterEach;
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
    private final Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void sendThreeLetters() throws Exception {
        send(NOISE, "15 bytes are noise");
        send(message, "a rule of the day");
        send(message, "a rule of the day");
    }

    private void send(byte[] value, String reason) throws Exception {
        ConsumerRecord<byte[], byte[]> received =
                new ConsumerRecord<>(topics.stimuli.name(), 1, 7, "a key".getBytes(StandardCharsets.UTF_8), value);
        received.headers().add("traceparent", PARENT.getBytes(StandardCharsets.UTF_8));
        producer.send(DeadLetters.letter(topics.stimuli, received, "surrogate", reason)
                        .toRecord())
                .get();
    }

    @AfterEach
    void closeProducer() {
        producer.close();
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
    void shouldCountWhatItSentAndNotWhatAnotherReplaySent() {
        DeadLetterBox one = new DeadLetterBox(kafka, topics);
        DeadLetterBox other = new DeadLetterBox(kafka, topics);
        List<String> sentByOne = new ArrayList<>();
        List<String> sentByOther = new ArrayList<>();

        assertThatThrownBy(() -> one.replay(
                        topics.stimuli,
                        letter -> {
                            if (sentByOther.isEmpty()) {
                                other.replay(topics.stimuli, any -> true, sent -> sentByOther.add(sent.place()));
                            }
                            return true;
                        },
                        sent -> sentByOne.add(sent.place())))
                .isInstanceOf(KafkaException.class);

        assertThat(sentByOne).isEmpty();
        assertThat(sentByOther).containsExactlyInAnyOrder("0@0", "0@1", "0@2");
        assertThat(replayed(3)).containsExactlyInAnyOrder(NOISE, message, message);
    }

    @Test
    void shouldSayWhatHadNoBytesToSend() throws Exception {
        send(new byte[4 << 20], "a bomb");

        assertThat(run("replay", "--topic=stimuli.v1", "--reason=a bomb")).isZero();

        assertThat(out.toString()).contains("0 sent back; 1 have no bytes");
    }

    @Test
    void shouldListOnlyTheNewestAndRefuseFewerThanNone() {
        assertThat(run("list", "--most=1")).isZero();
        assertThat(out.toString())
                .contains("stimuli.v1: 3 wait", "0@2", "a rule of the day")
                .doesNotContain("0@1", "15 bytes are noise");

        assertThat(run("list", "--most=-1")).isEqualTo(2);
        assertThat(err.toString()).contains("-1 letters to list; give 0 or more");
    }

    /** 180 MB of letters, which lz4 makes a few hundred bytes each of, in a process that has about half of that. */
    @Test
    void shouldListAndReplayMoreThanFitsIntoMemory() throws Exception {
        for (int i = 0; i < 300; i++) {
            send(new byte[600_000], "an empty page");
        }

        assertThat(runInSmallProcess("list", "--most=1000")).contains("stimuli.v1: 303 wait, 0 replayed");
        assertThat(runInSmallProcess("replay", "--topic=stimuli.v1", "--all")).contains("303 sent back");
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
        return IonstreamMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments(subcommand, options).toArray(String[]::new));
    }

    private String runInSmallProcess(String subcommand, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                IonstreamMain.class.getName()));
        command.addAll(arguments(subcommand, options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private List<String> arguments(String subcommand, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "dlq", subcommand, "--bootstrap-servers=" + kafka.bootstrapServers(), "--prefix=" + topics.prefix()));
        arguments.addAll(List.of(options));
        return arguments;
    }
}
