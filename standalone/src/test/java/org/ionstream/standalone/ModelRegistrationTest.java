package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.ionstream.trainer.release.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** ONNX in and out: files that others made are served, ours run in plain ONNX Runtime from Python. */
class ModelRegistrationTest {
    private static final CellModel FHN = CellModels.FITZHUGH_NAGUMO_1961;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Path SCRIPTS = Path.of("src/test/other-languages");
    private static final String PYTHON = "/usr/bin/python3";
    private static final String ONNX_RUNTIME = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";

    private final KafkaSettings kafka = SharedBroker.kafka();
    private final Topics topics = SharedBroker.newTopics(2);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void shouldPromoteByHandOnlyWhatIsBetterUnlessToldOtherwise() throws IOException {
        byte[] bundled = BundledChampions.of(FHN).orElseThrow();
        ReleasedChampion.release(kafka, topics, bundled);
        Path worse = file("worse.onnx", coarse());

        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics))) {
            surrogate.start();
            await().atMost(LONGEST).until(surrogate::isReady);

            int refused = register(worse);
            assertThat(refused).isEqualTo(1);
            assertThat(err.toString()).contains("not better than the champion", "--even-if-worse");

            int forced = register(worse, "--even-if-worse");
            assertThat(forced).as(err.toString()).isZero();
            assertThat(out.toString()).contains("released outside-1 as champion of fitzhugh-nagumo-1961");
            await().atMost(LONGEST)
                    .until(() -> surrogate.releases().get(FHN.id()).getModelId().equals("outside-1"));
            assertThat(surrogate.releases().get(FHN.id()).getScores()).hasSize(1);

            assertThat(register(worse, "--even-if-worse")).isEqualTo(2);
            assertThat(err.toString()).contains("model outside-1 is the champion already");

            int better = register(file("better.onnx", bundled));
            assertThat(better).as(err.toString()).isZero();
            assertThat(out.toString()).contains("is better than the champion");
            assertThat(surrogate.refusedReleases()).isZero();
        }
    }

    @Test
    void shouldRefuseAWrongFileBeforeItAsksTheBroker() throws IOException {
        Path noModel = file("text.onnx", "not a model".getBytes());

        int refused =
                run("model", "register", "--model=" + noModel, "--bootstrap-servers=localhost:1", "--allow-unsigned");

        assertThat(refused).isEqualTo(2);
        assertThat(err.toString()).contains("text.onnx: 11 bytes are not an ONNX file");
    }

    @Test
    void shouldServeAModelMadeWithPyTorch() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON))
                        && python(Map.of(), "-c", "import onnx, torch").isEmpty(),
                "skipped: no python3 with python3-torch and python3-onnx");
        Path onnx = directory.resolve("pytorch.onnx");

        assertThat(python(Map.of(), script("make_model.py"), onnx.toString(), "torch-1"))
                .contains("wrote " + onnx);
        assertThat(register(onnx)).as(err.toString()).isZero();

        try (Surrogate surrogate = new Surrogate(SurrogateProcess.settings(kafka, topics));
                var predictions = new CommittedRecords(kafka, topics.predictions.name())) {
            surrogate.start();
            await().atMost(LONGEST).until(surrogate::isReady);
            StimulusProtocol protocol = StimulusProtocol.newBuilder(
                            PaperDistribution.of(FHN).training(1, 5).get(2))
                    .setRoute(Route.SURROGATE) // untrained: nobody would be served its errors unasked
                    .build();
            publish(protocol);
            Prediction prediction = topics.predictions
                    .wire()
                    .decode(predictions.await(1, LONGEST).get(0).value());
            assertThat(prediction.getModelId()).isEqualTo("torch-1");
            assertThat(prediction.getTrajectory().getSamples()).isPositive();
        }
    }

    @Test
    void shouldPassTheCheckerOfOnnx() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON))
                        && python(Map.of(), "-c", "import onnx").isEmpty(),
                "skipped: no python3 with python3-onnx");
        List<byte[]> bundled = CellModels.all().stream()
                .flatMap(model -> BundledChampions.of(model).stream())
                .toList();
        assertThat(bundled).hasSize(3);
        for (byte[] champion : bundled) {
            Candidate network = Candidate.of(OnnxModelFile.parse(champion));
            Path onnx = file(network.cellModel().id() + ".onnx", network.toOnnx(1));

            String faults = python(
                    Map.of(),
                    "-c",
                    "import onnx; onnx.checker.check_model(onnx.load('%s'), full_check=True)".formatted(onnx));

            assertThat(faults).isEmpty();
        }
    }

    @Test
    void shouldRunInPlainOnnxRuntimeFromPython() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON))
                        && python(Map.of(), "-c", "import numpy").isEmpty(),
                "skipped: no python3 with python3-numpy");
        CellModel model = CellModels.OHARA_RUDY_2011;
        OnnxModelFile bundled = OnnxModelFile.parse(BundledChampions.of(model).orElseThrow());
        byte[] exported = Candidate.of(bundled).toOnnx(1);
        Path onnx = file("ord.onnx", exported);

        String printed = python(runtimeForPython(), script("run_model.py"), onnx.toString(), "10.5", "2", "20");

        assertThat(printed.lines()).hasSize(41);
        float[][] trajectory = predict(OnnxModelFile.parse(exported), new Pulse(10.5, 2.0, 20.0), model);
        int v = model.variableNames().indexOf("V");
        assertThat(printed.lines().toList().get(v)).isEqualTo(range("V", trajectory[v], "mV"));
    }

    /** The package if it is there, else its few calls through the library's own C interface. */
    private Map<String, String> runtimeForPython() throws IOException, InterruptedException {
        if (python(Map.of(), "-c", "import onnxruntime").isEmpty()) {
            return Map.of();
        }
        Path library = directory.resolve("libonnxruntime.so");
        try (InputStream packed = ModelRegistrationTest.class.getResourceAsStream(ONNX_RUNTIME)) {
            assumeTrue(packed != null, "skipped: no ONNX Runtime for Linux on x86-64 on the class path");
            Files.copy(packed, library);
        }
        return Map.of(
                "PYTHONPATH",
                SCRIPTS.resolve("stand-in").toAbsolutePath().toString(),
                "ONNXRUNTIME",
                library.toString(),
                "ORT_DISABLE_TELEMETRY",
                "1");
    }

    private static float[][] predict(OnnxModelFile file, Pulse pulse, CellModel model) {
        StimulusProtocol protocol = StimulusProtocol.newBuilder(
                        PaperDistribution.of(model).training(1, 1).get(0))
                .setPulses(List.of(pulse))
                .build();
        float[] current = Stimulus.of(protocol).cellMeans(file.card().grid());
        try (FnoPredictor predictor = new FnoPredictor(file, new FnoPredictor.Settings(ComputeDevice.CPU, 1, 1))) {
            return predictor.predict(new float[][] {current})[0];
        }
    }

    private static String range(String variable, float[] values, String unit) {
        float lowest = Float.MAX_VALUE;
        float highest = -Float.MAX_VALUE;
        for (float value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        return String.format(Locale.ROOT, "%s %.4f to %.4f %s", variable, lowest, highest, unit);
    }

    /** The bundled network on a grid too coarse for it, as a file of its own name. */
    private static byte[] coarse() {
        Candidate network =
                Candidate.of(OnnxModelFile.parse(BundledChampions.of(FHN).orElseThrow()));
        byte[] onnx = network.interpolatedOn(new TimeGrid(2, 50)).toOnnx(1);
        String text = new String(onnx, StandardCharsets.ISO_8859_1);
        String named = "\"modelId\":\"" + network.modelId() + "\"";
        String renamed = "\"modelId\":\"outside-1\"";
        String sameLength = renamed + " ".repeat(named.length() - renamed.length());
        return text.replace(named, sameLength).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void publish(StimulusProtocol protocol) {
        try (var producer = new KafkaProducer<byte[], byte[]>(kafka.producer())) {
            producer.send(topics.stimuli.message(protocol.getId(), protocol).toRecord());
        }
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private int register(Path file, String... more) {
        String[] arguments = new String[6 + more.length];
        arguments[0] = "model";
        arguments[1] = "register";
        arguments[2] = "--model=" + file;
        arguments[3] = "--bootstrap-servers=" + kafka.bootstrapServers();
        arguments[4] = "--prefix=" + topics.prefix();
        arguments[5] = "--allow-unsigned";
        System.arraycopy(more, 0, arguments, 6, more.length);
        return run(arguments);
    }

    private int run(String... arguments) {
        CommandLine commandLine = IonstreamMain.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    private static String script(String name) {
        return SCRIPTS.resolve(name).toString();
    }

    private String python(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = PYTHON;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path output = Files.createTempFile(directory, "python", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
