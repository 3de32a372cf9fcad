package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The compose file against the tree: no container engine is needed to see a command that no longer exists. */
class ComposeFileTest {
    private static final Path ROOT = Path.of("..");

    private final Map<String, Map<String, Object>> services = services();

    @Test
    void shouldGiveEveryServiceACommandThatParses() {
        Map<String, Map<String, Object>> ours = ours();

        assertThat(ours.keySet()).contains("topics", "surrogate", "surrogate-gpu", "reference", "trainer", "producer");
        ours.forEach((name, service) -> {
            List<String> command = list(service.get("command"));
            var parsed = IonstreamMain.commandLine().parseArgs(command.toArray(String[]::new));
            assertThat(parsed.hasSubcommand()).as("command of %s", name).isTrue();
        });
    }

    @Test
    void shouldSetOnlyVariablesThatSomethingReads() {
        String read = IonstreamMain.commandLine().getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().args().stream())
                .map(ArgSpec::defaultValue)
                .collect(Collectors.joining(" "));

        ours().forEach((name, service) -> map(service.get("environment")).keySet().stream()
                .filter(variable -> variable.startsWith("IONSTREAM_"))
                .forEach(variable -> assertThat(read).as("variable of %s", name).contains("${env:" + variable)));
    }

    @Test
    void shouldBuildFromFilesThatAreThere() throws IOException {
        ours().forEach((name, service) -> {
            Map<String, Object> build = map(service.get("build"));
            assertThat(ROOT.resolve(build.get("dockerfile").toString()))
                    .as("Dockerfile of %s", name)
                    .exists();
        });
        String dockerfile = Files.readString(ROOT.resolve("standalone/Dockerfile"));
        assertThat(dockerfile).contains("standalone/target/ionstream.jar", "USER ionstream");
        assertThat(Files.readString(ROOT.resolve("pom.xml"))).contains("<id>gpu</id>");
    }

    @Test
    void shouldReserveAGpuOnlyInItsProfile() {
        ours().forEach((name, service) -> {
            boolean reserves = service.toString().contains("capabilities=[gpu]");
            assertThat(reserves).as(name).isEqualTo(service.containsKey("profiles"));
        });
    }

    @Test
    void shouldHelpWithAnExampleInEveryCommand() {
        for (Map.Entry<String, CommandLine> command :
                IonstreamMain.commandLine().getSubcommands().entrySet()) {
            if (!command.getKey().equals("generate-completion")) {
                assertThat(command.getValue().getUsageMessage())
                        .as(command.getKey())
                        .contains("Example")
                        .contains(command.getKey());
            }
        }
    }

    /** All services but the broker. */
    private Map<String, Map<String, Object>> ours() {
        Map<String, Map<String, Object>> ours = new TreeMap<>(services);
        ours.remove("kafka");
        return ours;
    }

    private static Map<String, Map<String, Object>> services() {
        try {
            Map<String, Object> file = new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
            Map<String, Map<String, Object>> services = new TreeMap<>();
            map(file.get("services")).forEach((name, service) -> services.put(name, map(service)));
            return services;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<String> list(Object node) {
        return ((List<?>) node).stream().map(Object::toString).toList();
    }
}
