package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeTelemetryTest {
    /** What the other process runs. */
    static final class LongCommandLine {
        public static void main(String[] arguments) {
            FnoPredictor.Settings settings = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 1);
            try (FnoPredictor tiny = new FnoPredictor(OnnxModelFile.parse(TinyModel.bytes("tiny-1")), settings)) {
                System.out.print(tiny.predict(new float[1][TinyModel.SAMPLES])[0][0][0]);
            }
        }
    }

    @Test
    void shouldRunUnderALongCommandLineWithoutReporting(@TempDir Path folder) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String longClassPath = classPath + (File.pathSeparator + "nowhere").repeat(2_000);
        Path output = folder.resolve("output");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        longClassPath,
                        LongCommandLine.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);

        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(() -> text(output)).isZero();
        assertThat(text(output)).endsWith("0.5");
        assertThat(Path.of("/tmp", "mat-debug-%d.log".formatted(process.pid()))).doesNotExist();
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
