package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.FreshLabels;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.release.Recipe;
import org.junit.jupiter.api.Test;

class MixedSetsTest {
    private static final TimeGrid GRID = new TimeGrid(0.625, 160);
    private static final int AUDITED = 12;

    private final List<Replay.Entry> entries = LiveReferences.sample(AUDITED, 3);

    @Test
    void shouldHaveTheAuditedReferencesInEverySetAndTheRestAnew() {
        MixedSets sets = sets(new TrainingMix(20, true, 10, 0, 1));

        TrajectorySet first = sets.set(0);
        TrajectorySet second = sets.set(1);

        assertThat(first.size()).isEqualTo(AUDITED + 10 + 20).isEqualTo(second.size());
        assertThat(first.part(0, AUDITED).currents())
                .isEqualTo(second.part(0, AUDITED).currents());
        assertThat(first.part(AUDITED, AUDITED + 10).currents())
                .isNotEqualTo(second.part(AUDITED, AUDITED + 10).currents());
        assertThat(first.part(AUDITED + 10, AUDITED + 30).currents())
                .isNotEqualTo(second.part(AUDITED + 10, AUDITED + 30).currents());
    }

    @Test
    void shouldHaveTheSameSetWheneverItIsAskedFor() {
        TrainingMix mix = new TrainingMix(20, true, 10, 0, 1);
        TrajectorySet inOrder;
        try (FreshLabels data = sets(mix).fresh(sets(mix).set(0))) {
            data.epoch(0);
            data.epoch(1);
            inOrder = data.epoch(2);
        }

        TrajectorySet atOnce = sets(mix).set(2);

        assertThat(atOnce.currents()).isEqualTo(inOrder.currents());
        assertThat(atOnce.excursions()).isEqualTo(inOrder.excursions());
    }

    @Test
    void shouldHaveSomeThatLittleDecidesAbout() {
        TrainingMix plain = new TrainingMix(0, true, 20, 0, 1);
        TrainingMix half = new TrainingMix(0, true, 20, 0.5, 1);
        List<String> drawn = currents(sets(new TrainingMix(0, true, 50, 0, 1)).set(0));

        List<String> mixed = currents(sets(half).set(0));

        assertThat(mixed).hasSameSizeAs(currents(sets(plain).set(0)));
        assertThat(drawn).as("10 and four times 10 drawn").containsAll(mixed);
        assertThat(mixed.subList(AUDITED, AUDITED + 10))
                .as("every fifth as it is drawn")
                .isEqualTo(IntStream.range(0, 10)
                        .mapToObj(i -> drawn.get(AUDITED + 5 * i + 4))
                        .toList());
    }

    private static List<String> currents(TrajectorySet set) {
        return Arrays.stream(set.currents()).map(Arrays::toString).toList();
    }

    @Test
    void shouldNameItsParts() {
        MixedSets all = sets(new TrainingMix(20, false, 10, 0, 0));
        MixedSets auditedOnly = sets(TrainingMix.fixed(0, 0));

        assertThat(all.parts(all.set(0))).extracting(TrajectorySet::size).containsExactly(AUDITED, 10, 20);
        assertThat(auditedOnly.parts(auditedOnly.set(0)))
                .extracting(TrajectorySet::size)
                .containsExactly(AUDITED);
    }

    private MixedSets sets(TrainingMix mix) {
        double[] errors = new double[AUDITED];
        Arrays.fill(errors, 0.1);
        FnoArchitecture architecture = FnoArchitecture.paper(8, 8, 2, FourierLayer.MLP, Activation.GELU, 0.05, 2);
        TrainingSettings training = new TrainingSettings(16, 10, 1e-3, 0.2, 1e-4, 1, 5, 2, 1);
        Recipe recipe = new Recipe(
                architecture, training, mix.baseProtocols(), 2, mix.epochsPerSet(), 0, mix.asHeldOut(), null);
        List<StimulusProtocol> protocols =
                entries.stream().map(entry -> entry.reference().getProtocol()).toList();
        return new MixedSets(
                LiveReferences.CELL_MODEL,
                ReplaySplit.set(entries, LiveReferences.CELL_MODEL, GRID),
                protocols,
                errors,
                mix,
                recipe,
                ReferenceLabels.standard());
    }
}
