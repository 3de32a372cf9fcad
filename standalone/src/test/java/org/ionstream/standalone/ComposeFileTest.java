package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** docker-compose.yml fits the commands and files that it names. */
@SuppressWarnings("unchecked")
class ComposeFileTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final String OWN_IMAGE = "ionstream:";

    private final Map<String, Object> compose = read();

    @Test
    void shouldParseEveryCommandLine() {
        ownServices().forEach((name, service) -> {
            List<String> words = (List<String>) service.get("command");

            CommandLine.ParseResult parsed = IonstreamMain.commandLine().parseArgs(words.toArray(String[]::new));

            assertThat(parsed.hasSubcommand()).as(name).isTrue();
        });
    }

    @Test
    void shouldSetOnlyEnvironmentVariablesThatTheCommandReads() {
        ownServices().forEach((name, service) -> {
            List<String> words = (List<String>) service.get("command");
            CommandLine.ParseResult parsed = IonstreamMain.commandLine().parseArgs(words.toArray(String[]::new));
            List<CommandLine> commands = parsed.asCommandLineList();
            String defaults = commands.get(commands.size() - 1).getCommandSpec().options().stream()
                    .filter(option -> option.userObject() instanceof AnnotatedElement element
                            && element.isAnnotationPresent(Option.class))
                    .map(option -> ((AnnotatedElement) option.userObject()).getAnnotation(Option.class))
                    .map(Option::defaultValue)
                    .collect(Collectors.joining("\n"));

            Set<String> set = ((Map<String, Object>) service.get("environment")).keySet();

            assertThat(set).as(name).allMatch(variable -> defaults.contains("${env:" + variable));
        });
    }

    @Test
    void shouldNameFilesVolumesAndServicesThatExist() {
        Set<String> volumes = ((Map<String, Object>) compose.get("volumes")).keySet();
        services().forEach((name, service) -> {
            Map<String, Object> build = (Map<String, Object>) service.getOrDefault("build", Map.of());
            if (!build.isEmpty()) {
                assertThat(TOP.resolve((String) build.get("context")).resolve((String) build.get("dockerfile")))
                        .isRegularFile();
            }
            assertThat(mounts(service))
                    .as(name)
                    .allMatch(mount -> mount.startsWith("./")
                            ? Files.isDirectory(TOP.resolve(mount.split(":")[0]))
                            : volumes.contains(mount.split(":")[0]));
            assertThat(((Map<String, Object>) service.getOrDefault("depends_on", Map.of())).keySet())
                    .as(name)
                    .isSubsetOf(services().keySet());
        });
    }

    @Test
    void shouldMountVolumesWhereTheImageHasADirectoryOfItsUser() throws IOException {
        String dockerfile = Files.readString(TOP.resolve("standalone/Dockerfile"));
        String install = dockerfile
                .lines()
                .dropWhile(line -> !line.contains("install -d -o ionstream -g ionstream"))
                .takeWhile(line -> !line.startsWith("ENV"))
                .collect(Collectors.joining(" "));

        assertThat(ownServices().values().stream().flatMap(service -> mounts(service).stream()))
                .isNotEmpty()
                .allMatch(mount -> List.of(install.split("\\s+")).contains(mount.split(":")[1]));
    }

    @Test
    void shouldGiveTheSigningKeyToTheTrainerAloneAndTheTrustedOneToAllWhoServe() {
        Map<String, Object> keys = services().get("keys");
        String signing = value(keys, "--signing-key");
        String trusted = value(keys, "--trusted-key");

        assertThat(value(services().get("trainer"), "--signing-key")).isEqualTo(signing);
        assertThat(mounts(keys)).containsExactlyInAnyOrder(mount("signing", signing), mount("trusted", trusted));
        assertThat(namesOf(service -> mounts(service).contains(mount("signing", signing) + ":ro")))
                .containsExactly("trainer");
        assertThat(namesOf(service -> mounts(service).toString().contains("signing")))
                .containsExactlyInAnyOrder("keys", "trainer");
        assertThat(namesOf(service -> value(service, "--trusted-keys").equals(trusted)
                        && mounts(service).contains(mount("trusted", trusted) + ":ro")
                        && service.get("depends_on")
                                .toString()
                                .contains("keys={condition=service_completed_successfully}")))
                .containsExactlyInAnyOrder("trainer", "surrogate", "surrogate-gpu");
    }

    @Test
    void shouldNeedAGpuOnlyInTheGpuProfile() {
        services().forEach((name, service) -> {
            boolean reserves = service.toString().contains("driver=nvidia");

            assertThat(((List<String>) service.getOrDefault("profiles", List.of())).contains("gpu"))
                    .as(name)
                    .isEqualTo(reserves);
            assertThat(service.toString().contains("capabilities=[gpu]"))
                    .as(name)
                    .isEqualTo(reserves);
        });
    }

    @Test
    void shouldScrapeEveryStageWhereItServesItsMetrics() throws IOException {
        String prometheus =
                Files.readString(TOP.resolve("standalone/src/main/operations/prometheus/prometheus-compose.yml"));

        ownServices().forEach((name, service) -> {
            Object port = ((Map<String, Object>) service.get("environment")).get("IONSTREAM_HTTP_PORT");
            if (port != null) {
                assertThat(prometheus).contains(name, "port: " + port);
            }
        });
    }

    @Test
    void shouldPassToTheBuildOnlyArgumentsThatTheDockerfileDeclares() throws IOException {
        String dockerfile = Files.readString(TOP.resolve("standalone/Dockerfile"));
        Map<String, Object> gpu =
                (Map<String, Object>) services().get("surrogate-gpu").get("build");

        Set<String> arguments = ((Map<String, Object>) gpu.get("args")).keySet();

        assertThat(arguments).isNotEmpty().allMatch(argument -> dockerfile.contains("ARG " + argument + "="));
        assertThat(Files.readString(TOP.resolve("pom.xml"))).contains("<id>gpu</id>");
    }

    @Test
    void shouldRunTheRegistryThatTheTestsRunAndKeepItsSchemas() throws IOException {
        Map<String, Object> registry = services().get("schema-registry");

        assertThat(registry).containsEntry("profiles", List.of("registry")).containsKey("healthcheck");
        assertThat(Files.readString(TOP.resolve("pom.xml")))
                .contains("<apicurio.version>%s<"
                        .formatted(registry.get("image").toString().split(":")[1]));
        assertThat((Map<String, Object>) registry.get("environment"))
                .containsEntry("APICURIO_STORAGE_KIND", "kafkasql");
    }

    @Test
    void shouldLimitTheMemoryOfEveryService() {
        services().forEach((name, service) -> assertThat(service).as(name).containsKey("mem_limit"));
    }

    private Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) compose.get("services");
    }

    private Map<String, Map<String, Object>> ownServices() {
        return services().entrySet().stream()
                .filter(service -> service.getValue().get("image").toString().startsWith(OWN_IMAGE))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Set<String> namesOf(Predicate<Map<String, Object>> kind) {
        return ownServices().entrySet().stream()
                .filter(service -> kind.test(service.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<String> mounts(Map<String, Object> service) {
        return (List<String>) service.getOrDefault("volumes", List.of());
    }

    private static String mount(String volume, String file) {
        return volume + ":" + Path.of(file).getParent();
    }

    /** Of an option, empty if it is not given. */
    private static String value(Map<String, Object> service, String option) {
        return ((List<String>) service.get("command"))
                .stream()
                        .filter(word -> word.startsWith(option + "="))
                        .map(word -> word.substring(option.length() + 1))
                        .findFirst()
                        .orElse("");
    }

    private static Map<String, Object> read() {
        try {
            return new Yaml().load(Files.readString(TOP.resolve("docker-compose.yml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
