package org.ionstream.trainer.tuning;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.ionstream.schemas.message.Trial;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.trainer.tuning.search.Study;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a study: orders trials from the workers, one at a time from each, and takes their results. It keeps nothing: after a
 * stop, also a sudden one, the next run of the study rebuilds it from the topics. One run of a study drives it; an earlier one
 * that still lives is fenced and ends. With one worker the same plan gives the same trials; with several, what has come back
 * when a trial is drawn depends on who was faster. Not thread-safe.
 */
public final class StudyRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StudyRun.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** Between two questions after the workers. */
    private static final long WORKERS_LOOK_NS = Duration.ofMillis(500).toNanos();

    /**
     * @param kafka the broker
     * @param topics of the installation
     * @param study name, unique in the installation
     * @param plan all that its course depends on
     */
    public record Settings(KafkaSettings kafka, Topics topics, String study, StudyPlan plan) {
        public Settings {
            checkName(study);
        }
    }

    /** @throws IllegalArgumentException if a study cannot have this name */
    public static void checkName(String study) {
        TrialStage.checkStudyName(study);
    }

    private record Place(int trial, int rung) {}

    private final Settings settings;
    private final StudyResults results;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final StudyLog log;
    /** Partition of every order. */
    private final Map<Place, Integer> partitions = new HashMap<>();

    private WorkerGroup workers;
    private long askedNs;

    /**
     * Rebuilds the study, if it was begun before.
     *
     * @throws IllegalArgumentException if there is a study of this name with another plan, or its first trial is too large
     * @throws KafkaException if the broker does not answer
     */
    public StudyRun(Settings settings) {
        LOG.info("study with {}", settings);
        this.settings = settings;
        results = new StudyResults(settings.plan());
        KafkaSettings kafka = settings.kafka();
        Topics topics = settings.topics();
        producer = new KafkaProducer<>(kafka.transactionalProducer(topics.prefix() + "study-" + settings.study()));
        admin = Admin.create(kafka.common());
        log = new StudyLog(kafka, topics, settings.study());
        try {
            producer.initTransactions(); // an earlier run is fenced now: what is committed is all there is of it
            take(log.all());
            askWorkers();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Orders what can be ordered, waits a moment for results, takes what came. */
    public void advance() {
        if (System.nanoTime() - askedNs > WORKERS_LOOK_NS) {
            askWorkers();
        }
        order();
        take(log.next(LOOK));
    }

    public boolean isFinished() {
        return results.study().isFinished();
    }

    public StudyReport report() {
        return results.report(settings.study(), workers.size());
    }

    /** Trials that this study has begun. */
    public int begun() {
        return results.study().begun();
    }

    private void askWorkers() {
        workers = WorkerGroup.now(admin, settings.topics());
        askedNs = System.nanoTime();
    }

    private void order() {
        Optional<Integer> idle = workers.idle(partitions.values());
        while (idle.isPresent()) {
            Optional<Study.Order> next = results.study().next();
            if (next.isEmpty()) {
                return;
            }
            send(next.get(), idle.get());
            results.ordered(next.get());
            partitions.put(new Place(next.get().trial(), next.get().rung()), idle.get());
            idle = workers.idle(partitions.values());
        }
    }

    private void send(Study.Order order, int partition) {
        StudyPlan plan = settings.plan();
        Trial trial = Trial.newBuilder()
                .setStudy(settings.study())
                .setNumber(order.trial())
                .setRung(order.rung())
                .setSteps(plan.halving().steps(order.rung()))
                .setCellModel(plan.cellModel())
                .setRecipe(plan.recipe(order.point()).toJson())
                .setValues(order.point())
                .setPlan(plan.toJson())
                .setAtMs(System.currentTimeMillis())
                .build();
        Outgoing message = settings.topics().trials.message(settings.study() + "/" + order.trial(), trial);
        producer.beginTransaction();
        producer.send(message.toRecord(partition));
        producer.commitTransaction();
    }

    private void take(StudyLog.News news) {
        for (StudyLog.Ordered found : news.orders()) {
            Trial trial = found.trial();
            StudyPlan plan = StudyPlan.fromJson(trial.getPlan());
            if (!settings.plan().continues(plan)) {
                throw new IllegalArgumentException(
                        "there is a study %s with another plan, %s; give this one another name with --study"
                                .formatted(settings.study(), trial.getPlan()));
            }
            if (results.ordered(new Study.Order(trial.getNumber(), trial.getRung(), trial.getValues()))) {
                partitions.put(new Place(trial.getNumber(), trial.getRung()), found.partition());
            }
        }
        news.results().forEach(this::take);
    }

    private void take(TrialResult result) {
        partitions.remove(new Place(result.getNumber(), result.getRung()));
        if (!results.answered(result)) {
            LOG.warn(
                    "trial {}/{} rung {} has a second result, from {}; the first one stands",
                    result.getStudy(),
                    result.getNumber(),
                    result.getRung(),
                    result.getWorker());
        }
    }

    @Override
    public void close() {
        log.close();
        admin.close();
        producer.close();
    }
}
