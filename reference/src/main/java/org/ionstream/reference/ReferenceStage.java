package org.ionstream.reference;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.common.errors.InterruptException;
import org.ionstream.schemas.biomarker.TrajectoryBiomarkers;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Stage;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.Traces;

/**
 * Solves protocols: a uniform share of the stream, whose references alone feed drift and promotion, and those the surrogate
 * asks for. Where the user has no prediction, the solution is published as one too.
 *
 * <p>Called from one thread; the protocols of a batch are solved side by side in the pool.
 */
public final class ReferenceStage implements Stage<ReferenceRequest> {
    private final Topics topics;
    private final ReferenceSolver solver;
    private final double auditShare;
    private final ExecutorService pool;
    private final Clock clock;

    /** What both messages have of a solution; null if there is none. */
    private record Answer(Trajectory trajectory, Biomarkers biomarkers) {
        static Answer of(Solution solution, Stimulus stimulus) {
            if (!solution.isOk()) {
                return new Answer(null, null);
            }
            Traces traces = solution.toTraces(stimulus.cellModel());
            return new Answer(
                    traces.select(stimulus.protocol().getVariables()).toMessage(),
                    TrajectoryBiomarkers.of(traces, stimulus));
        }
    }

    /** @param pool of as many threads as there are processors to keep busy; the caller closes it */
    public ReferenceStage(Topics topics, ReferenceSolver solver, double auditShare, ExecutorService pool, Clock clock) {
        this.topics = topics;
        this.solver = solver;
        this.auditShare = auditShare;
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public List<Outgoing> answer(List<ReferenceRequest> batch) {
        List<Future<List<Outgoing>>> solving = batch.stream()
                .filter(request -> request.reason() != AuditReason.UNIFORM || isAudited(request))
                .map(request -> pool.submit(() -> solve(request)))
                .toList();
        List<Outgoing> answers = new ArrayList<>();
        for (Future<List<Outgoing>> solved : solving) {
            answers.addAll(result(solved));
        }
        return answers;
    }

    private List<Outgoing> solve(ReferenceRequest request) {
        String id = request.stimulus().id();
        Solution solution = solver.solve(request.stimulus());
        Answer answer = Answer.of(solution, request.stimulus());
        List<Outgoing> answers = new ArrayList<>(2);
        // A protocol that is in the uniform share comes by that way too: it must have one reference, not two.
        if (request.reason() == AuditReason.UNIFORM || !isAudited(request)) {
            answers.add(topics.references
                    .message(id, reference(request, solution, answer))
                    .causedBy(request.arrival().trace()));
        }
        if (request.answerWanted()) {
            answers.add(topics.predictions
                    .message(id, prediction(request, solution, answer))
                    .causedBy(request.arrival().trace()));
        }
        return answers;
    }

    private ReferenceSolution reference(ReferenceRequest request, Solution solution, Answer answer) {
        StimulusProtocol protocol = request.stimulus().protocol();
        return ReferenceSolution.newBuilder()
                .setId(protocol.getId())
                .setCellModel(protocol.getCellModel())
                .setProtocol(protocol)
                .setReason(request.reason())
                .setProbability(request.reason() == AuditReason.UNIFORM ? auditShare : 1)
                .setOutcome(solution.outcome())
                .setDetail(solution.detail())
                .setTrajectory(answer.trajectory())
                .setBiomarkers(answer.biomarkers())
                .setSolver(solution.solver())
                .build();
    }

    private Prediction prediction(ReferenceRequest request, Solution solution, Answer answer) {
        StimulusProtocol protocol = request.stimulus().protocol();
        return Prediction.newBuilder()
                .setId(protocol.getId())
                .setCellModel(protocol.getCellModel())
                .setSource(Source.REFERENCE)
                .setReason(routeReason(request.reason()))
                .setOutcome(solution.outcome())
                .setDetail(solution.detail())
                .setTrajectory(protocol.getBiomarkersOnly() ? null : answer.trajectory())
                .setBiomarkers(answer.biomarkers())
                .setModelId(request.modelId())
                .setPublishedAtMs(request.arrival().atMs())
                .setAnsweredAtMs(clock.millis())
                .setComputeMicros(solution.solver().getWallMicros())
                .build();
    }

    private static RouteReason routeReason(AuditReason reason) {
        return switch (reason) {
            case ASKED -> RouteReason.ASKED;
            case NO_MODEL -> RouteReason.NO_MODEL;
            case OUT_OF_RANGE -> RouteReason.OUT_OF_RANGE;
            case NON_FINITE -> RouteReason.NON_FINITE;
            case UNTRAINED_CONDITIONS -> RouteReason.UNTRAINED_CONDITIONS;
            case UNCERTAIN -> RouteReason.UNCERTAIN;
            case ACCURACY_WANTED -> RouteReason.ACCURACY_WANTED;
            case UNIFORM, UNKNOWN -> RouteReason.UNKNOWN;
        };
    }

    private boolean isAudited(ReferenceRequest request) {
        return UniformAudit.covers(request.stimulus().id(), auditShare);
    }

    /** The solver's own failures are outcomes; what comes out here is a bug and ends the stage. */
    private static List<Outgoing> result(Future<List<Outgoing>> solved) {
        try {
            return solved.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
