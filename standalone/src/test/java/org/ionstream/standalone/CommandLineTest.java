package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.wire.AvroWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "broker",
                "topics",
                "topics create",
                "topics check",
                "surrogate",
                "reference",
                "trainer",
                "publish",
                "watch",
                "retrain",
                "train",
                "evaluate",
                "bench",
                "bench solver",
                "accuracy",
                "schema"
            })
    void shouldShowAnExampleInTheHelpOfEveryCommand(String command) {
        int exitCode = execute(command + " --help");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Example").contains("ionstream " + command.split(" ")[0] + " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "surrogate --device=tpu | unknown device 'tpu'; known are auto, cpu, cuda",
                "surrogate --largest-batch=7 | 7",
                "reference --relative-tolerance=2 | relativeTolerance is 2.0",
                "trainer --cell-model=noble-1962 | noble-1962",
                "trainer --audit-share=1.5 | audit share is 1.5; it must be in [0, 1]",
                "trainer --declare-effect=1 | declared at 1.0",
                "topics create --bootstrap-servers= | no bootstrap servers",
                "bench solver --rounds=0 | 0 rounds",
                "bench solver --cell-model=noble-1962 | noble-1962",
                "bench solver --format=xml | --format is 'xml'; give one of text, json",
                "accuracy --truth=no-such-folder | no-such-folder; name the folder that has the independent trajectories",
                "schema Nothing | unknown message 'Nothing'; known are StimulusProtocol",
                "broker --port=high | --port"
            })
    void shouldNameABadValueInOneLineAndExitWith2(String arguments, String message) {
        int exitCode = execute(arguments);

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(message);
    }

    @Test
    void shouldTakeSeveralCellModels() {
        CommandLine.ParseResult parsed = IonstreamMain.commandLine()
                .parseArgs("trainer", "--cell-model=fitzhugh-nagumo-1961", "--cell-model=hodgkin-huxley-1952");

        assertThat(parsed.subcommand().<Object>matchedOptionValue("--cell-model", null))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("fitzhugh-nagumo-1961", "hodgkin-huxley-1952");
    }

    @Test
    void shouldPrintASchemaThatStandsAlone() {
        execute("schema Prediction");

        assertThat(new Schema.Parser().parse(out.toString()).getFields())
                .extracting(Schema.Field::name)
                .contains("id", "trajectory");
    }

    @Test
    void shouldPrintTheFingerprintAsOnTheWire() {
        byte[] message = new AvroWire<>(CommandResult.class)
                .encode(CommandResult.newBuilder()
                        .setCommandId("c")
                        .setCellModel("m")
                        .setStatus(CommandStatus.ACCEPTED)
                        .setDetail("")
                        .setAtMs(0)
                        .build());

        execute("schema CommandResult --fingerprint");

        assertThat(HexFormat.of().formatHex(message, 2, 10))
                .isEqualTo(out.toString().strip());
    }

    private int execute(String arguments) {
        return IonstreamMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.split(" "));
    }
}
