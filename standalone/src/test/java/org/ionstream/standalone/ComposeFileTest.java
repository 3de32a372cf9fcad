package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

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
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** docker-compose.yml fits the commands and files that it names. */
@SuppressWarnings("unchecked")
class ComposeFileTest {
    private static final Path TOP = ComposeFile.TOP;

    private final ComposeFile compose = new ComposeFile();

    @Test
    void shouldParseEveryCommandLine() {
        compose.ownServices().forEach((name, service) -> {
            List<String> words = ComposeFile.command(service);

            CommandLine.ParseResult parsed = IonstreamMain.commandLine().parseArgs(words.toArray(String[]::new));

            assertThat(parsed.hasSubcommand()).as(name).isTrue();
        });
    }

    @Test
    void shouldSetOnlyEnvironmentVariablesThatTheCommandReads() {
        compose.ownServices().forEach((name, service) -> {
            List<String> words = ComposeFile.command(service);
            CommandLine.ParseResult parsed = IonstreamMain.commandLine().parseArgs(words.toArray(String[]::new));
            List<CommandLine> commands = parsed.asCommandLineList();
            String defaults = commands.get(commands.size() - 1).getCommandSpec().options().stream()
                    .filter(option -> option.userObject() instanceof AnnotatedElement element
                            && element.isAnnotationPresent(Option.class))
                    .map(option -> ((AnnotatedElement) option.userObject()).getAnnotation(Option.class))
                    .map(Option::defaultValue)
                    .collect(Collectors.joining("\n"));

            Set<String> set = ComposeFile.environment(service).keySet();

            assertThat(set).as(name).allMatch(variable -> defaults.contains("${env:" + variable));
        });
    }

    @Test
    void shouldNameFilesVolumesAndServicesThatExist() {
        Set<String> volumes = compose.volumes().keySet();
        compose.services().forEach((name, service) -> {
            Map<String, Object> build = (Map<String, Object>) service.getOrDefault("build", Map.of());
            if (!build.isEmpty()) {
                assertThat(TOP.resolve((String) build.get("context")).resolve((String) build.get("dockerfile")))
                        .isRegularFile();
            }
            assertThat(ComposeFile.mounts(service))
                    .as(name)
                    .allMatch(mount -> mount.startsWith("./")
                            ? Files.isDirectory(TOP.resolve(mount.split(":")[0]))
                            : volumes.contains(mount.split(":")[0]));
            assertThat(((Map<String, Object>) service.getOrDefault("depends_on", Map.of())).keySet())
                    .as(name)
                    .isSubsetOf(compose.services().keySet());
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

        assertThat(compose.ownServices().values().stream().flatMap(service -> ComposeFile.mounts(service).stream()))
                .isNotEmpty()
                .allMatch(mount -> List.of(install.split("\\s+")).contains(mount.split(":")[1]));
    }

    @Test
    void shouldGiveTheSigningKeyToTheTrainerAloneAndTheTrustedOneToAllWhoServe() {
        Map<String, Object> keys = compose.services().get("keys");
        String signing = value(keys, "--signing-key");
        String trusted = value(keys, "--trusted-key");

        assertThat(value(compose.services().get("trainer"), "--signing-key")).isEqualTo(signing);
        assertThat(ComposeFile.mounts(keys))
                .containsExactlyInAnyOrder(mount("signing", signing), mount("trusted", trusted));
        assertThat(namesOf(service -> ComposeFile.mounts(service).contains(mount("signing", signing) + ":ro")))
                .containsExactly("trainer");
        assertThat(namesOf(service -> ComposeFile.mounts(service).toString().contains("signing")))
                .containsExactlyInAnyOrder("keys", "trainer");
        assertThat(namesOf(service -> value(service, "--trusted-keys").equals(trusted)
                        && ComposeFile.mounts(service).contains(mount("trusted", trusted) + ":ro")
                        && service.get("depends_on")
                                .toString()
                                .contains("keys={condition=service_completed_successfully}")))
                .containsExactlyInAnyOrder("trainer", "surrogate", "surrogate-gpu");
    }

    @Test
    void shouldNeedAGpuOnlyInTheGpuProfile() {
        compose.services().forEach((name, service) -> {
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

        compose.ownServices().forEach((name, service) -> {
            Object port = ComposeFile.environment(service).get("IONSTREAM_HTTP_PORT");
            if (port != null) {
                assertThat(prometheus).contains(name, "port: " + port);
            }
        });
    }

    @Test
    void shouldPassToTheBuildOnlyArgumentsThatTheDockerfileDeclares() throws IOException {
        String dockerfile = Files.readString(TOP.resolve("standalone/Dockerfile"));
        Map<String, Object> gpu =
                (Map<String, Object>) compose.services().get("surrogate-gpu").get("build");

        Set<String> arguments = ((Map<String, Object>) gpu.get("args")).keySet();

        assertThat(arguments).isNotEmpty().allMatch(argument -> dockerfile.contains("ARG " + argument + "="));
        assertThat(Files.readString(TOP.resolve("pom.xml"))).contains("<id>gpu</id>");
    }

    @Test
    void shouldRunTheRegistryThatTheTestsRunAndKeepItsSchemas() throws IOException {
        Map<String, Object> registry = compose.services().get("schema-registry");

        assertThat(registry).containsEntry("profiles", List.of("registry")).containsKey("healthcheck");
        assertThat(Files.readString(TOP.resolve("pom.xml")))
                .contains("<apicurio.version>%s<"
                        .formatted(registry.get("image").toString().split(":")[1]));
        assertThat((Map<String, Object>) registry.get("environment"))
                .containsEntry("APICURIO_STORAGE_KIND", "kafkasql");
    }

    @Test
    void shouldLimitTheMemoryOfEveryService() {
        compose.services()
                .forEach((name, service) -> assertThat(service).as(name).containsKey("mem_limit"));
    }

    /** The topics and keys are made once, the producer has no port: that it runs is all there is to ask. */
    @Test
    void shouldAskEveryServiceThatAnswersWhetherItIsHealthy() {
        compose.services().forEach((name, service) -> {
            Map<String, Object> check = (Map<String, Object>) service.get("healthcheck");

            assertThat(check).as(name).containsAnyOf(entry("disable", true), entry("test", check.get("test")));
            assertThat(check.containsKey("disable"))
                    .as(name)
                    .isEqualTo(Set.of("topics", "keys", "producer").contains(name));
        });
    }

    @Test
    void shouldReachNoPortFromOutsideThisMachine() {
        assertThat(compose.services().values().stream()
                        .flatMap(service -> ((List<String>) service.getOrDefault("ports", List.of())).stream()))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void shouldHaveNoPasswordAndNoDefaultOne() {
        Map<String, Object> grafana = ComposeFile.environment(compose.services().get("grafana"));

        assertThat(grafana)
                .containsEntry("GF_AUTH_ANONYMOUS_ORG_ROLE", "Viewer")
                .containsEntry("GF_AUTH_DISABLE_LOGIN_FORM", "true")
                .containsEntry("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION", "true");
        assertThat(compose.services().values().stream()
                        .flatMap(service -> ComposeFile.environment(service).keySet().stream()))
                .noneMatch(variable -> variable.contains("PASSWORD"));
    }

    @Test
    void shouldPinEveryImageToTheVersionsOfTheBuild() throws IOException {
        String pom = Files.readString(TOP.resolve("pom.xml"));

        assertThat(compose.services().values())
                .allSatisfy(service ->
                        assertThat(service.get("image").toString()).matches(".+:v?\\d+\\.\\d+\\.\\d+(-gpu)?"));
        assertThat(pom)
                .contains("<kafka.version>%s<".formatted(tag("kafka")), "<version>%s<".formatted(tag("surrogate")));
    }

    /** Two stages: what is built goes into an image with a JRE, of a user who is not root. */
    @Test
    void shouldBuildInOneStageAndRunInAnother() throws IOException {
        List<String> lines = Files.readAllLines(TOP.resolve("standalone/Dockerfile"));
        int lastStage = lines.lastIndexOf("FROM ${RUNTIME}");
        List<String> image = lines.subList(lastStage, lines.size());

        assertThat(lines).anyMatch(line -> line.startsWith("FROM eclipse-temurin:17-jre"));
        assertThat(image)
                .contains("USER ionstream")
                .noneMatch(line -> line.contains("mvn"))
                .anyMatch(line -> line.startsWith("COPY --from=build /source/standalone/target/ionstream.jar"))
                .anyMatch(line -> line.startsWith("COPY --from=build /source/standalone/target/lib"));
        assertThat(image.indexOf("USER ionstream"))
                .isLessThan(image.indexOf(image.stream()
                        .filter(line -> line.startsWith("ENTRYPOINT"))
                        .findFirst()
                        .orElseThrow()));
    }

    private String tag(String service) {
        return compose.services().get(service).get("image").toString().split(":")[1];
    }

    private Set<String> namesOf(Predicate<Map<String, Object>> kind) {
        return compose.ownServices().entrySet().stream()
                .filter(service -> kind.test(service.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String mount(String volume, String file) {
        return volume + ":" + Path.of(file).getParent();
    }

    /** Of an option, empty if it is not given. */
    private static String value(Map<String, Object> service, String option) {
        return ComposeFile.command(service).stream()
                .filter(word -> word.startsWith(option + "="))
                .map(word -> word.substring(option.length() + 1))
                .findFirst()
                .orElse("");
    }
}
