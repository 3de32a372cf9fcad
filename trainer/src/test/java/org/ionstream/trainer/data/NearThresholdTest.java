package org.ionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.producer.sampler.Subset;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NearThresholdTest {
    private static final CellModel CELL = CellModels.OHARA_RUDY_2011;
    private static final ReferenceLabels LABELS = ReferenceLabels.standard();
    private static NearThreshold near;

    @BeforeAll
    static void findThresholds() {
        near = new NearThreshold(CELL, LABELS);
    }

    @Test
    void shouldDrawAsManyThatFireAsDoNot() {
        List<StimulusProtocol> protocols = near.draw(3, 200);

        long firing = protocols.stream().filter(NearThresholdTest::fires).count();

        assertThat(firing).isBetween(75L, 125L);
    }

    @Test
    void shouldStayWithinTheSubsetsOfThePaper() {
        Map<String, Subset> subsets =
                PaperDistribution.of(CELL).subsets().stream().collect(Collectors.toMap(Subset::name, subset -> subset));

        List<StimulusProtocol> protocols = near.draw(4, 300);

        assertThat(protocols).allSatisfy(protocol -> {
            Subset subset = subsets.get(protocol.getTags().get(CatalogueProtocol.SUBSET));
            assertThat(subset.amplitude().contains(protocol.getPulses().get(0).getAmplitude()))
                    .isTrue();
            assertThat(subset.durationMs().contains(protocol.getPulses().get(0).getDurationMs()))
                    .isTrue();
        });
    }

    @Test
    void shouldDrawTheSameForASeedAndOthersForAnother() {
        List<StimulusProtocol> protocols = near.draw(5, 20);

        assertThat(near.draw(5, 20)).isEqualTo(protocols);
        assertThat(near.draw(6, 20)).isNotEqualTo(protocols);
    }

    private static boolean fires(StimulusProtocol protocol) {
        int potential = CELL.variableNames().indexOf("V");
        LabelledProtocol solved = LABELS.solve(protocol, new TimeGrid(0.5, 1000));
        for (float excursion : solved.excursions()[potential]) {
            if (excursion + solved.initial()[potential] > CELL.excitability().threshold()) {
                return true;
            }
        }
        return false;
    }
}
