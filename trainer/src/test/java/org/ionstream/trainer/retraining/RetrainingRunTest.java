package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.message.ScorePair;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.release.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainingRunTest {
    private static final TimeGrid GRID = new TimeGrid(0.625, 160);
    private static final long DATA_SEED = 1;
    private static final long SEED = 2;
    private static final int BASE = 20;
    private static final FnoPredictor.Settings SERVING = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 16);
    private static final ReferenceLabels LABELS = new ReferenceLabels(new ReferenceSolver(SolverSettings.AUDIT));

    private final OnnxModelFile champion = untrainedChampion();
    private final List<Replay.Entry> references = LiveReferences.sample(60, 3);

    @Test
    void shouldComeOutTheSameFromItsProvenance() {
        RetrainingRun.Verdict first = trained(TrainingMix.fixed(BASE, 15), Anew.NEVER)
                .of(champion, references, Optional.empty(), progress -> {});
        Map<String, Replay.Entry> onTheTopic = new HashMap<>();
        LiveReferences.sample(70, 3)
                .forEach(entry -> onTheTopic.put(entry.reference().getId(), entry));

        RetrainingRun.Verdict again =
                ModelRebuild.again(first.provenance(), champion, onTheTopic, SERVING, progress -> {});

        assertThat(first.promote()).isTrue();
        assertThat(again.modelId()).isEqualTo(first.modelId());
        assertThat(again.onnx()).isEqualTo(first.onnx());
        assertThat(again.provenance()).isEqualTo(first.provenance());
    }

    @Test
    void shouldComeOutTheSameFromItsProvenanceWithFreshSets() {
        RetrainingRun.Verdict first = fresh().of(champion, references, Optional.empty(), progress -> {});

        assertThat(rebuilt(first).onnx()).isEqualTo(first.onnx());
    }

    @Test
    void shouldBeginAnewWithANetworkForPulsesAtAnyTime() {
        RetrainingSettings settings = settings(
                TrainingMix.fixed(BASE, 15),
                new Anew(Anew.When.ONCE, Map.of("layers", "3", "windows", "1")),
                training(40, 5e-3));
        RetrainingRun.Verdict first = new RetrainingRun(settings, ReferenceLabels.standard(), SERVING, "r")
                .of(champion, references, Optional.empty(), progress -> {});

        Candidate challenger = Candidate.of(OnnxModelFile.parse(first.onnx()));
        double[] deviations = challenger.normalisation().deviation()[0];
        FnoArchitecture architecture = challenger.recipe().architecture();
        FnoArchitecture ofChampion = Candidate.of(champion).recipe().architecture();
        assertThat(architecture)
                .isEqualTo(challenger
                        .recipe()
                        .with(ofChampion.forAnyTime(1))
                        .with(Map.of("architecture.layers", "3"))
                        .architecture());
        assertThat(deviations[0]).isZero();
        assertThat(Arrays.stream(deviations).skip(1)).containsOnly(deviations[1]);
        assertThat(first.provenance().getAnew()).isTrue();
        assertThat(settings.anew().insteadOf(challenger))
                .as("one for any time goes on")
                .isFalse();
        assertThat(first.promote()).as(first.detail()).isTrue();
        assertThat(rebuilt(first).onnx()).isEqualTo(first.onnx());
    }

    @Test
    void shouldBeginAnewWithANetworkThatMarches() {
        RetrainingSettings settings = settings(
                TrainingMix.fixed(BASE, 15), new Anew(Anew.When.ONCE, Map.of("windows", "8")), training(100, 5e-3));
        RetrainingRun.Verdict first = new RetrainingRun(settings, ReferenceLabels.standard(), SERVING, "r")
                .of(champion, references, Optional.empty(), progress -> {});

        Candidate challenger = Candidate.of(OnnxModelFile.parse(first.onnx()));
        assertThat(challenger.recipe().architecture().windows()).isEqualTo(8);
        assertThat(first.promote()).as(first.detail()).isTrue();
        assertThat(rebuilt(first).onnx()).isEqualTo(first.onnx());
    }

    @ParameterizedTest
    @CsvSource({
        "windows, 80, fewer layers or windows",
        "windows, 7, 160 samples are not 7 windows of as many each",
        "variables, 3, has shape"
    })
    void shouldRefuseANetworkThatCannotBeServedBeforeItIsTrained(String name, String value, String why) {
        RetrainingRun run = trained(TrainingMix.fixed(BASE, 0), new Anew(Anew.When.ONCE, Map.of(name, value)));
        List<FnoTraining.Progress> progress = new ArrayList<>();

        assertThatThrownBy(() -> run.of(champion, references, Optional.empty(), progress::add))
                .hasMessageContaining(why);
        assertThat(progress).isEmpty();
    }

    private RetrainingRun.Verdict rebuilt(RetrainingRun.Verdict verdict) {
        Map<String, Replay.Entry> onTheTopic = new HashMap<>();
        references.forEach(entry -> onTheTopic.put(entry.reference().getId(), entry));
        return ModelRebuild.again(verdict.provenance(), champion, onTheTopic, SERVING, progress -> {});
    }

    @Test
    void shouldComeOutTheSameAcrossAStopInAFreshSet(@TempDir Path directory) {
        RetrainingRun.Verdict straight = fresh().of(champion, references, Optional.empty(), progress -> {});
        Optional<Path> checkpoint = Optional.of(directory.resolve("checkpoint"));
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> fresh().of(champion, references, checkpoint, progress -> {
                    if (progress.validated()) {
                        throw new CancellationException("stopped");
                    }
                }));

        List<Integer> steps = new ArrayList<>();
        RetrainingRun.Verdict resumed =
                fresh().of(champion, references, checkpoint, progress -> steps.add(progress.step()));

        assertThat(steps.get(0)).isGreaterThan(20);
        assertThat(resumed.onnx()).isEqualTo(straight.onnx());
    }

    @Test
    void shouldTellTheErrorsOnBothSelectionSets() {
        List<FnoTraining.Progress> progress = new ArrayList<>();

        run(20, 1e-3).of(champion, references, Optional.empty(), progress::add);

        FnoTraining.Progress last = progress.get(progress.size() - 1);
        assertThat(last.validationErrors()).hasSize(2);
        assertThat(last.validationError())
                .isBetween(Collections.min(last.validationErrors()), Collections.max(last.validationErrors()));
    }

    /** Some thirty audited, so that a set lasts for four steps and the first checkpoint is in the sixth. */
    private static RetrainingRun fresh() {
        return trained(new TrainingMix(BASE, true, 15, 0.4, 1), Anew.NEVER);
    }

    private static RetrainingRun trained(TrainingMix mix, Anew anew) {
        return new RetrainingRun(settings(mix, anew, training(40, 5e-3)), ReferenceLabels.standard(), SERVING, "r");
    }

    private static RetrainingSettings settings(TrainingMix mix, Anew anew, TrainingSettings training) {
        return new RetrainingSettings(5, 100, mix, anew, 0.4, training, 0.95, 1.1, 0, RetrainingTriggers.NONE);
    }

    @Test
    void shouldNotBeMadeAgainWithoutItsReferences() {
        RetrainingRun.Verdict first = run(2, 1e-3).of(champion, references, Optional.empty(), progress -> {});

        assertThatIllegalStateException()
                .isThrownBy(() -> ModelRebuild.again(first.provenance(), champion, Map.of(), SERVING, progress -> {}))
                .withMessageContaining("one of 60, is no longer on its topic");
    }

    @Test
    void shouldPromoteAChallengerThatLearned() {
        List<FnoTraining.Progress> progress = new ArrayList<>();

        RetrainingRun.Verdict verdict = run(60, 5e-3).of(champion, references, Optional.empty(), progress::add);

        ScorePair recent = verdict.pairs().get(0);
        ScorePair paper = verdict.pairs().get(1);
        assertThat(recent.getHeldOutSet()).isEqualTo("recent audits");
        assertThat(recent.getChallenger()).isLessThan(0.95 * recent.getChampion());
        assertThat(recent.getProtocols()).isBetween(1, 30);
        assertThat(paper.getHeldOutSet()).isEqualTo("paper validation");
        assertThat(paper.getProtocols()).isEqualTo(150);
        assertThat(paper.getChallenger()).isLessThan(paper.getChampion());
        assertThat(verdict.promote()).isTrue();
        assertThat(verdict.scores())
                .extracting(Score::getMeanRelativeL2)
                .containsExactly(recent.getChallenger(), paper.getChallenger());
        assertThat(verdict.detail())
                .contains("the champion's error %.3f times".formatted(recent.getChallenger() / recent.getChampion()));
        assertThat(progress).last().extracting(FnoTraining.Progress::step).isEqualTo(60);
    }

    @Test
    void shouldSayWhatTheChallengerIsMadeOf() {
        RetrainingRun.Verdict verdict = run(2, 1e-3).of(champion, references, Optional.empty(), progress -> {});

        Provenance provenance = verdict.provenance();
        OnnxModelFile challenger = OnnxModelFile.parse(verdict.onnx());
        ReplaySplit split = new ReplaySplit(references, LiveReferences.CELL_MODEL, GRID, 0.4);
        assertThat(provenance.getParentModelId()).isEqualTo(champion.card().modelId());
        assertThat(provenance.getRecipe()).isEqualTo(challenger.card().recipe());
        assertThat(Recipe.fromJson(provenance.getRecipe()).training()).isEqualTo(training(2, 1e-3));
        assertThat(provenance.getSeed()).isEqualTo(SEED);
        assertThat(provenance.getBaseProtocols()).isEqualTo(BASE);
        assertThat(provenance.getReplayedReferences())
                .isEqualTo(split.training().size());
        assertThat(provenance.getReplayedFromOffset())
                .isEqualTo(split.training().get(0).offset());
        assertThat(provenance.getReplayedToOffset()).isLessThan(LiveReferences.FIRST_OFFSET + references.size());
        assertThat(provenance.getRevision()).isEqualTo("revision-7");
        assertThat(challenger.card().modelId())
                .isEqualTo(verdict.modelId())
                .isNotEqualTo(champion.card().modelId());
        assertThat(provenance.getReplayedIds())
                .isEqualTo(references.stream()
                        .map(entry -> entry.reference().getId())
                        .toList());
        assertThat(challenger.card().provenance())
                .isEqualTo(Provenance.newBuilder(provenance)
                        .setReplayedIds(List.of())
                        .build()
                        .toString());
        assertThat(challenger.card().expectedRelativeL2())
                .isEqualTo(verdict.scores().get(0).getMedianRelativeL2());
    }

    @Test
    void shouldGoOnFromTheChampionsWeights() {
        float[] before = Candidate.of(champion).parameters().vector();

        RetrainingRun.Verdict verdict = run(3, 1e-9).of(champion, references, Optional.empty(), progress -> {});

        float[] after =
                Candidate.of(OnnxModelFile.parse(verdict.onnx())).parameters().vector();
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-6f));
        }
        assertThat(verdict.promote()).isFalse();
    }

    /**
     * All that a run draws or is given, against all that the paper's tests of these seeds hold; the protocol without any
     * current is in all of them.
     */
    @Test
    void shouldLeaveTheTestSetAlone() {
        PaperDistribution paper = PaperDistribution.of(LiveReferences.CELL_MODEL);
        List<StimulusProtocol> used = new ArrayList<>();
        references.forEach(entry -> used.add(entry.reference().getProtocol()));
        List<StimulusProtocol> tested = new ArrayList<>();
        for (long seed : new long[] {DATA_SEED, SEED}) {
            used.addAll(paper.training(seed, BASE));
            used.addAll(paper.validation(seed, 300));
            tested.addAll(paper.test(seed));
        }

        Set<String> sharedIds = ids(used);
        sharedIds.retainAll(ids(tested));
        Set<List<Pulse>> sharedPulses = pulses(used);
        sharedPulses.retainAll(pulses(tested));

        assertThat(sharedIds).isEmpty();
        assertThat(sharedPulses).isEmpty();
    }

    @Test
    void shouldSayThatThereAreTooFewReferences() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run(2, 1e-3).of(champion, references.subList(0, 1), Optional.empty(), progress -> {}))
                .withMessageStartingWith("1 references give ")
                .withMessageContaining("wait for more audits");
    }

    private static Set<String> ids(List<StimulusProtocol> protocols) {
        return protocols.stream().map(StimulusProtocol::getId).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<List<Pulse>> pulses(List<StimulusProtocol> protocols) {
        return protocols.stream()
                .map(StimulusProtocol::getPulses)
                .filter(pulses -> !pulses.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }

    static RetrainingRun run(int steps, double learningRate) {
        RetrainingSettings settings = settings(TrainingMix.fixed(BASE, 0), Anew.NEVER, training(steps, learningRate));
        return new RetrainingRun(settings, LABELS, SERVING, "revision-7");
    }

    private static TrainingSettings training(int steps, double learningRate) {
        return new TrainingSettings(16, steps, learningRate, 0.2, 1e-4, 1, 20, SEED, 1);
    }

    static OnnxModelFile untrainedChampion() {
        FnoArchitecture architecture = FnoArchitecture.paper(8, 8, 2, FourierLayer.MLP, Activation.GELU, 0.05, 2);
        Recipe recipe = new Recipe(architecture, training(1, 1e-3), BASE, DATA_SEED, 0, 0, false, null);
        List<StimulusProtocol> base =
                PaperDistribution.of(LiveReferences.CELL_MODEL).training(DATA_SEED, BASE);
        Candidate candidate = new Candidate(
                LiveReferences.CELL_MODEL,
                FnoParameters.random(architecture, 4),
                Normalisation.of(LABELS.solve(base, GRID, solved -> {})),
                recipe,
                "{}");
        return OnnxModelFile.parse(candidate.toOnnx(1));
    }
}
