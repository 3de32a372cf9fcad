package org.ionstream.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.message.Trial;
import org.ionstream.schemas.message.TrialOutcome;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.PartialTraining;
import org.ionstream.trainer.tuning.search.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialStageTest {
    private static final Topics TOPICS = Topics.standard();
    private static final PartialTraining TRAINING = new PartialTraining(ReferenceLabels.standard(), ComputeDevice.CPU);

    @TempDir
    Path state;

    private TrialStage stage(String worker) {
        return new TrialStage(TOPICS, TRAINING, state.resolve(worker), worker, Clock.systemUTC());
    }

    private static Trial.Builder trial(StudyPlan plan, Study.Order order) {
        return Trial.newBuilder()
                .setStudy("tiny")
                .setNumber(order.trial())
                .setRung(order.rung())
                .setSteps(plan.halving().steps(order.rung()))
                .setCellModel(plan.cellModel())
                .setRecipe(plan.recipe(order.point()).toJson())
                .setValues(order.point())
                .setPlan(plan.toJson())
                .setAtMs(0);
    }

    /** The way of a trial through the inlet and the stage. */
    private static TrialResult answer(TrialStage stage, Trial trial) {
        TrialStage.Request request = TrialStage.inlet(TOPICS).understand().apply(trial, Arrival.at(0));
        return TOPICS.trialResults
                .wire()
                .decode(stage.answer(List.of(request)).get(0).value());
    }

    private static Study.Order order(int rung) {
        return new Study.Order(0, rung, Map.of());
    }

    @Test
    void shouldComeToTheSameErrorWithAndWithoutTheCheckpointOfTheRungBelow() {
        StudyPlan plan = TinyStudies.plan(3, 0);

        TrialResult low = answer(stage("a"), trial(plan, order(0)).build());
        TrialResult resumed = answer(stage("a"), trial(plan, order(1)).build());
        TrialResult anew = answer(stage("b"), trial(plan, order(1)).build());

        assertThat(List.of(low, resumed, anew)).allMatch(result -> result.getOutcome() == TrialOutcome.TRAINED);
        assertThat(low.getResumedFromStep()).isZero();
        assertThat(resumed.getResumedFromStep()).isEqualTo(8);
        assertThat(anew.getResumedFromStep()).isZero();
        assertThat(anew.getValidationRelativeL2()).isEqualTo(resumed.getValidationRelativeL2());
        assertThat(resumed.getValidationRelativeL2()).isLessThan(low.getValidationRelativeL2());
        assertThat(anew.getWorker()).isEqualTo("b");
        assertThat(anew.getParameters()).isEqualTo(plan.base().architecture().parameterCount());
    }

    @Test
    void shouldBeginAnewWhereTheCheckpointIsOfAnotherTraining() {
        StudyPlan plan = TinyStudies.plan(3, 0);
        answer(stage("a"), trial(plan, order(0)).build());

        TrialResult other = answer(
                stage("a"),
                trial(plan, new Study.Order(0, 1, Map.of("architecture.layers", "2")))
                        .build());

        assertThat(other.getOutcome()).isEqualTo(TrialOutcome.TRAINED);
        assertThat(other.getResumedFromStep()).isZero();
    }

    @Test
    void shouldSayThatATrialDiverged() {
        StudyPlan plan = TinyStudies.plan(3, 0);

        TrialResult result = answer(
                stage("a"),
                trial(plan, new Study.Order(0, 0, Map.of("training.peakLearningRate", "1e30")))
                        .build());

        assertThat(result.getOutcome()).isEqualTo(TrialOutcome.DIVERGED);
        assertThat(result.getValidationRelativeL2()).isNull();
        assertThat(result.getDetail()).contains("lower the peak learning rate");
    }

    @Test
    void shouldNotUnderstandWhatCannotBeTrained() {
        StudyPlan plan = TinyStudies.plan(3, 0);
        List<Trial> bad = List.of(
                trial(plan, order(0)).setCellModel("noble-1962").build(),
                trial(plan, order(0)).setRecipe("{}").build(),
                trial(plan, order(0)).setSteps(17).build(),
                trial(plan, new Study.Order(0, 0, Map.of("architecture.modes", "21")))
                        .build(),
                trial(plan, new Study.Order(0, 0, Map.of("epochsPerSet", "1"))).build(),
                trial(plan, order(0)).setCellModel("hodgkin-huxley-1952").build(),
                trial(plan, order(0)).setStudy("../elsewhere").build());

        for (Trial trial : bad) {
            assertThatExceptionOfType(UnreadableMessageException.class)
                    .isThrownBy(() -> TrialStage.inlet(TOPICS).understand().apply(trial, Arrival.at(0)));
        }
    }

    @Test
    void shouldFindABetterRecipeThanTheOneBegunWith() {
        StudyPlan plan = TinyStudies.plan(8, 8_000);
        StudyResults results = new StudyResults(plan);
        TrialStage stage = stage("a");
        List<Study.Order> orders = new ArrayList<>();

        for (Optional<Study.Order> next = results.study().next();
                next.isPresent();
                next = results.study().next()) {
            orders.add(next.get());
            results.ordered(next.get());
            assertThat(results.answered(answer(stage, trial(plan, next.get()).build())))
                    .isTrue();
        }

        StudyReport report = results.report("tiny", 1);
        assertThat(report.isFinished()).isTrue();
        assertThat(report.rows()).hasSize(8);
        assertThat(orders).hasSizeGreaterThan(10);
        assertThat(report.best().orElseThrow().error())
                .isLessThan(0.9 * report.first().orElseThrow().error());
        assertThat(report.rows()).allMatch(row -> row.parameters() <= 8_000);
    }
}
