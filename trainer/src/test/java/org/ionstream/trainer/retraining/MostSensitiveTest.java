package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.ReferenceLabels;
import org.junit.jupiter.api.Test;

class MostSensitiveTest {
    private static final CellModel CELL_MODEL = CellModels.FITZHUGH_NAGUMO_1961;
    private static final TimeGrid GRID = new TimeGrid(0.625, 160);
    private static final ReferenceLabels LABELS = ReferenceLabels.standard();
    private static final double STEP = 0.02;
    private static final double FIRES = 0.8;

    @Test
    void shouldBeNextToTheThreshold() {
        List<StimulusProtocol> pulses = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            pulses.add(pulse(i * STEP));
        }
        double threshold = pulses.stream()
                .filter(MostSensitiveTest::fires)
                .mapToDouble(MostSensitiveTest::amplitude)
                .min()
                .orElseThrow();
        Collections.shuffle(pulses, new Random(1));

        List<StimulusProtocol> most = MostSensitive.of(pulses, 2, GRID, LABELS);

        assertThat(most)
                .hasSize(2)
                .allSatisfy(protocol ->
                        assertThat(amplitude(protocol)).isBetween(threshold - 1.5 * STEP, threshold + 1.5 * STEP));
        assertThat(MostSensitive.of(pulses, 60, GRID, LABELS)).hasSize(60).startsWith(most.get(0), most.get(1));
    }

    private static StimulusProtocol pulse(double amplitude) {
        return CatalogueProtocol.of(CELL_MODEL, "pulse-" + amplitude, "test", List.of(new Pulse(10.0, 2.0, amplitude)));
    }

    private static double amplitude(StimulusProtocol protocol) {
        return protocol.getPulses().get(0).getAmplitude();
    }

    private static boolean fires(StimulusProtocol protocol) {
        for (float excursion : LABELS.solve(protocol, GRID).excursions()[0]) {
            if (excursion > FIRES) {
                return true;
            }
        }
        return false;
    }
}
