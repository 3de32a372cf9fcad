package org.ionstream.reference;

import java.util.List;
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

    public Reference(Settings s) {
        loop = new BatchLoop<>(
                new BatchLoop.Settings(s.topics().prefix() + "reference", s.kafka(), s.instance(), s.largestBatch()),
                List.of(
                        Inlet.readingAlong(
                                s.topics().stimuli,
                                (p, at) -> new SolveRequest(Stimulus.of(p, s.limits()), AuditReason.UNIFORM, false, at)),
                        new Inlet<>(
                                s.topics().audits,
                                (a, at) -> new SolveRequest(
                                        Stimulus.of(a.getProtocol(), s.limits()),
                                        a.getReason(),
                                        a.getAnswerWanted(),
                                        a.getPublishedAtMs()))),
                new ReferenceStage(s.topics(), new ReferenceSolver(s.solver()), s.auditShare()));
        thread = new Thread(loop, "reference");
    }

    public void start() {
        thread.start();
    }

    public boolean isReady() {
        return loop.isReady();
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
