package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ionstream.standalone.faults.FaultDrill;
import org.ionstream.standalone.faults.FaultReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill in small: a surrogate killed in mid-stream and one whose answers the broker has, not committed. */
class FaultDrillTest {
    @Test
    void shouldAnswerEveryProtocolOnceWhateverIsKilled(@TempDir Path directory) throws Exception {
        FaultDrill.Settings small = new FaultDrill.Settings(800, 60, 2);

        FaultReport report = new FaultDrill(small, directory, line -> {}).run();

        assertThat(report.faults()).hasSize(2);
        assertThat(report.references().wanted()).isPositive();
        assertThat(report.isExactlyOnce()).as(report.toString()).isTrue();
    }
}
