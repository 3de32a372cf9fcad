package org.ionstream.schemas.operation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.stream.BatchWatch;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.schemas.stream.Outgoing;

/**
 * What a stage does, counted by the messages that it has committed: a batch that is read again counts once, and the stages
 * themselves measure nothing. One for each batch loop.
 */
public final class StageMeters implements BatchWatch {
    /** Upper bounds of the histograms: few, as each is a series for each combination of labels. */
    private static final Duration[] TIMES = IntStream.of(
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000,
                    60_000_000)
            .mapToObj(micros -> Duration.ofNanos(1000L * micros))
            .toArray(Duration[]::new);

    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16_384};

    private final MeterRegistry registry;
    private final String stage;
    private final Clock clock;
    private final DistributionSummary batchSize;
    private final Timer answering;
    private final Timer committing;
    private final Counter understood;
    private final Counter deadLetters;
    private final Counter aborts;

    /** @param stage its name, the same in every process */
    public StageMeters(MeterRegistry registry, String stage, Clock clock) {
        this.registry = registry;
        this.stage = stage;
        this.clock = clock;
        this.batchSize = DistributionSummary.builder("ionic.stage.batch.size")
                .description("Records of a transaction: one batch, several at full speed")
                .tag("stage", stage)
                .serviceLevelObjectives(BATCHES)
                .register(registry);
        this.answering =
                timer("ionic.stage.answer", "Time of the stage for the records of a transaction", "stage", stage);
        this.committing = timer("ionic.stage.commit", "Time of a transaction, sending included", "stage", stage);
        this.understood = records("understood");
        this.deadLetters = records("dead_letter");
        this.aborts = Counter.builder("ionic.txn.aborts")
                .description("Times that records are read again after a lost transaction or broker")
                .tag("stage", stage)
                .register(registry);
    }

    @Override
    public Connection connected(Consumer<?, ?> consumer, Producer<?, ?> producer) {
        KafkaClientMetrics reading = new KafkaClientMetrics(consumer);
        KafkaClientMetrics writing = new KafkaClientMetrics(producer);
        reading.bindTo(registry);
        writing.bindTo(registry);
        return () -> {
            reading.close();
            writing.close();
        };
    }

    @Override
    public void committed(Batch batch) {
        batchSize.record(batch.records());
        answering.record(batch.answering());
        committing.record(batch.committing());
        long letters = 0;
        for (Outgoing sent : batch.sent()) {
            if (sent.headers().containsKey(DeadLetters.REASON)) {
                letters++;
            }
            sent.message().ifPresent(this::count);
        }
        understood.increment((double) batch.records() - letters);
        deadLetters.increment(letters);
    }

    @Override
    public void failed() {
        aborts.increment();
    }

    private Counter records(String outcome) {
        return Counter.builder("ionic.stage.records")
                .description("Records read and answered")
                .tags("stage", stage, "outcome", outcome)
                .register(registry);
    }

    private void count(SpecificRecord message) {
        if (message instanceof Prediction prediction) {
            predicted(prediction);
        } else if (message instanceof AuditRequest request) {
            count(
                    "ionic.audit.requests",
                    "Protocols passed on to the reference",
                    "cell_model",
                    request.getProtocol().getCellModel(),
                    "reason",
                    request.getReason().name());
        } else if (message instanceof ReferenceSolution solution) {
            solved(solution);
        } else if (message instanceof CommandResult result) {
            count(
                    "ionic.commands",
                    "Answers to commands",
                    "kind",
                    result.getKind().name(),
                    "status",
                    result.getStatus().name());
        }
    }

    private void predicted(Prediction prediction) {
        String cellModel = prediction.getCellModel();
        String source = prediction.getSource().name();
        count(
                "ionic.predictions",
                "Protocols answered",
                "cell_model",
                cellModel,
                "source",
                source,
                "reason",
                prediction.getReason().name(),
                "outcome",
                prediction.getOutcome().name());
        timer("ionic.end.to.end.latency", "From a protocol on its topic to its committed answer", "source", source)
                .record(sinceMs(prediction.getPublishedAtMs()));
        if (prediction.getSource() == Source.SURROGATE) {
            timer("ionic.infer.compute", "Inference and assessment of one protocol", "cell_model", cellModel)
                    .record(Duration.ofNanos(1000 * prediction.getComputeMicros()));
        }
    }

    /** A record carries any time that its sender likes: what is before 1970 or to come counts from the nearer end. */
    private Duration sinceMs(long publishedAtMs) {
        return Duration.ofMillis(Math.max(0, clock.millis() - Math.max(0, publishedAtMs)));
    }

    private void solved(ReferenceSolution solution) {
        String cellModel = solution.getCellModel();
        count(
                "ionic.references",
                "Protocols solved",
                "cell_model",
                cellModel,
                "reason",
                solution.getReason().name(),
                "outcome",
                solution.getOutcome().name());
        timer("ionic.solver", "Numerical solution of one protocol", "cell_model", cellModel)
                .record(Duration.ofNanos(1000 * solution.getSolver().getWallMicros()));
        Counter.builder("ionic.solver.steps")
                .description("Accepted steps of the solver")
                .tag("cell_model", cellModel)
                .register(registry)
                .increment(solution.getSolver().getSteps());
    }

    private void count(String name, String description, String... tags) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment();
    }

    private Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }
}
