package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The README and the guides lead somewhere: links to files and headings that are there, command lines that parse. */
class GuidesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Path README = TOP.resolve("README.md");
    private static final int MOST_LINES_OF_README = 160;
    /** Of docker compose. */
    private static final String FOREIGN_OPTION = "--profile";

    @TempDir
    Path folder;

    static Stream<Path> guides() throws IOException {
        try (Stream<Path> entries = Files.list(TOP)) {
            List<Path> parts = entries.filter(entry -> entry.endsWith(".github")
                            || Files.exists(entry.resolve("pom.xml"))
                            || entry.toString().endsWith(".md"))
                    .toList();
            return parts.stream().flatMap(GuidesTest::markdown).sorted();
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void shouldLinkToWhatIsThere(Path guide) {
        assertThat(Guide.read(guide).brokenLinks()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("guides")
    void shouldShowCommandLinesThatParse(Path guide) {
        assertThat(Guide.read(guide).commandLines())
                .allSatisfy(words -> assertThat(errors(words)).isEmpty());
    }

    /** What a sentence leaves out is no error. */
    @ParameterizedTest
    @MethodSource("guides")
    void shouldMentionCommandsAndOptionsThatExist(Path guide) {
        Set<String> commands = IonstreamMain.commandLine().getSubcommands().keySet();
        Set<String> options = EveryCommandTest.all(IonstreamMain.commandLine())
                .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
                .collect(Collectors.toSet());
        List<List<String>> mentions = Guide.read(guide).mentions();

        assertThat(mentions)
                .filteredOn(words -> commands.contains(words.get(0)))
                .allSatisfy(words -> assertThat(errors(words)).allMatch(MissingParameterException.class::isInstance));
        assertThat(mentions.stream()
                        .map(words -> words.get(0).replaceFirst("=.*", ""))
                        .filter(word -> word.startsWith("--") && !word.equals(FOREIGN_OPTION)))
                .isSubsetOf(options);
    }

    @Test
    void shouldKeepTheReadmeShortAndHaveItNameEveryGuide() throws IOException {
        Guide readme = Guide.read(README);

        Set<Path> named = readme.linkedFiles();

        assertThat(readme.commandLines()).contains(List.of("run"));
        assertThat(guides().filter(guide -> !guide.equals(README))).isNotEmpty().allMatch(named::contains);
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(MOST_LINES_OF_README);
    }

    @Test
    void shouldFindWhatLeadsNowhere() throws IOException {
        Files.writeString(folder.resolve("other.md"), "# The `other`'s head\n");
        Path file = Files.writeString(folder.resolve("guide.md"), """
                # Head
                [a](other.md) [b](other.md#the-others-head) [c](#head) <https://example.org> ![d](none.png)

                | [e](other.md#none) |
                |---|
                | [f](#none) |

                ```
                $ ionstream model list --cell-model=a \\
                      --no-such-option | tee file
                echo "$(java -jar target/ionstream.jar no-such-command 'a b') c"
                ionstream.models.v1 is no command
                ```

                `ionstream run --nothing` and `evaluate --neither`, `model keys`
                """);

        Guide guide = Guide.read(file);

        assertThat(guide.brokenLinks()).containsExactly("none.png", "other.md#none", "#none");
        assertThat(guide.commandLines())
                .containsExactly(
                        List.of("model", "list", "--cell-model=a", "--no-such-option"),
                        List.of("no-such-command", "a b"))
                .allSatisfy(words -> assertThat(errors(words)).hasSize(1));
        assertThat(guide.mentions().stream().map(GuidesTest::errors))
                .satisfiesExactly(
                        run -> assertThat(run).hasOnlyElementsOfType(UnmatchedArgumentException.class),
                        evaluate -> assertThat(evaluate).hasAtLeastOneElementOfType(UnmatchedArgumentException.class),
                        keys -> assertThat(keys).hasOnlyElementsOfType(MissingParameterException.class));
    }

    private static Stream<Path> markdown(Path part) {
        try (Stream<Path> files = Files.walk(part)) {
            return files
                    .filter(file -> file.toString().endsWith(".md") && !file.startsWith(part.resolve("target")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All of them, of the command and those that it is under. */
    private static List<Exception> errors(List<String> words) {
        CommandLine program = IonstreamMain.commandLine();
        EveryCommandTest.all(program)
                .forEach(command -> command.getCommandSpec().parser().collectErrors(true));
        return program.parseArgs(words.toArray(String[]::new)).asCommandLineList().stream()
                .flatMap(command -> command.getParseResult().errors().stream())
                .toList();
    }
}
