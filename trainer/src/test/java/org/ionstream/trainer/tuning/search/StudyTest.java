package org.ionstream.trainer.tuning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.trainer.tuning.search.Study.Order;
import org.junit.jupiter.api.Test;

class StudyTest {
    private static final Map<String, String> FIRST = Map.of("x", "9", "y", "14");
    private static final Study.Settings SETTINGS = new Study.Settings(40, 7, new SuccessiveHalving(10, 3, 3));

    private static Study study() {
        return new Study(SETTINGS, FIRST, ParzenSampler.of(TestFunctions.BRANIN_SPACE));
    }

    /** More steps come nearer. */
    private static double error(Order order) {
        return TestFunctions.branin(order.point()) + 10.0 / (1 + order.rung());
    }

    private static List<Order> runToEnd(Study study) {
        List<Order> orders = new ArrayList<>();
        for (Optional<Order> next = study.next(); next.isPresent(); next = study.next()) {
            orders.add(next.get());
            assertThat(study.ordered(next.get())).isTrue();
            assertThat(study.answered(next.get().trial(), next.get().rung(), error(next.get())))
                    .isTrue();
        }
        return orders;
    }

    @Test
    void shouldBeginWithTheGivenPointAndTrainItToTheHighestRung() {
        List<Order> orders = runToEnd(study());

        assertThat(orders.get(0)).isEqualTo(new Order(0, 0, FIRST));
        assertThat(orders.stream().filter(order -> order.trial() == 0).map(Order::rung))
                .containsExactly(0, 1, 2);
    }

    @Test
    void shouldSpendLittleOnMostTrials() {
        Study study = study();

        List<Order> orders = runToEnd(study);

        assertThat(study.isFinished()).isTrue();
        assertThat(study.begun()).isEqualTo(40);
        assertThat(orders).doesNotHaveDuplicates();
        assertThat(orders.stream().filter(order -> order.rung() == 0)).hasSize(40);
        assertThat(orders.stream().filter(order -> order.rung() == 1)).hasSizeBetween(13, 20);
        assertThat(orders.stream().filter(order -> order.rung() == 2)).hasSizeBetween(4, 9);
    }

    @Test
    void shouldGoOnAsIfItHadNotStoppedWhenRebuiltFromItsLog() {
        List<Order> whole = runToEnd(study());
        Study rebuilt = study();
        whole.subList(0, 30).forEach(order -> {
            rebuilt.ordered(order);
            rebuilt.answered(order.trial(), order.rung(), error(order));
        });

        List<Order> rest = runToEnd(rebuilt);

        assertThat(rest).isEqualTo(whole.subList(30, whole.size()));
    }

    @Test
    void shouldCountEachResultOnce() {
        Study study = study();
        Order order = study.next().orElseThrow();
        study.ordered(order);

        assertThat(study.answered(0, 0, 0.5)).isTrue();
        assertThat(study.answered(0, 0, 0.1)).isFalse();
        assertThat(study.answered(5, 0, 0.1)).isFalse();
        assertThat(study.answered(0, 9, 0.1)).isFalse();
        assertThat(study.seen()).extracting(Observation::error).containsExactly(0.5);
    }

    @Test
    void shouldWaitForWhatIsOutstanding() {
        Study study = new Study(
                new Study.Settings(1, 7, new SuccessiveHalving(10, 3, 1)),
                FIRST,
                Sampler.random(TestFunctions.BRANIN_SPACE));
        study.ordered(study.next().orElseThrow());

        assertThat(study.next()).isEmpty();
        assertThat(study.isFinished()).isFalse();
        study.answered(0, 0, Double.POSITIVE_INFINITY);
        assertThat(study.isFinished()).isTrue();
    }
}
