package org.ionstream.standalone.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.surrogate.SurrogateRequest;
import org.ionstream.surrogate.SurrogateStage;

/**
 * Answers the same batches round after round, as fast as it can, and holds each answer against what the model that it names
 * answers alone. One thread runs it; the others wait and look.
 */
final class SwapLoad implements Runnable {
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /**
     * What one model answers alone.
     *
     * @param modelId of the model
     * @param byBatch trajectories by protocol id, of each batch
     */
    record Answers(String modelId, List<Map<String, ByteBuffer>> byBatch) {
        /** @throws IllegalStateException if one of them is no prediction */
        static Answers of(String modelId, List<List<Outgoing>> answers) {
            return new Answers(
                    modelId,
                    answers.stream()
                            .map(batch -> batch.stream()
                                    .map(SwapLoad::prediction)
                                    .collect(Collectors.toMap(
                                            Prediction::getId,
                                            found -> found.getTrajectory().getValues())))
                            .toList());
        }
    }

    private final SurrogateStage stage;
    private final List<List<SurrogateRequest>> batches;
    private final Map<String, Answers> expected = new HashMap<>();
    /** Offered and maybe not taken yet, or taken and not replaced. */
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();

    private final List<Double> roundMs = new ArrayList<>();
    private volatile int rounds;
    private volatile String servedBy = "";
    private volatile long servedSinceNs;
    private volatile boolean stopping;
    private volatile RuntimeException fault;
    private volatile int refused;
    private long answered;
    private long mixed;
    private long unexpected;
    private long otherBits;

    SwapLoad(SurrogateStage stage, List<List<SurrogateRequest>> batches, List<Answers> expected) {
        this.stage = stage;
        this.batches = batches;
        expected.forEach(version -> this.expected.put(version.modelId(), version));
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                long beganNs = System.nanoTime();
                for (int batch = 0; batch < batches.size(); batch++) {
                    check(batch, stage.answer(batches.get(batch)));
                }
                synchronized (roundMs) {
                    roundMs.add((System.nanoTime() - beganNs) / 1e6);
                    rounds = roundMs.size();
                }
            }
        } catch (RuntimeException e) {
            fault = e;
        }
    }

    /** From now on this model may answer beside the one that serves. */
    void expect(String modelId) {
        allowed.retainAll(Set.of(servedBy));
        allowed.add(modelId);
    }

    void refused() {
        refused++; // one thread offers
    }

    String servedBy() {
        return servedBy;
    }

    /** When its first batch was answered. */
    long servedSinceNs() {
        return servedSinceNs;
    }

    int rounds() {
        return rounds;
    }

    double[] roundMs() {
        synchronized (roundMs) {
            return roundMs.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** @throws IllegalStateException if it does not come, or the load ended */
    void await(BooleanSupplier condition, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (fault != null) {
                throw new IllegalStateException("the load ended: " + fault, fault);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "after %s the answers still come from '%s'; look at the load of the machine"
                                .formatted(longest, servedBy));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    void stop(Thread thread, Duration longest) {
        stopping = true;
        try {
            thread.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After the thread has ended. */
    SwapReport.Verdict verdict() {
        return new SwapReport.Verdict((long) rounds * batches.size(), answered, mixed, unexpected, otherBits, refused);
    }

    private void check(int batch, List<Outgoing> answers) {
        Set<String> models = new HashSet<>();
        for (Outgoing answer : answers) {
            Prediction prediction = prediction(answer);
            models.add(prediction.getModelId());
            Answers alone = expected.get(prediction.getModelId());
            ByteBuffer bits = alone == null ? null : alone.byBatch().get(batch).get(prediction.getId());
            if (!prediction.getTrajectory().getValues().equals(bits)) {
                otherBits++;
            }
        }
        answered += answers.size();
        if (models.size() != 1 || answers.size() != batches.get(batch).size()) {
            mixed++;
            return;
        }
        String model = models.iterator().next();
        if (!allowed.contains(model)) {
            unexpected++;
        }
        if (!model.equals(servedBy)) {
            servedSinceNs = System.nanoTime();
            servedBy = model;
        }
    }

    private static Prediction prediction(Outgoing answer) {
        if (answer.message().orElse(null) instanceof Prediction prediction) {
            return prediction;
        }
        throw new IllegalStateException("an answer on %s that is no prediction".formatted(answer.topic()));
    }
}
