package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands as a user types them; the long ones once in small. */
class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldTrainAModelThatCanBeServedAndEvaluated(@TempDir Path directory) throws IOException {
        Path onnx = directory.resolve("fhn.onnx");
        Path checkpoint = directory.resolve("fhn.checkpoint");

        int trained = run(
                "train",
                "--cell-model=fitzhugh-nagumo-1961",
                "--steps=3",
                "--protocols=60",
                "--out=" + onnx,
                "--checkpoint=" + checkpoint);

        assertThat(trained).as(err.toString()).isZero();
        assertThat(checkpoint).exists();
        OnnxModelFile file = OnnxModelFile.parse(Files.readAllBytes(onnx));
        assertThat(file.card().recipe()).contains("\"baseProtocols\":60");
        assertThat(err.toString()).contains("step 3 of 3").contains("375 validation protocols");

        Path again = directory.resolve("again.onnx");
        int exported = run("model", "export", "--checkpoint=" + checkpoint, "--samples=320", "--out=" + again);

        assertThat(exported).as(err.toString()).isZero();
        assertThat(again).hasSameBinaryContentAs(onnx);
    }

    @Test
    void shouldLayThePapersLearningCurveBesideItsOwnAndTrainOn(@TempDir Path directory) throws IOException {
        Path onnx = directory.resolve("fhn.onnx");
        String[] reproduction = {
            "train",
            "--cell-model=fitzhugh-nagumo-1961",
            "--recipe=paper-constrained",
            "--set=architecture.width=8",
            "--set=samples=252",
            "--epochs=2",
            "--protocols=32",
            "--set=training.stepsPerValidation=1",
            "--curve=" + directory,
            "--out=" + onnx
        };

        int trained = run(reproduction);

        assertThat(trained).as(err.toString()).isZero();
        assertThat(directory.resolve("learning-curve.csv"))
                .content()
                .startsWith("epoch,step,learning_rate,training_loss,validation_error,best_error\n1.0000,1,0.001690,")
                .hasLineCount(3);
        assertThat(directory.resolve("learning-curve.png")).isNotEmptyFile();
        assertThat(directory.resolve("learning-curve.svg")).isNotEmptyFile();

        int trainedOn = run(
                "train",
                "--cell-model=fitzhugh-nagumo-1961",
                "--from=" + onnx,
                "--steps=1",
                "--protocols=32",
                "--set=samples=252",
                "--out=" + onnx);

        assertThat(trainedOn).as(err.toString()).isZero();
        assertThat(OnnxModelFile.parse(Files.readAllBytes(onnx)).card().recipe())
                .contains("\"optimiser\":\"SOAP\"", "\"start\":{\"architecture\":{\"width\":8");
    }

    @Test
    void shouldShowTheRecipe() {
        int shown = run("train", "--cell-model=ohara-rudy-2011", "--recipe=paper-unconstrained", "--show-recipe");

        assertThat(shown).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"width\":192", "\"decay\":0.93", "\"baseProtocols\":3000");
    }

    /** MEASURED.md states the figure; a change of the model, the solver or the metric must not go unseen. */
    @Test
    void shouldStateTheErrorOfTheBundledChampion() {
        int evaluated = run("evaluate", "--cell-model=fitzhugh-nagumo-1961", "--served-only");

        assertThat(evaluated).as(err.toString()).isZero();
        Matcher figure = Pattern.compile("as served.*interpolated to 1260 +0\\.\\d+ +(0\\.\\d+)")
                .matcher(out.toString());
        assertThat(figure.find()).isTrue();
        assertThat(Double.parseDouble(figure.group(1))).isBetween(0.0062, 0.0072);
    }

    @Test
    void shouldEvaluateInEveryRespectAndPlotWhatItPrints(@TempDir Path directory) throws IOException {
        int evaluated = run(
                "evaluate",
                "--cell-model=fitzhugh-nagumo-1961",
                "--protocols=25",
                "--plots=" + directory,
                "--format=json");

        assertThat(evaluated).as(err.toString()).isZero();
        JsonNode model = new ObjectMapper().readTree(out.toString()).at("/models/0");
        assertThat(model.at("/grids/paperSamples").asInt()).isEqualTo(1260);
        assertThat(model.at("/all/served/relativeL2/mean").asDouble()).isBetween(0.003, 0.03);
        assertThat(model.at("/all/exported/relativeH1/median").asDouble()).isPositive();
        assertThat(model.at("/all/physical/relativeL2/count").asInt()).isEqualTo(24);
        assertThat(model.get("subsets").findValuesAsText("name")).containsExactly("zero", "general", "nap", "t_fin");
        assertThat(model.at("/subsets/0/physical").isNull()).isTrue();
        assertThat(model.at("/variables/1/largestDifference/p95").asDouble()).isPositive();
        assertThat(model.get("biomarkers").findValuesAsText("biomarker")).contains("beat.apd90FromMaxUpstrokeMs");
        assertThat(model.at("/firing/bothFired").asInt()).isPositive();
        assertThat(model.get("resolution").findValuesAsText("timesServed")).containsExactly("0.5", "1.0", "2.0", "4.0");
        assertThat(model.at("/size/parameters").asLong()).isPositive();
        assertThat(model.at("/cost/msPerTrajectoryInBatch").asDouble()).isPositive();
        assertThat(model.at("/published/2/relativeL2BySubset/nap").asDouble()).isEqualTo(0.0008);
        assertThat(model.get("protocols")).hasSize(25);
        for (String figure : List.of("norms", "subsets", "variables", "traces")) {
            String name = "fitzhugh-nagumo-1961-" + figure;
            assertThat(directory.resolve(name + ".png")).isNotEmptyFile();
            assertThat(directory.resolve(name + ".svg")).isNotEmptyFile();
        }
    }

    @Test
    void shouldCreateADataSetAndShowIt(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("hh.avro");
        String[] create = {
            "dataset",
            "create",
            "--cell-model=hodgkin-huxley-1952",
            "--set=validation",
            "--from=pulses",
            "--count=12",
            "--samples=40",
            "--onset-ms=5..20",
            "--duration-ms=1..2",
            "--amplitude=30",
            "--out=" + file
        };

        int created = run(create);
        byte[] first = Files.readAllBytes(file);
        Files.delete(file);
        int createdAgain = run(create);
        int shown = run("dataset", "show", file.toString(), "--format=json");

        assertThat(created + createdAgain + shown).as(err.toString()).isZero();
        assertThat(file).hasBinaryContent(first);
        assertThat(err.toString()).contains("hh.avro: 12 protocols");
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/recipe/set").asText()).isEqualTo("VALIDATION");
        assertThat(report.at("/recipe/ranges/onsetMs/to").asDouble()).isEqualTo(20);
        assertThat(report.at("/protocolsPerSubset/single-pulse").asInt()).isEqualTo(12);
        assertThat(report.at("/variables/0/highest").asDouble()).isBetween(90.0, 115.0);

        Path onnx = directory.resolve("hh.onnx");
        int trained = run(
                "train",
                "--cell-model=hodgkin-huxley-1952",
                "--set=architecture.modes=8",
                "--set=architecture.latentSamples=20",
                "--set=training.excursionWeight=0",
                "--steps=2",
                "--training-set=" + file,
                "--validation-set=" + file,
                "--out=" + onnx);
        assertThat(trained).as(err.toString()).isZero();
        assertThat(OnnxModelFile.parse(Files.readAllBytes(onnx)).card().provenance())
                .contains("trainingSetSha256")
                .contains("onsetMs");

        Files.write(file, Arrays.copyOf(first, first.length - 1));
        assertThat(run("dataset", "show", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("has 0 of 12 protocols").doesNotContain("\tat ");
    }

    @Test
    void shouldMeasureTheSolverAndPlotWhatItPrints(@TempDir Path directory) throws IOException {
        int measured = run(
                "bench",
                "solver",
                "--cell-model=fitzhugh-nagumo-1961",
                "--protocols=2",
                "--rounds=1",
                "--warm-up=0",
                "--out=" + directory,
                "--format=json");

        assertThat(measured).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/cellModels/0/workPrecision/reference/4/relativeTolerance")
                        .asDouble())
                .isEqualTo(1e-8);
        assertThat(report.at("/machine/processors").asInt()).isPositive();
        assertThat(directory.resolve("work-precision.png")).isNotEmptyFile();
        assertThat(directory.resolve("work-precision.svg")).isNotEmptyFile();
    }

    @Test
    void shouldExportTheSameNetworkOnAnotherGrid(@TempDir Path directory) throws IOException {
        Path onnx = directory.resolve("fhn-200.onnx");

        int exported = run("model", "export", "--cell-model=fitzhugh-nagumo-1961", "--samples=200", "--out=" + onnx);

        assertThat(exported).as(err.toString()).isZero();
        OnnxModelFile file = OnnxModelFile.parse(Files.readAllBytes(onnx));
        assertThat(file.card().samples()).isEqualTo(200);
        assertThat(file.card().stepMs()).isEqualTo(0.5);
        assertThat(file.card().expectedRelativeL2()).isLessThan(0.01);
        assertThat(err.toString()).contains("40,000 training protocols").contains("375 validation protocols");
    }

    @Test
    void shouldMeasureTheSurrogateAndPlotWhatItPrints(@TempDir Path directory) throws IOException {
        int measured = run(
                "bench",
                "surrogate",
                "--cell-model=ohara-rudy-2011",
                "--device=cpu",
                "--batches=1,3",
                "--rounds=1",
                "--seconds=0.01",
                "--out=" + directory,
                "--format=json");

        assertThat(measured).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/cellModels/0/rows/1/batch").asInt()).isEqualTo(3);
        assertThat(report.at("/cellModels/0/nodesByProvider/CPUExecutionProvider")
                        .asInt())
                .isPositive();
        assertThat(directory.resolve("throughput.png")).isNotEmptyFile();
        assertThat(directory.resolve("throughput.svg")).isNotEmptyFile();
    }

    @Test
    void shouldShowWhatARetrainingLearnsAndForgets(@TempDir Path directory) throws IOException {
        String[] scenario = {
            "scenario",
            "--cell-model=fitzhugh-nagumo-1961",
            "--fresh-references=150",
            "--base-protocols=200",
            "--targeted-protocols=100",
            "--training-steps=200",
            "--test-protocols=60",
            "--plots=" + directory,
            "--checkpoints=" + directory,
            "--out=" + directory.resolve("first.onnx"),
            "--format=json"
        };

        int retrained = run(scenario);

        assertThat(retrained).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString()).get(0);
        assertThat(report.at("/models/1/shifted/count").asInt()).isEqualTo(60);
        assertThat(report.at("/models/1/paper/count").asInt()).isEqualTo(375);
        assertThat(report.at("/models/1/shifted/mean").asDouble())
                .isLessThan(report.at("/models/0/shifted/mean").asDouble());
        assertThat(report.at("/forgotten/ratio").asDouble()).isGreaterThan(1);
        assertThat(report.at("/blocks/14/to").asInt()).isEqualTo(375 + 2 * 60);
        assertThat(directory.resolve("scenario-fitzhugh-nagumo-1961.png")).isNotEmptyFile();
        assertThat(directory.resolve("retraining-fitzhugh-nagumo-1961.png")).isNotEmptyFile();

        scenario[scenario.length - 1] = "--format=text";
        assertThat(run(scenario)).as("again").isZero();
        assertThat(err.toString()).contains("the training had ended in an earlier run");
        assertThat(out.toString())
                .contains(report.at("/models/1/modelId").asText() + " in ")
                .contains("pulse trains and S1-S2, 60 protocols");

        Path first = directory.resolve("first.onnx");
        scenario[scenario.length - 2] = "--from=" + first;
        assertThat(run(scenario)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(report.at("/models/0/modelId").asText() + " -> "
                        + report.at("/models/1/modelId").asText() + " -> ")
                .contains("trained once");
    }

    @Test
    void shouldPrintTheErrorOfEveryBundledTrajectory() {
        int compared = run("accuracy", "--truth=../reference/src/test/resources/truth");

        assertThat(compared).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("fhn_09.csv", "hh_19.csv", "hh_d_11.csv", "ord_05_fine.csv.gz")
                .contains("all, 4 trajectories, rtol 1e-08");
    }

    @Test
    void shouldRefuseBadInputInOneLineWithExitCodeTwo() {
        assertThat(run("evaluate", "--cell-model=nobody-1900")).isEqualTo(2);
        assertThat(run("schema", "Nothing")).isEqualTo(2);
        assertThat(run("publish", "--from=paper")).isEqualTo(2);
        assertThat(run("scenario", "--test-protocols=3")).isEqualTo(2);
        assertThat(run("scenario", "--out=first.onnx")).isEqualTo(2);
        assertThat(err.toString())
                .contains("unknown cell model 'nobody-1900'; known are fitzhugh-nagumo-1961")
                .contains("unknown message 'Nothing'; known are")
                .contains("--from=paper needs --cell-model")
                .contains("3 test protocols of the new stream; give 5 or more")
                .contains("--from and --out name one model; give its --cell-model");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void shouldCreateTopicsPublishAndWatch() {
        KafkaSettings kafka = SharedBroker.kafka();
        Topics topics = SharedBroker.newTopics(2);
        String broker = "--bootstrap-servers=" + kafka.bootstrapServers();
        String prefix = "--prefix=" + topics.prefix();

        assertThat(run("topics", "check", broker, prefix)).as(err.toString()).isZero();
        assertThat(run("publish", broker, prefix, "--cell-model=hodgkin-huxley-1952", "--count=7"))
                .as(err.toString())
                .isZero();

        try (var stimuli = new CommittedRecords(kafka, topics.stimuli.name())) {
            assertThat(stimuli.await(7, Duration.ofSeconds(10))).hasSize(7);
        }
    }

    private int run(String... arguments) {
        CommandLine commandLine = IonstreamMain.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
