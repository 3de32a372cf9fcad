package org.ionstream.producer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolFileTest {
    private static final String HEADER = "id,cell_model,onset_ms,duration_ms,amplitude\n";

    @Test
    void shouldReadAJsonLineWithEveryField() {
        var protocol = read("""
                {"id":"a","cellModel":"ohara-rudy-2011","pulses":[{"onsetMs":10,"durationMs":2,"amplitude":20}],\
                "horizonMs":300,"outputStepMs":0.5,"variables":["V","Ca_i"],"biomarkersOnly":true,\
                "route":"BOTH","relativeL2Wanted":0.02,"tags":{"by":"me"}}
                """).get(0);

        assertThat(protocol.getId()).isEqualTo("a");
        assertThat(protocol.getPulses()).containsExactly(new Pulse(10.0, 2.0, 20.0));
        assertThat(protocol.getHorizonMs()).isEqualTo(300);
        assertThat(protocol.getOutputStepMs()).isEqualTo(0.5);
        assertThat(protocol.getVariables()).containsExactly("V", "Ca_i");
        assertThat(protocol.getBiomarkersOnly()).isTrue();
        assertThat(protocol.getRoute()).isEqualTo(Route.BOTH);
        assertThat(protocol.getRelativeL2Wanted()).isEqualTo(0.02);
        assertThat(protocol.getTags()).containsEntry("by", "me");
    }

    @Test
    void shouldReadTheConditionsOfAJsonLine() {
        var protocol = read("""
                {"cellModel":"ohara-rudy-2011","variant":"epicardial","parameters":{"K_o":8,"GKr_scale":0.5},\
                "publishedState":"code","initialState":{"Na_i":9.5}}
                """).get(0);

        assertThat(protocol.getVariant()).isEqualTo("epicardial");
        assertThat(protocol.getParameters()).isEqualTo(Map.of("K_o", 8.0, "GKr_scale", 0.5));
        assertThat(protocol.getPublishedState()).isEqualTo("code");
        assertThat(protocol.getInitialState()).isEqualTo(Map.of("Na_i", 9.5));
        assertWrong(
                "{\"cellModel\":\"ohara-rudy-2011\",\"parameters\":{\"K_o\":-1}}",
                "line 1:",
                "parameter K_o is -1.0 mM; it must be in [0.5, 30.0]");
        assertWrong("{\"cellModel\":\"ohara-rudy-2011\",\"parameters\":{\"K_o\":null}}", "line 1: column", "null");
    }

    @Test
    void shouldReadTheConditionsOfARow() {
        String header =
                "id,cell_model,onset_ms,duration_ms,amplitude,variant,parameters,published_state,initial_state\n";

        var protocols = read(header + """
                a,ohara-rudy-2011,0,2,20,epicardial,K_o=8 GKr_scale=0.5,code,Na_i=9.5;V=-80
                a,ohara-rudy-2011,300,2,20,epicardial,K_o=8; GKr_scale=0.5,code,Na_i=9.5;V=-80
                b,ohara-rudy-2011,0,2,20,,,,
                """);

        assertThat(protocols).hasSize(2);
        assertThat(protocols.get(0).getVariant()).isEqualTo("epicardial");
        assertThat(protocols.get(0).getParameters()).isEqualTo(Map.of("K_o", 8.0, "GKr_scale", 0.5));
        assertThat(protocols.get(0).getPublishedState()).isEqualTo("code");
        assertThat(protocols.get(0).getInitialState()).isEqualTo(Map.of("Na_i", 9.5, "V", -80.0));
        assertThat(protocols.get(1).getParameters()).isEmpty();
        assertWrong(header + "a,ohara-rudy-2011,0,2,20,,K_o,,\n", "line 2: parameters has 'K_o'", "each name once");
        assertWrong(header + "a,ohara-rudy-2011,0,2,20,,K_o=8 K_o=9,,\n", "line 2: parameters has 'K_o=9'");
        assertWrong(header + "a,ohara-rudy-2011,0,2,20,,K_o=high,,\n", "line 2: parameters is 'high'");
    }

    @Test
    void shouldFillInWhatAJsonLineLeavesOut() {
        var protocols = read("""

                {"cellModel":"hodgkin-huxley-1952","pulses":[{"durationMs":2,"amplitude":20}]}

                {"cellModel":"hodgkin-huxley-1952","sampledCurrent":{"stepMs":1,"values":[0,5]}}
                """);

        assertThat(protocols).extracting(StimulusProtocol::getId).containsExactly("run-2", "run-4");
        assertThat(protocols.get(0).getPulses()).containsExactly(new Pulse(0.0, 2.0, 20.0));
        assertThat(protocols.get(0).getHorizonMs()).isEqualTo(100);
        assertThat(protocols.get(0).getOutputStepMs()).isEqualTo(0.3125);
        assertThat(protocols.get(0).getBiomarkersOnly()).isFalse();
        assertThat(protocols.get(0).getRoute()).isEqualTo(Route.AUTO);
        assertThat(protocols.get(1).getSampledCurrent()).isEqualTo(new SampledCurrent(1.0, List.of(0f, 5f)));
    }

    @Test
    void shouldSayWhereAndWhatIsWrongInAJsonLine() {
        String good = "{\"cellModel\":\"hodgkin-huxley-1952\"}\n";

        assertWrong(good + "{\"cellModel\":", "protocols, line 2: column", "one JSON object per line");
        assertWrong(good + good + "{\"cellModel\":\"noble-1962\"}", "line 3: unknown cell model 'noble-1962'");
        assertWrong("{\"id\":\"a\"}", "line 1: cellModel is missing");
        assertWrong("{\"cell_model\":\"a\"}", "line 1: unknown field 'cell_model'", "cellModel", "horizonMs");
        assertWrong("{\"cellModel\":\"hodgkin-huxley-1952\",\"route\":\"ALL\"}", "line 1: column", "SURROGATE");
        assertWrong("{\"cellModel\":\"hodgkin-huxley-1952\",\"horizonMs\":-5}", "line 1:", "horizonMs is -5.0");
        assertWrong(good + "null", "line 2: null is not a protocol");
        assertWrong(
                "{\"cellModel\":\"hodgkin-huxley-1952\",\"pulses\":[{\"durationMs\":2}]}",
                "line 1: amplitude of a pulse is missing");
        assertWrong("{\"cellModel\":\"hodgkin-huxley-1952\",\"pulses\":[null]}", "line 1: column", "null");
        assertWrong("{\"cellModel\":\"hodgkin-huxley-1952\",\"variables\":[null]}", "line 1: column", "null");
        assertWrong("{\"cellModel\":\"hodgkin-huxley-1952\",\"tags\":{\"by\":null}}", "line 1: column", "null");
    }

    @Test
    void shouldMakeOneProtocolOfNeighbouringRowsOfOneId() {
        var protocols = read(HEADER + """
                a,fitzhugh-nagumo-1961,0,2,0.5
                a,fitzhugh-nagumo-1961,20,2,0.7
                b,hodgkin-huxley-1952,5,1,10
                c,hodgkin-huxley-1952,,,
                """);

        assertThat(protocols).extracting(StimulusProtocol::getId).containsExactly("a", "b", "c");
        assertThat(protocols.get(0).getPulses()).containsExactly(new Pulse(0.0, 2.0, 0.5), new Pulse(20.0, 2.0, 0.7));
        assertThat(protocols.get(1).getCellModel()).isEqualTo("hodgkin-huxley-1952");
        assertThat(protocols.get(2).getPulses()).isEmpty();
    }

    @Test
    void shouldReadOptionalColumnsInAnyOrder() {
        var protocols = read("""
                route,id,horizon_ms,cell_model,onset_ms,duration_ms,amplitude,output_step_ms,relative_l2_wanted
                both,,200,ohara-rudy-2011,0,2,20,2,0.05
                ,,,ohara-rudy-2011,0,2,20,,
                """);

        assertThat(protocols).extracting(StimulusProtocol::getId).containsExactly("run-2", "run-3");
        assertThat(protocols).extracting(StimulusProtocol::getRoute).containsExactly(Route.BOTH, Route.AUTO);
        assertThat(protocols).extracting(StimulusProtocol::getHorizonMs).containsExactly(200.0, 500.0);
        assertThat(protocols).extracting(StimulusProtocol::getOutputStepMs).containsExactly(2.0, 1.0);
        assertThat(protocols).extracting(StimulusProtocol::getRelativeL2Wanted).containsExactly(0.05, null);
    }

    @Test
    void shouldSayWhereAndWhatIsWrongInARow() {
        String good = HEADER + "a,hodgkin-huxley-1952,0,2,10\n";

        assertWrong(good + "b,hodgkin-huxley-1952,0,two,10\n", "protocols, line 3: duration_ms is 'two'", "a number");
        assertWrong(good + "b,hodgkin-huxley-1952,0,2", "line 3: 4 cells under a header of 5");
        assertWrong(good + "b,noble-1962,0,2,10", "line 3: unknown cell model 'noble-1962'");
        assertWrong(
                good + "b,hodgkin-huxley-1952,0,2,10\na,hodgkin-huxley-1952,5,2,10", "line 4: id 'a' was read before");
        assertWrong(good + "a,fitzhugh-nagumo-1961,5,2,10", "line 3: id 'a' with another cell model", "line 2");
        assertWrong(good + "a,hodgkin-huxley-1952,1,2,10", "line 2:", "before the one ahead of it ends");
        assertWrong(good + "b,hodgkin-huxley-1952,0,2,\"10", "line 3:", "check the quotes");
        assertWrong("id,cell_model,onset\n", "line 1: missing columns [onset_ms, duration_ms, amplitude]", "[onset]");
        assertWrong(
                "id,cell_model,onset_ms,duration_ms,amplitude,relative_l2_wanted\na,hodgkin-huxley-1952,0,2,10,-1\n",
                "line 2:",
                "the largest relative L2 error wanted is -1.0",
                "positive");
        assertWrong("id,id\n", "line 1:", "write a header such as");
    }

    @Test
    void shouldPassOnWhatBreaksARuleIfTold() {
        var file = new ProtocolFile("protocols", Optional.empty(), "run", false);

        var protocol = all(file, "{\"cellModel\":\"hodgkin-huxley-1952\",\"horizonMs\":-5}")
                .get(0);

        assertThat(protocol.getHorizonMs()).isEqualTo(-5);
    }

    @Test
    void shouldReadNothingFromAnEmptyFile() {
        var jsonLines = new ProtocolFile("protocols", Optional.of(FileFormat.JSON_LINES), "run", true);

        assertThat(all(jsonLines, "")).isEmpty();
        assertThat(read(HEADER)).isEmpty();
        assertWrong("", "line 1: missing columns");
    }

    @Test
    void shouldReadAFileWithByteOrderMarkFromDisk(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("p.csv"), "\uFEFF" + HEADER + "a,hodgkin-huxley-1952,0,2,10\r\n");

        try (ProtocolSource source = new ProtocolFile(path.toString(), Optional.empty(), "run", true).open()) {
            assertThat(source.next().getId()).isEqualTo("a");
            assertThat(source.hasNext()).isFalse();
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        var file = new ProtocolFile("no/such.csv", Optional.empty(), "run", true);

        assertThatThrownBy(file::open)
                .isInstanceOf(ProtocolFileException.class)
                .hasMessageContaining("no/such.csv")
                .hasMessageContaining("standard input");
    }

    private static void assertWrong(String text, String... parts) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProtocolFileException.class)
                .hasMessageContainingAll(parts);
    }

    private static List<StimulusProtocol> read(String text) {
        return all(new ProtocolFile("protocols", Optional.empty(), "run", true), text);
    }

    private static List<StimulusProtocol> all(ProtocolFile file, String text) {
        List<StimulusProtocol> protocols = new ArrayList<>();
        try (ProtocolSource source = file.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            source.forEachRemaining(protocols::add);
        }
        return protocols;
    }
}
