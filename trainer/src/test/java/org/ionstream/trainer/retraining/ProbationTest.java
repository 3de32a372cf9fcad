package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbationTest {
    private static final int REFERENCES = 20;
    private static final byte[] UNTRAINED =
            RetrainingRunTest.untrainedChampion().bytes();
    private static final byte[] TRAINED = RetrainingRunTest.run(60, 5e-3)
            .of(RetrainingRunTest.untrainedChampion(), LiveReferences.sample(60, 3), Optional.empty(), progress -> {})
            .onnx();

    private final Map<String, byte[]> files = Map.of("untrained", UNTRAINED, "trained", TRAINED);
    private final Probation probation = new Probation(
            REFERENCES,
            release -> files.get(release.getModelId()),
            new FnoPredictor.Settings(ComputeDevice.CPU, 1, 16));
    private final CellModelLedger ledger = new CellModelLedger(100);

    /** At the times 0, 1, 2 ... ms. */
    @BeforeEach
    void fill() {
        LiveReferences.sample(40, 8).forEach(ledger.replay()::add);
    }

    @Test
    void shouldFailAChampionThatIsSurelyWorse() {
        released("untrained", "trained", 10);

        Probation.Outcome outcome = outcome();

        assertThat(outcome.isFailed()).isTrue();
        assertThat(outcome.before().getModelId()).isEqualTo("trained");
        assertThat(outcome.duel().comparison().lowest()).isGreaterThan(1);
        assertThat(outcome.duel().pair().getProtocols()).isEqualTo(REFERENCES);
        assertThat(outcome.detail(ledger.champion().orElseThrow()))
                .startsWith(
                        "on the first 20 audits since its release untrained has the error of trained, which it replaced, ");
    }

    @Test
    void shouldPassAChampionThatIsBetter() {
        released("trained", "untrained", 10);

        assertThat(outcome().isFailed()).isFalse();
    }

    @Test
    void shouldWaitForReferences() {
        released("untrained", "trained", 30);

        assertThat(probation.of(LiveReferences.CELL_MODEL, ledger)).isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatPeoplePutIntoService() {
        ModelRelease first = released("untrained", "trained", 10);
        ledger.released(ModelRelease.newBuilder(first).setReleasedAtMs(12).build());

        assertThat(probation.of(LiveReferences.CELL_MODEL, ledger)).isEmpty();
    }

    private Probation.Outcome outcome() {
        return probation.of(LiveReferences.CELL_MODEL, ledger).orElseThrow();
    }

    private ModelRelease released(String modelId, String replaced, long atMs) {
        ledger.released(release(replaced, "", 1));
        ModelRelease release = release(modelId, replaced, atMs);
        ledger.released(release);
        return release;
    }

    private static ModelRelease release(String modelId, String replaced, long atMs) {
        Provenance provenance = Provenance.newBuilder(Entries.release(modelId).getProvenance())
                .setParentModelId(replaced)
                .build();
        return ModelRelease.newBuilder(Entries.release(modelId))
                .setReplacedModelId(replaced)
                .setReleasedAtMs(atMs)
                .setProvenance(provenance)
                .setScores(List.of())
                .build();
    }
}
