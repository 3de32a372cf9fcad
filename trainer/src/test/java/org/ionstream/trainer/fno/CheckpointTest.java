package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            7, new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6}, new float[] {7, Float.MIN_VALUE}, 0.25);

    @TempDir
    private Path directory;

    @Test
    void shouldComeBackBitForBit() {
        Path file = directory.resolve("new/checkpoint");

        CHECKPOINT.write(file);

        assertThat(Checkpoint.read(file, 2).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(CHECKPOINT);
        assertThat(directory.resolve("new").toFile().list()).containsExactly("checkpoint");
    }

    @Test
    void shouldHaveNoneAtFirst() {
        assertThat(Checkpoint.read(directory.resolve("checkpoint"), 2)).isEmpty();
    }

    @Test
    void shouldRefuseTheCheckpointOfAnotherNetwork() {
        Path file = directory.resolve("checkpoint");
        CHECKPOINT.write(file);

        assertThatIllegalStateException()
                .isThrownBy(() -> Checkpoint.read(file, 3))
                .withMessageContaining("is of a network of 2 parameters, this one has 3");
    }

    @Test
    void shouldRefuseAnotherKindOfFile() throws IOException {
        Path file = directory.resolve("checkpoint");
        Files.write(file, new byte[100]);

        assertThatIllegalStateException().isThrownBy(() -> Checkpoint.read(file, 2));
    }
}
