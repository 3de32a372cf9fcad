package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.ScorePair;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

/** The champion that is shipped meets a distribution that it was not trained on. */
class BundledChampionRetrainingTest {
    private static final CellModel CELL = CellModels.FITZHUGH_NAGUMO_1961;

    private final ReferenceSolver solver = new ReferenceSolver(SolverSettings.AUDIT);
    private final OnnxModelFile champion =
            OnnxModelFile.parse(BundledChampions.of(CELL).orElseThrow());

    @Test
    void shouldImproveTheChampionOnWhatItHadNeverSeen() {
        RetrainingRun.Verdict verdict = run(0.95, 100).of(champion, references(200), Optional.empty(), progress -> {});

        ScorePair recent = verdict.pairs().get(0);
        assertThat(verdict.promote()).isTrue();
        assertThat(recent.getHeldOutSet()).isEqualTo("recent audits");
        assertThat(recent.getChallenger()).isLessThan(0.9 * recent.getChampion());
        assertThat(verdict.pairs().get(1).getHeldOutSet()).isEqualTo("paper validation");
        assertThat(verdict.provenance().getParentModelId())
                .isEqualTo(champion.card().modelId());
        assertThat(verdict.provenance().getReplayedReferences()).isBetween(120, 199);
        OnnxModelFile challenger = OnnxModelFile.parse(verdict.onnx());
        assertThat(challenger.card().modelId()).isEqualTo(verdict.modelId());
        assertThat(challenger.card().expectedRelativeL2())
                .isEqualTo(verdict.scores().get(0).getMedianRelativeL2());
    }

    @Test
    void shouldRejectAChallengerThatForgets() {
        RetrainingRun.Verdict verdict = run(0.95, 1e-3).of(champion, references(200), Optional.empty(), progress -> {});

        assertThat(verdict.promote()).isFalse();
        assertThat(verdict.detail()).contains("on the paper's distribution");
    }

    private RetrainingRun run(double requiredImprovement, double toleratedRegression) {
        TrainingSettings training = new TrainingSettings(16, 60, 2e-3, 0.1, 1e-4, 1, 30, 1, 1);
        return new RetrainingRun(
                new RetrainingSettings(
                        10,
                        1_000,
                        TrainingMix.fixed(50, 50),
                        Anew.NEVER,
                        0.2,
                        training,
                        requiredImprovement,
                        toleratedRegression,
                        0,
                        RetrainingTriggers.NONE),
                new ReferenceLabels(solver),
                new FnoPredictor.Settings(ComputeDevice.CPU, 1, 16),
                "test");
    }

    private List<Replay.Entry> references(int count) {
        ProtocolSource source = PacingDistribution.of(CELL).endless(3, "test");
        List<Replay.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StimulusProtocol protocol = source.next();
            Solution solution = solver.solve(Stimulus.of(protocol));
            entries.add(new Replay.Entry(
                    ReferenceSolution.newBuilder()
                            .setId(protocol.getId())
                            .setCellModel(CELL.id())
                            .setProtocol(protocol)
                            .setReason(AuditReason.UNIFORM)
                            .setProbability(1)
                            .setOutcome(solution.outcome())
                            .setTrajectory(solution.toTraces(CELL).toMessage())
                            .setSolver(solution.solver())
                            .build(),
                    i,
                    i));
        }
        return entries;
    }
}
