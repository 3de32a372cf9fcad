package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.wire.AvroWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "surrogate --device=tpu | unknown device 'tpu'; known are auto, cpu, cuda",
                "surrogate --largest-batch=7 | 7",
                "reference --relative-tolerance=2 | relativeTolerance is 2.0",
                "reference --largest-wall-ms=0 | largestWallMs is 0.0; it must be above 0",
                "reference --largest-evaluations=0 | largestEvaluations is 0; it must be positive",
                "cells noble-1962 | unknown cell model 'noble-1962'; known are fitzhugh-nagumo-1961",
                "cells --format=xml | --format is 'xml'; give one of text, json",
                "tune | --cell-model is missing",
                "tune --cell-model=noble-1962 | unknown cell model 'noble-1962'",
                "tune --cell-model=fitzhugh-nagumo-1961 --eta=1 | eta must be at least 2",
                "tune --cell-model=fitzhugh-nagumo-1961 --space=wide | give one of paper, logarithmic",
                "tune --cell-model=fitzhugh-nagumo-1961 --method=grid | give one of tpe, random",
                "tune --cell-model=fitzhugh-nagumo-1961 --largest-parameters=99 | more than 99 with any number of modes",
                "tune --cell-model=fitzhugh-nagumo-1961 --workers=-1 | --workers is -1",
                "tune --cell-model=fitzhugh-nagumo-1961 --study=../x | study '../x'; its name begins with",
                "train --cell-model=hodgkin-huxley-1952 --recipe=best | give one of champion, paper-constrained",
                "train --cell-model=hodgkin-huxley-1952 --set=width=3 | has no field 'width'; its fields are arch",
                "train --cell-model=hodgkin-huxley-1952 --steps=1 --epochs=1 | give one of them",
                "train --cell-model=hodgkin-huxley-1952 | --out is missing",
                "train --cell-model=hodgkin-huxley-1952 --training-set=pom.xml --out=x.onnx | pom.xml",
                "train --cell-model=hodgkin-huxley-1952 --validation-set=x --out=x.onnx | without --training-set",
                "trainer --cell-model=noble-1962 | noble-1962",
                "trainer --audit-share=1.5 | audit share is 1.5; it must be in [0, 1]",
                "trainer --drift-error=1:1.5 | declared at 1.0 and cleared at 1.5",
                "trainer --drift-routed=much | --drift-routed is 'much'; write two numbers such as 2:1.5",
                "topics create --bootstrap-servers= | no bootstrap servers",
                "bench solver --rounds=0 | 0 rounds",
                "bench solver --cell-model=noble-1962 | noble-1962",
                "bench solver --format=xml | --format is 'xml'; give one of text, json",
                "bench surrogate --batches=0 | batches of [0]; give one or several from 1 to 4096",
                "bench surrogate --device=tpu | unknown device 'tpu'; known are auto, cpu, cuda",
                "bench surrogate --model=no-such.onnx | no-such.onnx is not a file; name an ONNX file",
                "evaluate --cell-model=ohara-rudy-2011 --model=pom.xml | pom.xml:",
                "model export --cell-model=fitzhugh-nagumo-1961 --samples=0 --out=x.onnx | 0.0 samples over 100.0 ms; choose 1 to 20000",
                "model export --cell-model=fitzhugh-nagumo-1961 --step-ms=-1 --out=x.onnx | choose 1 to 20000",
                "model export --cell-model=fitzhugh-nagumo-1961 --step-ms=0.3 --out=x.onnx | choose samples that divide its horizon",
                "model export --out=x.onnx | --cell-model",
                "model export --cell-model=fitzhugh-nagumo-1961 --model=y.onnx --out=x.onnx | mutually exclusive",
                "export --out=x.xlsx --bootstrap-servers=localhost:1 | end it with .csv, .npz or .parquet",
                "evaluate --cell-model=fitzhugh-nagumo-1961 --protocols=-1 | -1 test protocols",
                "evaluate --all --format=xml | --format is 'xml'; give one of text, json",
                "evaluate --all --model=mine.onnx | name the cell model of mine.onnx with --cell-model",
                "evaluate | --cell-model",
                "accuracy --truth=no-such-folder | no-such-folder; name the folder that has the independent trajectories",
                "dataset create --cell-model=noble-1962 --set=test --out=x | unknown cell model 'noble-1962'",
                "dataset create --cell-model=fitzhugh-nagumo-1961 --set=tests --out=x | --set is 'tests'; give one of training, validation, test",
                "dataset create --cell-model=fitzhugh-nagumo-1961 --set=test --out=x --amplitude=1..2 | PAPER has its own",
                "dataset create --cell-model=fitzhugh-nagumo-1961 --set=test --out=x --from=pulses --count=3 | need a range of durations",
                "dataset create --cell-model=fitzhugh-nagumo-1961 --set=test --out=x --from=pacing | --from=pacing needs --count",
                "dataset create --cell-model=fitzhugh-nagumo-1961 --set=test --out=x --from=pacing --count=3 --onset-ms=2..1 | range [2.0, 1.0)",
                "dataset create --cell-model=fitzhugh-nagumo-1961 --set=test --out=x --onset-ms=soon | 'soon' is not a range; write LOW..HIGH",
                "dataset show no-such-file | no-such-file is not a file; give one that 'ionstream dataset create' has made",
                "simulate | no protocol; give --from=FILE, or --stim-curr, --event or --ramp with --cell-model",
                "simulate --stim-curr=40 | the cell model of a protocol in options is missing",
                "simulate --stim-curr=40 --from=x | --from=x and a protocol in options; give one of them",
                "simulate --cell-model=ohara-rudy-2011 --stim-curr=40 --stim-dur=5 --bcl=3 --numstim=2 | lengthen the period",
                "simulate --cell-model=ohara-rudy-2011 --event=1:0 | 2 numbers, 1.0 0.0; write LEVEL START LENGTH",
                "simulate --cell-model=ohara-rudy-2011 --event=1:0:2:9 | period comes with a whole multiplier",
                "simulate --cell-model=ohara-rudy-2011 --event=1:0:2 --ramp=1:5:0:9 | the pulse at 0.0 ms lasts 2.0 ms",
                "simulate --cell-model=ohara-rudy-2011 --event=1:0:2 --s2=300 | --s2 needs the current of the pulses",
                "simulate --cell-model=ohara-rudy-2011 --stim-curr=9 --format=csv --with=both | no column for who answered",
                "simulate --cell-model=ohara-rudy-2011 --from=no-such-file | cannot open 'no-such-file'",
                "compare --cell-model=ohara-rudy-2011 --stim-curr=9 --model=pom.xml | pom.xml:",
                "biomarkers --trajectory=v.csv | --trajectory needs --cell-model",
                "restitution --cell-model=ohara-rudy-2011 --stim-curr=40 --intervals=300..600 --points=1 | 1 points; give 2",
                "restitution --cell-model=ohara-rudy-2011 --stim-curr=40 --intervals=300..600 --with=auto | --with is 'auto'",
                "schema Nothing | unknown message 'Nothing'; known are StimulusProtocol",
                "broker --port=high | --port"
            })
    void shouldNameABadValueInOneLineAndExitWith2(String arguments, String message) {
        int exitCode = execute(arguments);

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(message);
    }

    @Test
    void shouldSimulateAProtocolWrittenInOptions(@TempDir Path folder) {
        int exitCode = execute("simulate --cell-model=hodgkin-huxley-1952 --stim-curr=20 --bcl=30 --numstim=2 --s2=20 "
                + "--ramp=80:10:0:-5 --format=csv --variables=V --plots=" + folder);

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(folder.resolve("protocol-1.png")).isNotEmptyFile();
        assertThat(folder.resolve("protocol-1.svg")).isNotEmptyFile();
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
    void shouldListTheCellModelsWithTheirPapers() {
        execute("cells");

        assertThat(out.toString().lines())
                .hasSize(1 + CellModels.all().size())
                .anyMatch(line -> line.startsWith("hodgkin-huxley-1952 ")
                        && line.endsWith("https://doi.org/10.1113/jphysiol.1952.sp004764"));
    }

    @Test
    void shouldPrintWhatAProtocolMayAskOfACellModel() {
        execute("cells ohara-rudy-2011");

        List<String> lines = out.toString()
                .lines()
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .toList();
        assertThat(lines)
                .contains(
                        "paper https://doi.org/10.1371/journal.pcbi.1002061",
                        "stimulus uA/uF, positive depolarises",
                        "horizon 500 ms, output step 1 ms",
                        "V mV -200 to 200 -200 to 200 -87.84 -87",
                        "m 1 -0.5 to 1.5 0 to 1 0.0074621 0",
                        "K_o mM 5.4 0.5 to 30 extracellular potassium",
                        "epicardial outer wall",
                        "code the authors' code: before the first beat, gates 0 or 1")
                .filteredOn(line -> line.matches(".*_scale 1 1 0 to 10 .*"))
                .hasSize(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fitzhugh-nagumo-1961", "hodgkin-huxley-1952"})
    void shouldPrintCellModelsWithoutVariants(String cellModel) {
        int exitCode = execute("cells " + cellModel);

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("PARAMETERS", "INITIAL STATES").doesNotContain("VARIANTS");
    }

    @Test
    void shouldPrintTheCatalogueForPrograms() throws JsonProcessingException {
        execute("cells ohara-rudy-2011 --format=json");

        JsonNode model = new ObjectMapper().readTree(out.toString());
        assertThat(model.get("id").asText()).isEqualTo("ohara-rudy-2011");
        assertThat(model.get("variables")).hasSize(41);
        assertThat(model.at("/variations/parameters/0/name").asText()).isEqualTo("GNa_scale");
        assertThat(model.at("/variations/initialStates/1/values/V").asDouble()).isEqualTo(-87);
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
