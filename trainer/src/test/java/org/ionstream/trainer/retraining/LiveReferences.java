package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;

/** Audited references as the stream would bring them: FitzHugh-Nagumo under endless protocols of the paper. */
final class LiveReferences {
    static final CellModel CELL_MODEL = CellModels.FITZHUGH_NAGUMO_1961;
    private static final ReferenceSolver SOLVER = new ReferenceSolver(SolverSettings.AUDIT);
    /** Of the first one. */
    static final long FIRST_OFFSET = 100;

    private LiveReferences() {}

    static List<Replay.Entry> sample(int count, long seed) {
        ProtocolSource source = PaperDistribution.of(CELL_MODEL).endless(seed, "live");
        List<Replay.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Replay.Entry(reference(source.next()), FIRST_OFFSET + i, i));
        }
        return entries;
    }

    static ReferenceSolution reference(StimulusProtocol protocol) {
        Stimulus stimulus = Stimulus.of(protocol);
        Solution solution = SOLVER.solve(stimulus);
        return new ReferenceSolution(
                protocol.getId(),
                protocol.getCellModel(),
                protocol,
                AuditReason.UNIFORM,
                0.1,
                solution.outcome(),
                solution.detail(),
                solution.toTraces(stimulus.cellModel()).toMessage(),
                null,
                solution.solver());
    }
}
