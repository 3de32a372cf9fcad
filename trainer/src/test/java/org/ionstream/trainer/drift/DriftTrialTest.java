package org.ionstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.ionstream.schemas.cell.CellModels;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

class DriftTrialTest {
    @Test
    void shouldFindEveryShiftWithinThreeWindowsAndNoneWhereThereIsNone() {
        OnnxModelFile file = OnnxModelFile.parse(
                BundledChampions.of(CellModels.HODGKIN_HUXLEY_1952).orElseThrow());
        DriftTrial.Settings settings = new DriftTrial.Settings(400, 10_000, 3, 0.1, Limits.of(0.3, 50, 2));

        DriftTrial.Report report = new DriftTrial(
                        file, ReferenceLabels.standard(), new FnoPredictor.Settings(ComputeDevice.CPU, 1, 64), settings)
                .run(line -> {});

        assertThat(report.falseAlarms()).isZero();
        assertThat(report.leastAuditsPerFalseAlarm()).isBetween(3_000.0, 4_000.0);
        assertThat(report.detections()).hasSize(3).allSatisfy(detection -> {
            assertThat(detection.detected()).isEqualTo(3);
            assertThat(detection.largestAudits()).isLessThanOrEqualTo(150);
            assertThat(detection.cause()).isNotEmpty();
        });
    }
}
