package org.ionstream.trainer.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.ionstream.schemas.message.BandAdjustment;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.junit.jupiter.api.Test;

class BandWatchTest {
    private static final double COVERAGE = 0.9;

    @Test
    void shouldWidenOnlyTheBandThatMissed() {
        BandWatch watch = BandWatch.START.plus(audit(true, false, 0.01), COVERAGE);

        BandAdjustment adjustment = watch.toMessage("c", "m", 5);

        assertThat(adjustment.getAudits()).isEqualTo(1);
        assertThat(adjustment.getBandFactors().get("V")).isLessThan(1);
        assertThat(adjustment.getBandFactors().get("w")).isGreaterThan(1);
        assertThat(adjustment.getBoundFactor()).isLessThan(1);
        assertThat(adjustment.getAtMs()).isEqualTo(5);
    }

    @Test
    void shouldWidenTheBoundThatTheErrorIsAbove() {
        BandWatch watch = BandWatch.START.plus(audit(true, true, 0.03), COVERAGE);

        assertThat(watch.toMessage("c", "m", 5).getBoundFactor()).isGreaterThan(1);
    }

    @Test
    void shouldNotCountPredictionsWithoutABand() {
        Discrepancy unbanded = Discrepancy.newBuilder(audit(true, true, 0.01))
                .setVariables(List.of(new VariableDiscrepancy("V", 0.0, 0.0, 0.0, 1.0, null)))
                .build();

        assertThat(BandWatch.START.plus(unbanded, COVERAGE)).isEqualTo(BandWatch.START);
    }

    /** Errors of a lognormal distribution against a radius of 1: whatever they are, the adjusted one covers nine tenths. */
    @Test
    void shouldCoverTheWantedShareWhateverTheErrorsBecome() {
        Random random = new Random(7);
        BandWatch watch = BandWatch.START;
        for (double scale : new double[] {0.1, 30, 2}) {
            int covered = 0;
            for (int audit = 0; audit < 5_000; audit++) {
                double radius = factorOfV(watch);
                boolean covers = scale * Math.exp(random.nextGaussian()) <= radius;
                covered += covers && audit >= 500 ? 1 : 0;
                watch = watch.plus(audit(covers, true, 0.01), COVERAGE);
            }
            assertThat(covered / 4_500.0).isCloseTo(COVERAGE, within(0.01));
        }
    }

    @Test
    void shouldKeepFactorsWithinBounds() {
        BandWatch watch = BandWatch.START;
        for (int audit = 0; audit < 2_000; audit++) {
            watch = watch.plus(audit(false, true, 0.01), COVERAGE);
        }

        assertThat(factorOfV(watch)).isCloseTo(1e6, within(1.0));
    }

    private static double factorOfV(BandWatch watch) {
        return watch.toMessage("c", "m", 0).getBandFactors().getOrDefault("V", 1.0);
    }

    private static Discrepancy audit(boolean vCovered, boolean wCovered, double relativeL2) {
        return Discrepancy.newBuilder()
                .setId("a")
                .setCellModel("c")
                .setModelId("m")
                .setStatus(DiscrepancyStatus.COMPARED)
                .setRelativeL2(relativeL2)
                .setRelativeL2Bound(0.02)
                .setVariables(List.of(
                        new VariableDiscrepancy("V", 0.0, 0.0, 0.0, 1.0, vCovered),
                        new VariableDiscrepancy("w", 0.0, 0.0, 0.0, 1.0, wCovered)))
                .build();
    }
}
