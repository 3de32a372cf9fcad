package org.ionstream.standalone.trajectories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.standalone.SomePrediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryFileTest {
    private static final float[][] VALUES = {{1, 2, 3}, {4, 5, 6}};

    @TempDir
    private Path folder;

    @Test
    void shouldWriteArraysThatNumpyReads() throws IOException {
        Path file = written("t.npz", List.of(), prediction("a", 0.5), prediction("b", 0.5));

        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] array = zip.getInputStream(zip.getEntry("trajectory.npy")).readAllBytes();
            ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
            int header = 10 + bytes.getShort(8);
            assertThat(header % 64).isZero();
            assertThat(new String(array, 10, header - 10, StandardCharsets.US_ASCII))
                    .contains("'descr': '<f4', 'fortran_order': False, 'shape': (2, 2, 3, )")
                    .endsWith("\n");
            float[] numbers = new float[12];
            bytes.position(header)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(numbers);
            assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
            assertThat(zip.stream().map(Object::toString))
                    .containsExactlyInAnyOrder(
                            "trajectory.npy", "t_ms.npy", "variable.npy", "id.npy", "source.npy", "cell_model.npy");
        }
        assertThat(others()).isEmpty();
    }

    @Test
    void shouldWriteParquetWithARowPerSample() throws IOException {
        Path file = written("t.parquet", List.of("w"), prediction("a", 0.5), prediction("b", 0.1));

        try (Stream<String[]> rows = ParquetReader.streamContentToStrings(file.toFile())) {
            List<String> read = rows.map(row -> String.join(" ", row)).toList();
            assertThat(read).hasSize(6);
            assertThat(read.get(1)).isEqualTo("id=a cell_model=fitzhugh-nagumo-1961 source=SURROGATE t_ms=0.5 w=5.0");
            assertThat(read.get(5)).contains("id=b", "t_ms=0.2", "w=6.0");
        }
    }

    @Test
    void shouldWriteCsv() throws IOException {
        Path file = written("t.csv", List.of(), prediction("a", 0.5));

        assertThat(Files.readAllLines(file))
                .containsExactly("id,t_ms,V,w", "a,0,1.0,4.0", "a,0.5,2.0,5.0", "a,1,3.0,6.0");
    }

    @Test
    void shouldLeaveNoFileBehindWhereOneCannotBeWritten() {
        assertThatThrownBy(() -> written("t.npz", List.of(), prediction("a", 0.5), prediction("b", 0.1)))
                .hasMessageContaining("'b' has 3 samples of 0.1 ms, the file 3 of 0.5 ms");
        assertThatThrownBy(() -> written("t.parquet", List.of("Ca_i"), prediction("a", 0.5)))
                .hasMessageContaining("has the variables [V, w], the file [Ca_i]");
        assertThatThrownBy(() -> TrajectoryFile.create(folder.resolve("t.xlsx"), List.of()))
                .hasMessageContaining(".csv, .npz or .parquet");
        assertThat(folder).isEmptyDirectory();
    }

    private Path written(String name, List<String> wanted, Prediction... predictions) {
        Path path = folder.resolve(name);
        try (TrajectoryFile file = TrajectoryFile.create(path, wanted)) {
            Stream.of(predictions).forEach(file::add);
        }
        return path;
    }

    /** All but what was asked for. */
    private List<String> others() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("t.npz"))
                    .toList();
        }
    }

    private static Prediction prediction(String id, double stepMs) {
        Traces traces = new Traces(new TimeGrid(stepMs, 3), List.of("V", "w"), VALUES);
        return SomePrediction.of(id, traces);
    }
}
