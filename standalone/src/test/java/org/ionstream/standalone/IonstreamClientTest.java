package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.producer.client.IonstreamClient;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.InvalidProtocolException;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.TraceContext;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;

class IonstreamClientTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);

    @Test
    void shouldGiveEachProtocolItsOwnPrediction() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (IonstreamClient client = client(10, LONG)) {
            client.onPrediction(prediction -> seen.add(prediction.getId()));
            CompletableFuture<Prediction> first = client.ask(protocol("first"));
            CompletableFuture<Prediction> second = client.ask(protocol("second"));

            answer("second");
            answer("of somebody else");
            answer("first");

            assertThat(first.get(60, TimeUnit.SECONDS).getId()).isEqualTo("first");
            assertThat(second.get(60, TimeUnit.SECONDS).getId()).isEqualTo("second");
            for (int i = 0; i < 3; i++) {
                assertThat(seen.poll(60, TimeUnit.SECONDS)).isIn("first", "second", "of somebody else");
            }
            assertThat(client.pending()).isZero();
        }
    }

    @Test
    void shouldRunTheExampleOfTheGuide() throws Exception {
        TopicFollower answering = new TopicFollower("answering", kafka);
        answering.follow(topics.stimuli, (protocol, received) -> answer(protocol.getId()));
        Thread thread = new Thread(answering);
        thread.start();
        try {
            float[] potential = ClientExample.potential(settings(10, LONG));

            assertThat(potential).containsExactly(1, 2, 3);
        } finally {
            answering.stop();
            thread.join();
        }
    }

    @Test
    void shouldShowTheExampleInTheGuide() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/ionstream/standalone/ClientExample.java"));
        String example = source.substring(
                source.indexOf("// guide begins") + "// guide begins".length(), source.indexOf("// guide ends"));

        String expected = example.strip().lines().map(String::strip).collect(Collectors.joining("\n"));
        String guide = Files.readString(Path.of("../producer/PROTOCOLS.md"))
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        assertThat(guide).contains(expected);
    }

    @Test
    void shouldPublishWithinTheTraceOfTheCaller() throws Exception {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        try (IonstreamClient client = client(10, LONG);
                CommittedRecords stimuli = new CommittedRecords(kafka, topics.stimuli.name())) {
            client.ask(protocol("traced"), TraceContext.parse(parent, "").orElseThrow());

            assertThat(stimuli.await(1, LONG)
                            .get(0)
                            .headers()
                            .lastHeader("traceparent")
                            .value())
                    .asString(StandardCharsets.UTF_8)
                    .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                    .isNotEqualTo(parent);
        }
    }

    @Test
    void shouldGiveUpOnAPredictionThatDoesNotCome() throws Exception {
        try (IonstreamClient client = client(10, Duration.ofMillis(50))) {
            CompletableFuture<Prediction> answer = client.ask(protocol("unanswered"));

            assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
            assertThat(client.pending()).isZero();
        }
    }

    @Test
    void shouldWaitForRoomUntilAnotherIsDone() throws Exception {
        try (IonstreamClient client = client(1, LONG)) {
            CompletableFuture<Prediction> first = client.ask(protocol("first"));
            CompletableFuture<CompletableFuture<Prediction>> second = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.ask(protocol("second"));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(client.pending()).isEqualTo(1);
            assertThat(second).isNotDone();
            first.cancel(false);

            assertThat(second.get(60, TimeUnit.SECONDS)).isNotDone();
            assertThat(client.pending()).isEqualTo(1);
        }
        assertThatThrownBy(() -> client(0, LONG)).hasMessageContaining("0 pending");
    }

    @Test
    void shouldRefuseWhatCannotBeAnswered() throws Exception {
        try (IonstreamClient client = client(10, LONG)) {
            StimulusProtocol invalid = StimulusProtocol.newBuilder(protocol("bad"))
                    .setHorizonMs(-1)
                    .build();
            client.ask(protocol("twice"));

            assertThatThrownBy(() -> client.ask(invalid)).isInstanceOf(InvalidProtocolException.class);
            assertThatThrownBy(() -> client.ask(protocol("twice"))).hasMessageContaining("'twice' is pending already");
            assertThat(client.pending()).isEqualTo(1);
        }
    }

    @Test
    void shouldFailWhatIsPendingWhenItCloses() throws Exception {
        IonstreamClient client = client(10, LONG);
        CompletableFuture<Prediction> answer = client.ask(protocol("late"));

        client.close();

        assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS)).hasMessageContaining("the client is closed");
        assertThatThrownBy(() -> client.ask(protocol("too late"))).hasMessageContaining("the client is closed");
    }

    private IonstreamClient client(int mostPending, Duration longestWait) {
        return new IonstreamClient(settings(mostPending, longestWait));
    }

    private IonstreamClient.Settings settings(int mostPending, Duration longestWait) {
        return new IonstreamClient.Settings(kafka, topics, mostPending, longestWait);
    }

    private void answer(String id) {
        Prediction prediction = Prediction.newBuilder()
                .setId(id)
                .setCellModel("hodgkin-huxley-1952")
                .setSource(Source.SURROGATE)
                .setReason(RouteReason.TRUSTED)
                .setOutcome(Outcome.OK)
                .setTrajectory(new Traces(new TimeGrid(0.5, 3), List.of("V"), new float[][] {{1, 2, 3}}).toMessage())
                .setPublishedAtMs(0)
                .setAnsweredAtMs(0)
                .setComputeMicros(0)
                .build();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer())) {
            producer.send(topics.predictions.message(id, prediction).toRecord());
        }
    }

    private static StimulusProtocol protocol(String id) {
        return StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel("hodgkin-huxley-1952")
                .setPulses(List.of(new Pulse(0.0, 1.0, 20.0)))
                .setHorizonMs(100)
                .setOutputStepMs(0.5)
                .build();
    }
}
