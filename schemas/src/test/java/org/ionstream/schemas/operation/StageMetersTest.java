package org.ionstream.schemas.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.stream.BatchWatch.Batch;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageMetersTest {
    private final Topics topics = Topics.standard();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final StageMeters meters =
            new StageMeters(registry, "surrogate", Clock.fixed(Instant.ofEpochMilli(1_250), ZoneOffset.UTC));

    @Test
    void shouldCountAnswersBySourceAndReasonWithTheirLatency() {
        meters.committed(batch(
                2,
                prediction(Source.SURROGATE, RouteReason.TRUSTED),
                prediction(Source.REFERENCE, RouteReason.NO_MODEL)));

        assertThat(registry.get("ionic.predictions")
                        .tags("source", "SURROGATE", "reason", "TRUSTED", "cell_model", "hodgkin-huxley-1952")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("ionic.predictions")
                        .tags("source", "REFERENCE", "reason", "NO_MODEL")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("ionic.end.to.end.latency")
                        .tag("source", "SURROGATE")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
        assertThat(registry.get("ionic.infer.compute").timer().totalTime(TimeUnit.MICROSECONDS))
                .as("of the surrogate's answer alone")
                .isEqualTo(700);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -9_000_000_000_000_000_000L, -1, 0, Long.MAX_VALUE})
    void shouldCountAnAnswerWhateverTimeItsSenderClaims(long publishedAtMs) {
        meters.committed(batch(1, prediction(Source.SURROGATE, RouteReason.TRUSTED, publishedAtMs)));

        assertThat(registry.get("ionic.end.to.end.latency").timer().totalTime(TimeUnit.MILLISECONDS))
                .isBetween(0.0, 1_250.0);
    }

    @Test
    void shouldTellDeadLettersFromAnswers() {
        Outgoing letter = DeadLetters.letter(
                topics.stimuli,
                new ConsumerRecord<>(topics.stimuli.name(), 0, 7, new byte[0], new byte[] {1}),
                "surrogate",
                "no protocol");

        meters.committed(batch(3, prediction(Source.SURROGATE, RouteReason.TRUSTED), letter));

        assertThat(records("understood")).isEqualTo(2);
        assertThat(records("dead_letter")).isEqualTo(1);
    }

    @Test
    void shouldMeasureBatchesAndFaults() {
        meters.committed(batch(3));
        meters.failed();

        assertThat(registry.get("ionic.stage.batch.size").summary().totalAmount())
                .isEqualTo(3);
        assertThat(registry.get("ionic.stage.answer").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(4);
        assertThat(registry.get("ionic.stage.commit").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(6);
        assertThat(registry.get("ionic.txn.aborts").counter().count()).isEqualTo(1);
    }

    private double records(String outcome) {
        return registry.get("ionic.stage.records")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static Batch batch(int records, Outgoing... sent) {
        return new Batch(records, List.of(sent), Duration.ofMillis(4), Duration.ofMillis(6));
    }

    private Outgoing prediction(Source source, RouteReason reason) {
        return prediction(source, reason, 1_000);
    }

    private Outgoing prediction(Source source, RouteReason reason, long publishedAtMs) {
        return topics.predictions.message(
                "p-1",
                Prediction.newBuilder()
                        .setId("p-1")
                        .setCellModel("hodgkin-huxley-1952")
                        .setSource(source)
                        .setReason(reason)
                        .setOutcome(Outcome.OK)
                        .setPublishedAtMs(publishedAtMs)
                        .setAnsweredAtMs(1_100)
                        .setComputeMicros(700)
                        .build());
    }
}
