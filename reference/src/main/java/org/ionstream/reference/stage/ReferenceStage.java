package org.ionstream.reference.stage;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.reference.*;
import org.ionstream.schemas.message.*;
import org.ionstream.schemas.protocol.*;
import org.ionstream.schemas.stream.*;
import org.ionstream.schemas.wire.Traces;

public final class ReferenceStage implements Stage<SolveRequest> {
    private final Topics topics;
    private final ReferenceSolver solver;
    private final double share;

    public ReferenceStage(Topics topics, ReferenceSolver solver, double share) {
        this.topics = topics;
        this.solver = solver;
        this.share = share;
    }

    @Override
    public List<Outgoing> answer(List<SolveRequest> batch) {
        return batch.parallelStream()
                .filter(r -> r.reason() != AuditReason.UNIFORM
                        || UniformAudit.covers(r.stimulus().id(), share))
                .flatMap(r -> solve(r).stream())
                .toList();
    }

    private List<Outgoing> solve(SolveRequest r) {
        Solution s = solver.solve(r.stimulus());
        List<Outgoing> out = new ArrayList<>();
        StimulusProtocol p = r.stimulus().protocol();
        Traces traces = s.isOk() ? s.toTraces(r.stimulus().cellModel()).select(p.getVariables()) : null;
        boolean uniform = r.reason() == AuditReason.UNIFORM;
        if (uniform || !UniformAudit.covers(p.getId(), share)) {
            out.add(topics.references.message(
                    p.getId(),
                    new ReferenceSolution(
                            p.getId(),
                            p.getCellModel(),
                            p,
                            r.reason(),
                            uniform ? share : 1.0,
                            s.outcome(),
                            s.detail(),
                            traces == null ? null : traces.toMessage(),
                            s.solver())));
        }
        if (r.answerWanted()) {
            out.add(topics.predictions.message(
                    p.getId(),
                    Prediction.newBuilder()
                            .setId(p.getId())
                            .setCellModel(p.getCellModel())
                            .setSource(Source.REFERENCE)
                            .setReason(RouteReason.valueOf(r.reason().name()))
                            .setOutcome(s.outcome())
                            .setDetail(s.detail())
                            .setTrajectory(traces == null ? null : traces.toMessage())
                            .setPublishedAtMs(r.publishedAtMs())
                            .setAnsweredAtMs(System.currentTimeMillis())
                            .setComputeMicros(s.solver().getWallMicros())
                            .build()));
        }
        return out;
    }
}
