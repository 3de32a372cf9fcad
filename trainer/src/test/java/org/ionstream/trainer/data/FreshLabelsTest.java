package org.ionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.TrajectorySet;
import org.junit.jupiter.api.Test;

class FreshLabelsTest {
    private static final TimeGrid GRID = new TimeGrid(1, 100);
    private static final ReferenceLabels LABELS = ReferenceLabels.standard();
    private final TrajectorySet first = set(0);

    @Test
    void shouldChangeTheSetEveryTwoEpochs() {
        try (FreshLabels fresh = new FreshLabels(first, FreshLabelsTest::set, 2)) {
            assertThat(fresh.protocols()).isEqualTo(20);
            assertThat(fresh.epoch(0)).isSameAs(first).isSameAs(fresh.epoch(1));
            TrajectorySet second = fresh.epoch(2);
            assertThat(second.currents()).isNotEqualTo(first.currents());
            assertThat(fresh.epoch(3)).isSameAs(second);
        }
    }

    @Test
    void shouldHaveTheSameSetForTheSameEpochWheneverItIsAskedFor() {
        TrajectorySet inOrder;
        try (FreshLabels fresh = new FreshLabels(first, FreshLabelsTest::set, 1)) {
            fresh.epoch(0);
            fresh.epoch(1);
            inOrder = fresh.epoch(2);
        }
        try (FreshLabels resumed = new FreshLabels(first, FreshLabelsTest::set, 1)) {
            assertThat(resumed.epoch(2).currents()).isEqualTo(inOrder.currents());
            assertThat(resumed.epoch(2).excursions()).isEqualTo(inOrder.excursions());
        }
    }

    @Test
    void shouldKeepTheFirstSetForEver() {
        try (FreshLabels fresh = new FreshLabels(first, FreshLabelsTest::set, 0)) {
            assertThat(fresh.epoch(0)).isSameAs(fresh.epoch(1_000_000));
        }
    }

    private static TrajectorySet set(int number) {
        List<StimulusProtocol> protocols =
                PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(7 + number, 20);
        return LABELS.solve(protocols, GRID, count -> {});
    }
}
