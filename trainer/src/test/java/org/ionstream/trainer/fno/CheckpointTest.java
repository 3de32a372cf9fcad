package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            "a run",
            7,
            new float[] {1, 2},
            new float[] {7, Float.MIN_VALUE},
            0.25,
            5,
            List.of(new float[] {3, 4, 5}, new float[] {6}));

    @TempDir
    private Path directory;

    @Test
    void shouldComeBackBitForBit() {
        Path file = directory.resolve("new/checkpoint");

        CHECKPOINT.write(file);

        assertThat(Checkpoint.read(file).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(CHECKPOINT);
        assertThat(directory.resolve("new").toFile().list()).containsExactly("checkpoint");
    }

    @Test
    void shouldHaveNoneAtFirst() {
        assertThat(Checkpoint.read(directory.resolve("checkpoint"))).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsCutOff() throws IOException {
        Path file = directory.resolve("checkpoint");
        CHECKPOINT.write(file);
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatIllegalStateException().isThrownBy(() -> Checkpoint.read(file));
        }
    }

    @Test
    void shouldRefuseAnAbsurdSize() throws IOException {
        Path file = directory.resolve("checkpoint");
        CHECKPOINT.write(file);
        byte[] damaged = Files.readAllBytes(file);
        int sizeOfVector = 4 + 2 + "a run".length() + 4 + 8 + 4;
        damaged[sizeOfVector] = 0x7F;
        Files.write(file, damaged);

        assertThatIllegalStateException()
                .isThrownBy(() -> Checkpoint.read(file))
                .withMessageContaining("is damaged; delete it");
    }

    @Test
    void shouldRefuseAnotherKindOfFile() throws IOException {
        Path file = directory.resolve("checkpoint");
        Files.write(file, new byte[100]);

        assertThatIllegalStateException().isThrownBy(() -> Checkpoint.read(file));
    }

    @Test
    void shouldBeginAnewWhereAFileIsOfNoUse() throws IOException {
        Path file = directory.resolve("checkpoint");
        CHECKPOINT.write(file);
        assertThat(Checkpoint.usable(file, "a run")).isPresent();

        assertThat(Checkpoint.usable(file, "another run")).isEmpty();
        assertThat(file).doesNotExist();
        Files.write(file, new byte[100]);
        assertThat(Checkpoint.usable(file, "a run")).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(Checkpoint.usable(file, "a run")).isEmpty();
    }
}
