package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.ReferenceLabels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperTestTest {
    private final ReferenceLabels labels = ReferenceLabels.standard();

    @ParameterizedTest
    @CsvSource({"fitzhugh-nagumo-1961, 1260, 99.94", "hodgkin-huxley-1952, 1260, 99.94", "ohara-rudy-2011, 5040, 500"})
    void shouldBeOnThePapersGrid(String cellModel, int samples, double lastMs) {
        PaperTest test = new PaperTest(CellModels.byId(cellModel), 1, 0, labels);

        assertThat(test.protocols()).hasSize(375);
        assertThat(test.statisticsOf()).isEqualTo(3000);
        assertThat(test.grid().samples()).isEqualTo(samples);
        assertThat(test.grid().timeMs(samples - 1)).isCloseTo(lastMs, within(0.005));
    }

    @Test
    void shouldTakeAPartWithAllSubsets() {
        CellModel cellModel = CellModels.HODGKIN_HUXLEY_1952;
        PaperTest whole = new PaperTest(cellModel, 1, 0, labels);
        PaperTest part = new PaperTest(cellModel, 1, 50, labels);

        assertThat(part.protocols()).hasSize(50).isSubsetOf(whole.protocols());
        assertThat(part.subsets().stream().distinct()).containsExactly("zero", "general", "nap", "i_high", "t_fin");
        assertThat(whole.subsets().stream().filter("general"::equals)).hasSize(275);
    }

    @Test
    void shouldSolvePartByPartInTheOrderOfTheProtocols() {
        PaperTest test = new PaperTest(CellModels.FITZHUGH_NAGUMO_1961, 1, 60, labels);
        List<StimulusProtocol> solved = new ArrayList<>();
        List<Integer> parts = new ArrayList<>();

        test.solve(new TimeGrid(10, 10), part -> {
            part.forEach(reference -> solved.add(reference.protocol()));
            parts.add(part.size());
        });

        assertThat(solved).isEqualTo(test.protocols());
        assertThat(parts).containsExactly(25, 25, 10);
    }

    /** Else the grids around the served one would not be solved in one go. */
    @Test
    void shouldHaveTheSamplesOfACoarseGridAmongThoseOfAFineOne() {
        PaperTest test = new PaperTest(CellModels.FITZHUGH_NAGUMO_1961, 1, 5, labels);
        List<StimulusProtocol> last = test.protocols().subList(4, 5);
        TimeGrid fine = new TimeGrid(2.5, 40);

        ReferenceTrajectory every = test.solve(last, fine).get(0).every(4);
        ReferenceTrajectory coarse = test.solve(last, new TimeGrid(10, 10)).get(0);

        assertThat(every.grid()).isEqualTo(coarse.grid());
        assertThat(every.excursions()[0]).containsExactly(coarse.excursions()[0], within(1e-6f));
        assertThat(ReferenceTrajectory.every(new TimeGrid(1, 7), 2)).isEqualTo(new TimeGrid(2, 4));
    }
}
