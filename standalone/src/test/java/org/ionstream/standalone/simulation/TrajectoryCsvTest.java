package org.ionstream.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryCsvTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadWhatSimulateWrites() throws IOException {
        Traces traces = read("id,t_ms,V,w\na,0,1,4\na,0.5,2,5\na,1,3,6\n");

        assertThat(traces.grid()).isEqualTo(new TimeGrid(0.5, 3));
        assertThat(traces.variables()).containsExactly("V", "w");
        assertThat(traces.of("w")).containsExactly(4, 5, 6);
    }

    @Test
    void shouldNameTheLineThatIsWrong() {
        assertThatThrownBy(() -> read("time,V\n0,1\n1,high\n")).hasMessageContaining("line 3: V is 'high'");
        assertThatThrownBy(() -> read("time,V\n0,1\n1,NaN\n")).hasMessageContaining("line 3: V is 'NaN'");
        assertThatThrownBy(() -> read("time,V\n0,1\n1,2\n5,3\n")).hasMessageContaining("line 3: time 1.0 ms");
        assertThatThrownBy(() -> read("id,t_ms,V\na,0,1\nb,1,2\n")).hasMessageContaining("line 3", "one trajectory");
        assertThatThrownBy(() -> read("V\n1\n")).hasMessageContaining("give t_ms, a column per variable");
    }

    private Traces read(String text) throws IOException {
        return TrajectoryCsv.read(Files.writeString(folder.resolve("v.csv"), text));
    }
}
