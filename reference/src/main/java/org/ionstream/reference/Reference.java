package org.ionstream.reference;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.ionstream.reference.stage.*;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.protocol.*;
import org.ionstream.schemas.stream.*;

public final class Reference implements AutoCloseable {
    public record Settings(
            KafkaSettings kafka,
            Topics topics,
            String instance,
            SolverSettings solver,
            double auditShare,
            int largestBatch,
            int threads,
            ProtocolLimits limits) {}

    private final BatchLoop<SolveRequest> loop;
    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    public Reference(Settings s) {
        loop = new BatchLoop<>(
                new BatchLoop.Settings(s.topics().prefix() + "reference", s.kafka(), s.instance(), s.largestBatch()),
                List.of(
                        Inlet.readingAlong(
                                s.topics().stimuli,
                                (p, at) ->
                                        new SolveRequest(Stimulus.of(p, s.limits()), AuditReason.UNIFORM, false, at)),
                        new Inlet<>(
                                s.topics().audits,
                                (a, at) -> new SolveRequest(
                                        Stimulus.of(a.getProtocol(), s.limits()),
                                        a.getReason(),
                                        a.getAnswerWanted(),
                                        a.getPublishedAtMs()))),
                new ReferenceStage(s.topics(), new ReferenceSolver(s.solver()), s.auditShare()));
        thread = new Thread(loop, "reference");
        thread.setUncaughtExceptionHandler((ended, fault) -> failure.compareAndSet(null, fault));
    }

    public void start() {
        thread.start();
    }

    public boolean isReady() {
        return loop.isReady();
    }

    /** What ended the thread, if anything did; then the process is to be stopped and started again. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
