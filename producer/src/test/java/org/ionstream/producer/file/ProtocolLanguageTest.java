package org.ionstream.producer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;

class ProtocolLanguageTest {
    private static final ProtocolDefaults OHARA_RUDY =
            new ProtocolDefaults(CellModels.OHARA_RUDY_2011, 2_500.0, 1.0, 40);

    @Test
    void shouldExpandMyokitEventsUpToTheHorizon() {
        StimulusProtocol protocol = read("""
                [[protocol]]
                # Level  Start    Length   Period   Multiplier
                1.0      100      0.5      1000     0
                """).get(0);

        assertThat(protocol.getCellModel()).isEqualTo("ohara-rudy-2011");
        assertThat(protocol.getHorizonMs()).isEqualTo(2_500);
        assertThat(protocol.getOutputStepMs()).isEqualTo(1);
        assertThat(protocol.getPulses())
                .containsExactly(
                        new Pulse(100.0, 0.5, 40.0), new Pulse(1100.0, 0.5, 40.0), new Pulse(2100.0, 0.5, 40.0));
    }

    @Test
    void shouldReadOnlyTheProtocolsOfAMyokitModelFile() {
        List<StimulusProtocol> protocols = read("""
                [[model]]
                name: any
                [[protocol]]
                1 10 5 500 2  # S1
                0.5 300 5 0 0
                [[script]]
                import myokit
                [[protocol]]
                1 0 2 0 0
                -1 next 2 0 0.0
                """);

        assertThat(protocols).extracting(StimulusProtocol::getId).containsExactly("run-3", "run-8");
        assertThat(protocols.get(0).getPulses())
                .containsExactly(new Pulse(10.0, 5.0, 40.0), new Pulse(300.0, 5.0, 20.0), new Pulse(510.0, 5.0, 40.0));
        assertThat(protocols.get(1).getPulses()).containsExactly(new Pulse(0.0, 2.0, 40.0), new Pulse(2.0, 2.0, -40.0));
    }

    @Test
    void shouldNameLineAndColumnOfAWrongEvent() {
        String section = "[[protocol]]\n";

        assertWrong(section + "1 100 half 0 0", "protocols, line 2: column 7: length is 'half'; write a number");
        assertWrong(section + "1 0 1 0 0.5", "line 2: column 9: multiplier is '0.5'; write a whole number such as 0");
        assertWrong(section + "1 0 1", "line 2: column 6: period is missing; write level start length period");
        assertWrong(section + "1 0 1 0 0 7", "line 2: column 11: '7' is one too many");
        assertWrong(section + "1 0 1 0 2", "line 2: event with multiplier 2 and period 0; give a period");
        assertWrong(section + "1 0 9 5 0", "line 2: event of length 9.0 with period 5.0; lengthen the period");
        assertWrong(section + "1 0 1e-4 1e-3 0", "line 2:", "2500000 pulses", "at most 1000");
        assertWrong(section + "1 0 1 500 0\n\n1 200 400 0 0", "line 4: the pulse at 200.0 ms lasts 400.0 ms", "500.0");
        assertWrong(section + "1 0 1 500 0\n1 next 1 0 0", "line 3: column 3: nothing is next to an event that recurs");
        assertWrong("# beats\n1 0 1 500 0\n", "line 2: '1 0 1 500 0' is in no section; write [[protocol]] above it");
    }

    @Test
    void shouldSayHowToNameTheCellModel() {
        assertThatThrownBy(() -> read("[[protocol]]\n1 0 1 0 0", ProtocolDefaults.NONE))
                .isInstanceOf(ProtocolFileException.class)
                .hasMessageContainingAll("line 2", "cell model is missing", "--cell-model", "ohara-rudy-2011");
    }

    @Test
    void shouldReadAnEquallySpacedCurrentAsSamples() {
        StimulusProtocol protocol = read("time,current\n0,0\n0.1,5\n0.2,7.5\n").get(0);

        assertThat(protocol.getSampledCurrent()).isEqualTo(new SampledCurrent(0.1, List.of(0f, 5f, 7.5f)));
        assertThat(protocol.getPulses()).isEmpty();
    }

    @Test
    void shouldReadAnyOtherCurrentAsPulses() {
        StimulusProtocol protocol = read("time (ms),I\n10,5\n12,0\n20,-1\n").get(0);

        assertThat(protocol.getSampledCurrent()).isNull();
        assertThat(protocol.getPulses()).containsExactly(new Pulse(10.0, 2.0, 5.0), new Pulse(20.0, 8.0, -1.0));
    }

    @Test
    void shouldNameLineAndColumnOfAWrongCurrent() {
        assertWrong("t_ms,current\n0,1\n1,high\n", "line 3: column 3: 'high' is no number");
        assertWrong("t_ms,current\n0,1\n0,2\n", "line 3: column 1: time 0.0 after 0.0; order the rows");
        assertWrong("t_ms,current\n0,1,2\n", "line 2: 3 cells; write a time and a current");
        assertWrong("t_ms,current\n0,1\n", "line 1: 1 rows of a time and a current; write at least 2");
    }

    @Test
    void shouldFillInWhatOtherFilesLeaveOut() {
        assertThat(read("{\"pulses\":[{\"durationMs\":2,\"amplitude\":3}]}")
                        .get(0)
                        .getHorizonMs())
                .isEqualTo(2_500);
        assertThat(read("id,cell_model,onset_ms,duration_ms,amplitude\na,,0,2,3\n")
                        .get(0)
                        .getCellModel())
                .isEqualTo("ohara-rudy-2011");
    }

    private static void assertWrong(String text, String... messages) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProtocolFileException.class)
                .hasMessageContainingAll(messages);
    }

    private static List<StimulusProtocol> read(String text) {
        return read(text, OHARA_RUDY);
    }

    private static List<StimulusProtocol> read(String text, ProtocolDefaults defaults) {
        List<StimulusProtocol> protocols = new ArrayList<>();
        ProtocolFile file = new ProtocolFile("protocols", Optional.empty(), "run", true, defaults);
        try (ProtocolSource source = file.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            source.forEachRemaining(protocols::add);
        }
        return protocols;
    }
}
