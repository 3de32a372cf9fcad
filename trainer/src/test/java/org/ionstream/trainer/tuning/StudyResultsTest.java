package org.ionstream.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ionstream.schemas.message.TrialOutcome;
import org.ionstream.schemas.message.TrialResult;
import org.ionstream.trainer.tuning.search.Study;
import org.junit.jupiter.api.Test;

class StudyResultsTest {
    private final StudyResults results = new StudyResults(TinyStudies.plan(4, 0));

    private TrialResult result(Study.Order order, Double error) {
        return TrialResult.newBuilder()
                .setStudy("tiny")
                .setNumber(order.trial())
                .setRung(order.rung())
                .setOutcome(error == null ? TrialOutcome.DIVERGED : TrialOutcome.TRAINED)
                .setValidationRelativeL2(error)
                .setDetail(error == null ? "loss is NaN" : "")
                .setSeconds(2)
                .setWorker("a")
                .setAtMs(0)
                .build();
    }

    private Study.Order ordered() {
        Study.Order order = results.study().next().orElseThrow();
        assertThat(results.ordered(order)).isTrue();
        return order;
    }

    @Test
    void shouldCountTheFirstResultOfATrialOnly() {
        Study.Order order = ordered();

        assertThat(results.answered(result(order, 0.4))).isTrue();
        assertThat(results.answered(result(order, 0.1))).isFalse();

        StudyReport report = results.report("tiny", 1);
        assertThat(report.best().orElseThrow().error()).isEqualTo(0.4);
        assertThat(report.stepsDone()).isEqualTo(8);
        assertThat(report.rows().get(0).seconds()).isEqualTo(2);
    }

    @Test
    void shouldEstimateTheTimeLeftFromTheStepsThatAreLeft() {
        assertThat(results.report("tiny", 1).secondsLeft()).isNegative();
        results.answered(result(ordered(), 0.4));

        // 3 trials of 8 steps on the lower rung, 2 of 8 more on the upper one, 2 s for each 8
        assertThat(results.report("tiny", 1).secondsLeft()).isEqualTo(10);
        assertThat(results.report("tiny", 2).secondsLeft()).isEqualTo(5);
    }

    @Test
    void shouldRankAFailureLast() {
        results.answered(result(ordered(), null));
        results.answered(result(ordered(), 0.9));

        StudyReport report = results.report("tiny", 0);

        assertThat(report.rows()).extracting(StudyReport.Row::trial).containsExactly(1, 0);
        assertThat(report.failures()).isEqualTo(1);
        assertThat(report.rows().get(1).detail()).isEqualTo("loss is NaN");
    }

    @Test
    void shouldGiveAnOrderToAWorkerThatHasNothingToDo() {
        WorkerGroup two = new WorkerGroup(List.of(List.of(0, 1), List.of(2, 3)));

        assertThat(two.idle(List.of())).contains(0);
        assertThat(two.idle(List.of(1))).contains(2);
        assertThat(two.idle(List.of(1, 3))).isEmpty();
        assertThat(new WorkerGroup(List.of()).idle(List.of())).isEmpty();
    }
}
