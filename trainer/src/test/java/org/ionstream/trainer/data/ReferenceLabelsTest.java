package org.ionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.TrajectorySet;
import org.junit.jupiter.api.Test;

class ReferenceLabelsTest {
    private static final TimeGrid GRID = new TimeGrid(1, 100);

    private final ReferenceLabels labels = new ReferenceLabels(new ReferenceSolver(SolverSettings.AUDIT));
    private final StimulusProtocol published = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961)
            .training(1, 10)
            .get(5);

    @Test
    void shouldLabelWithExcursionsFromTheInitialState() {
        TrajectorySet set = labels.solve(List.of(published, published), GRID, count -> {});

        assertThat(set.size()).isEqualTo(2);
        assertThat(set.initial()).containsExactly(0, 0);
        assertThat(set.excursions()[0][0]).hasSize(100).isEqualTo(set.excursions()[1][0]);
    }

    @Test
    void shouldRefuseProtocolsOfAnotherCell() {
        StimulusProtocol other = StimulusProtocol.newBuilder(published)
                .setParameters(Map.of("e", 0.2))
                .build();

        assertThatThrownBy(() -> labels.solve(List.of(other), GRID, count -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("e = 0.2 1/ms (published 0.1)");
    }
}
