package org.ionstream.standalone.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ionstream.standalone.IonstreamMain;
import org.ionstream.standalone.soak.Trend.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTest {
    private static final double[] MINUTES =
            IntStream.range(0, 240).mapToDouble(i -> i / 4.0).toArray();

    @Test
    void shouldFindALeakUnderNoise() {
        Random noise = new Random(3);
        Trend trend = trend(minute -> 100 + 12 * minute / 60 + noise.nextGaussian());

        assertThat(trend.verdict()).isEqualTo(Verdict.GROWS);
        assertThat(trend.perHour()).isCloseTo(12, within(1.0));
        assertThat(trend.lowest()).isLessThan(12).isGreaterThan(5);
    }

    @Test
    void shouldFindNoLeakInNoise() {
        Random noise = new Random(3);

        assertThat(trend(minute -> 100 + noise.nextGaussian()).verdict()).isEqualTo(Verdict.FLAT);
    }

    @Test
    void shouldNotDecideWhatTheNoiseHides() {
        Random noise = new Random(3);

        assertThat(trend(minute -> 100 + 5 * minute / 60 + 30 * noise.nextGaussian())
                        .verdict())
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void shouldWantTimeForATrend() {
        assertThatThrownBy(() -> new Soak(null, 1, 10)).hasMessageContaining("time for 20 looks");
    }

    @Test
    void shouldSoakTheSimulatorAndPlotWhatItHeld(@TempDir Path directory) throws IOException {
        StringWriter out = new StringWriter();

        int exitCode = IonstreamMain.commandLine()
                .setOut(new PrintWriter(out))
                .execute(
                        "bench",
                        "soak",
                        "--minutes=0.2",
                        "--every-seconds=0.2",
                        "--device=cpu",
                        "--state=" + directory.resolve("state"),
                        "--out=" + directory,
                        "--format=json");

        assertThat(exitCode).as("1: something grew while it warmed up").isIn(0, 1);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.get("looks").size()).isGreaterThan(10);
        assertThat(report.get("answered").asLong()).isPositive();
        assertThat(report.get("quantities"))
                .hasSizeBetween(5, 6)
                .allSatisfy(
                        quantity -> assertThat(quantity.get("last").asDouble()).isPositive());
        assertThat(directory.resolve("soak.png")).isNotEmptyFile();
        assertThat(directory.resolve("soak.svg")).isNotEmptyFile();
    }

    private static Trend trend(DoubleUnaryOperator value) {
        double[] values = Arrays.stream(MINUTES).map(value).toArray();
        return Trend.of(MINUTES, values, 5);
    }
}
