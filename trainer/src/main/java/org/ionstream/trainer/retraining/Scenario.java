package org.ionstream.trainer.retraining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.trust.Shifts;

/** A stream shifts and its champion is trained on, by the trainer's own retraining but without a broker. */
public final class Scenario {
    /** Of the protocols that the trainer sees; those that it is measured on later have others. */
    private static final long SEED = 8;

    /**
     * @param challenger its file
     * @param promoted whether it would be the champion
     * @param decision why, with the numbers
     */
    public record Outcome(OnnxModelFile challenger, boolean promoted, String decision) {}

    private final ReferenceSolver solver;
    private final FnoPredictor.Settings serving;
    private final RetrainingSettings settings;

    /** @param solver of the audits */
    public Scenario(ReferenceSolver solver, FnoPredictor.Settings serving, RetrainingSettings settings) {
        this.solver = solver;
        this.serving = serving;
        this.settings = settings;
    }

    /**
     * @param checkpoint to go on from, and written while it trains
     * @param progress of the training
     */
    public Outcome run(
            OnnxModelFile champion, Shifts shift, Optional<Path> checkpoint, Consumer<FnoTraining.Progress> progress) {
        CellModel cellModel = CellModels.byId(champion.card().cellModel());
        List<Replay.Entry> audits = audits(shift.protocols(cellModel, SEED, settings.freshReferences()));
        RetrainingRun.Verdict verdict = new RetrainingRun(settings, new ReferenceLabels(solver), serving, "")
                .of(champion, audits, checkpoint, progress);
        return new Outcome(OnnxModelFile.parse(verdict.onnx()), verdict.promote(), verdict.detail());
    }

    private List<Replay.Entry> audits(List<StimulusProtocol> protocols) {
        List<Replay.Entry> audits = new ArrayList<>();
        for (StimulusProtocol protocol : protocols) {
            audits.add(new Replay.Entry(reference(protocol), audits.size(), audits.size()));
        }
        return audits;
    }

    /** As the reference stage writes it. */
    private ReferenceSolution reference(StimulusProtocol protocol) {
        Stimulus stimulus = Stimulus.of(protocol);
        Solution solution = solver.solve(stimulus);
        return ReferenceSolution.newBuilder()
                .setId(protocol.getId())
                .setCellModel(protocol.getCellModel())
                .setProtocol(protocol)
                .setReason(AuditReason.UNIFORM)
                .setProbability(1)
                .setOutcome(solution.outcome())
                .setDetail(solution.detail())
                .setTrajectory(solution.toTraces(stimulus.cellModel()).toMessage())
                .setSolver(solution.solver())
                .build();
    }
}
