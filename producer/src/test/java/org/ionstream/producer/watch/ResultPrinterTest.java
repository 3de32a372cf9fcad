package org.ionstream.producer.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.BiomarkerDifference;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.message.Trust;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void shouldPrintATableInColumnsOfFixedWidth() {
        var printer = new TablePrinter(out);

        printer.print(solved());
        printer.print(gaveUp());
        printer.print(compared());

        List<String> lines = lines();
        int peak = lines.get(0).indexOf("peak of V") + "peak of V".length();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("id +cell model +source +model +peak of V +APD90 ms +rel. L2 +latency ms");
        assertThat(lines.get(1)).matches("a +fitzhugh-nagumo-1961 +SURROGATE +fhn-7 +1\\.250 +2\\.50 +~0\\.0120 +17");
        assertThat(lines.get(1).substring(0, peak)).endsWith("1.250");
        assertThat(lines.get(2))
                .matches("b +fitzhugh-nagumo-1961 +REFERENCE +- +- +- +- +17  SOLVER_GAVE_UP: step too small");
        assertThat(lines.get(3)).matches("a +fitzhugh-nagumo-1961 +COMPARED +fhn-7 +- +-0\\.30 +0\\.0345 +-");
    }

    @Test
    void shouldPrintAPredictionAsAJsonLineWithTheVariablesWanted() throws IOException {
        new JsonLinesPrinter(out, List.of("w")).print(solved());

        JsonNode json = new ObjectMapper().readTree(lines().get(0));
        assertThat(json.get("type").asText()).isEqualTo("prediction");
        assertThat(json.get("source").asText()).isEqualTo("SURROGATE");
        assertThat(json.get("expectedRelativeL2").asDouble()).isEqualTo(0.012);
        assertThat(json.at("/trajectory/stepMs").asDouble()).isEqualTo(0.1);
        assertThat(json.at("/trajectory/values").toString()).isEqualTo("{\"w\":[0.0,0.25,0.5,0.75]}");
    }

    @Test
    void shouldPrintBiomarkersAsJson() throws IOException {
        new JsonLinesPrinter(out, List.of()).print(solved());
        new JsonLinesPrinter(out, List.of()).print(gaveUp());
        new JsonLinesPrinter(out, List.of()).print(compared());

        JsonNode solved = new ObjectMapper().readTree(lines().get(0)).get("biomarkers");
        assertThat(solved.get("capturedStimuli").asInt()).isEqualTo(2);
        assertThat(solved.get("apd90AlternansMs").isNull()).isTrue();
        assertThat(solved.at("/beats/0/apd90FromMaxUpstrokeMs").asDouble()).isEqualTo(2.5);
        assertThat(solved.at("/beats/1/apd90FromMaxUpstrokeMs").isNull()).isTrue();
        assertThat(solved.at("/beats/1/captured").asBoolean()).isTrue();
        assertThat(new ObjectMapper().readTree(lines().get(1)).get("biomarkers").isNull())
                .isTrue();
        JsonNode difference = new ObjectMapper().readTree(lines().get(2)).at("/biomarkers/0");
        assertThat(difference.get("biomarker").asText()).isEqualTo("apd90FromMaxUpstrokeMs");
        assertThat(difference.get("difference").asDouble()).isEqualTo(-0.3);
    }

    @Test
    void shouldPrintADiscrepancyAsAJsonLine() throws IOException {
        new JsonLinesPrinter(out, List.of()).print(compared());

        JsonNode json = new ObjectMapper().readTree(lines().get(0));
        assertThat(json.get("type").asText()).isEqualTo("discrepancy");
        assertThat(json.get("relativeL2").asDouble()).isEqualTo(0.0345);
        assertThat(json.get("expectedRelativeL2").isNull()).isTrue();
        assertThat(json.at("/variables/0/relativeH1").asDouble()).isEqualTo(0.3);
    }

    @Test
    void shouldPrintHowFarAPredictionCanBeTrusted() throws IOException {
        Prediction trusted = Prediction.newBuilder(solved())
                .setTrust(new Trust(0.9, 0.004, 0.009, List.of(0.1, 0.2)))
                .build();

        new JsonLinesPrinter(out, List.of("w")).print(trusted);
        new JsonLinesPrinter(out, List.of()).print(solved());
        new JsonLinesPrinter(out, List.of()).print(compared());
        new TablePrinter(out).print(trusted);

        JsonNode trust = new ObjectMapper().readTree(lines().get(0)).get("trust");
        assertThat(trust.get("coverage").asDouble()).isEqualTo(0.9);
        assertThat(trust.get("relativeL2Bound").asDouble()).isEqualTo(0.009);
        assertThat(trust.get("bandRadii").toString()).isEqualTo("{\"w\":0.2}");
        assertThat(new ObjectMapper().readTree(lines().get(1)).get("trust").isNull())
                .isTrue();
        JsonNode covered = new ObjectMapper().readTree(lines().get(2)).at("/variables/0/covered");
        assertThat(covered.asBoolean()).isTrue();
        assertThat(lines().get(4)).contains("~0.0040");
    }

    @Test
    void shouldPrintAFailureAsAJsonLineWithoutTrajectory() throws IOException {
        new JsonLinesPrinter(out, List.of()).print(gaveUp());

        JsonNode json = new ObjectMapper().readTree(lines().get(0));
        assertThat(json.get("outcome").asText()).isEqualTo("SOLVER_GAVE_UP");
        assertThat(json.get("trajectory").isNull()).isTrue();
    }

    @Test
    void shouldPrintCsvOfTheVariablesWanted() {
        var printer = new CsvPrinter(out, List.of("w", "Ca_i"));

        printer.print(solved());
        printer.print(gaveUp());

        assertThat(lines())
                .containsExactly("id,t_ms,w,Ca_i", "a,0,0.0,", "a,0.1,0.25,", "a,0.2,0.5,", "a,0.3,0.75,", "b,,,");
    }

    @Test
    void shouldPrintCsvOfAllVariablesIfNoneIsWanted() {
        var printer = new CsvPrinter(out, List.of());

        printer.print(gaveUp());
        printer.print(solved());

        assertThat(lines()).startsWith("id,t_ms,V,w", "b,,,", "a,0,0.0,0.0", "a,0.1,1.25,0.25");
    }

    @Test
    void shouldRefuseADiscrepancyInCsv() {
        var printer = new CsvPrinter(out, List.of("V"));

        assertThatThrownBy(() -> printer.print(compared())).hasMessageContaining("choose a table or JSON lines");
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Prediction solved() {
        var traces = new Traces(
                new TimeGrid(0.1, 4), List.of("V", "w"), new float[][] {{0, 1.25f, 1, -0.5f}, {0, 0.25f, 0.5f, 0.75f}});
        return prediction("a", Source.SURROGATE, traces.toMessage())
                .setModelId("fhn-7")
                .setExpectedRelativeL2(0.012)
                .build();
    }

    private static Prediction gaveUp() {
        return prediction("b", Source.REFERENCE, null)
                .setOutcome(Outcome.SOLVER_GAVE_UP)
                .setDetail("step too small")
                .build();
    }

    private static Prediction.Builder prediction(String id, Source source, Trajectory trajectory) {
        return Prediction.newBuilder()
                .setId(id)
                .setCellModel("fitzhugh-nagumo-1961")
                .setSource(source)
                .setReason(RouteReason.TRUSTED)
                .setOutcome(Outcome.OK)
                .setTrajectory(trajectory)
                .setBiomarkers(trajectory == null ? null : biomarkers())
                .setPublishedAtMs(1_000)
                .setAnsweredAtMs(1_017)
                .setComputeMicros(300);
    }

    private static Discrepancy compared() {
        return Discrepancy.newBuilder()
                .setId("a")
                .setCellModel("fitzhugh-nagumo-1961")
                .setModelId("fhn-7")
                .setStatus(DiscrepancyStatus.COMPARED)
                .setRelativeL2(0.0345)
                .setVariables(List.of(new VariableDiscrepancy("V", 0.1, 0.2, 0.3, 0.4, true)))
                .setBiomarkers(List.of(
                        new BiomarkerDifference("apd90FromMaxUpstrokeMs", 0.0, 2.5, 2.8, -0.3),
                        new BiomarkerDifference("apd90FromMaxUpstrokeMs", 3.0, 2.5, null, null)))
                .build();
    }

    /** Of two beats, the second of which is cut. */
    private static Biomarkers biomarkers() {
        return new Biomarkers(0.1, 2, 2, 2, 0, null, List.of(beat(0, 1.25, 2.5), beat(3, 1.5, null)));
    }

    private static Beat beat(double onsetMs, double peakPotential, Double apd90Ms) {
        return Beat.newBuilder()
                .setOnsetMs(onsetMs)
                .setStimulated(true)
                .setCaptured(true)
                .setRestingPotential(0)
                .setPeakPotential(peakPotential)
                .setAmplitudeFromResting(peakPotential)
                .setApd90FromMaxUpstrokeMs(apd90Ms)
                .setEarlyAfterdepolarisations(0)
                .build();
    }
}
