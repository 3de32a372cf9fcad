package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for all commands, walked over as the command line has them. */
class EveryCommandTest {
    /** Made by the command line's library. */
    private static final String OUTSIDE = "ionstream generate-completion";

    static Stream<String> commands() {
        return all(IonstreamMain.commandLine())
                .map(command -> command.getCommandSpec().qualifiedName())
                .filter(name -> !name.equals(OUTSIDE) && !name.equals("ionstream"));
    }

    static Stream<String> examples() {
        return all(IonstreamMain.commandLine()).flatMap(command -> examples(command).stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldHelpWithAnExampleAndTheExitCodes(String command) {
        StringWriter out = new StringWriter();
        CommandLine commandLine = IonstreamMain.commandLine().setOut(new PrintWriter(out));

        int exitCode = commandLine.execute((command.substring("ionstream ".length()) + " --help").split(" "));

        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("Example", command + "", "Exit codes:", "2   options or input that are wrong");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldDescribeItselfAndItsOptions(String command) {
        CommandLine found = all(IonstreamMain.commandLine())
                .filter(candidate -> candidate.getCommandSpec().qualifiedName().equals(command))
                .findFirst()
                .orElseThrow();

        assertThat(found.getCommandSpec().usageMessage().description()).isNotEmpty();
        for (OptionSpec option : found.getCommandSpec().options()) {
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldUnderstandItsOwnExamples(String example) {
        List<String> words = ShellWords.of(example);

        assertThat(words.get(0)).isEqualTo("ionstream");
        assertThatCode(() -> IonstreamMain.commandLine()
                        .parseArgs(words.subList(1, words.size()).toArray(new String[0])))
                .doesNotThrowAnyException();
    }

    /** The command and all below it. */
    static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(EveryCommandTest::all));
    }

    /** A line that begins with two blanks and ionstream, or with a pipe into it, and the lines that go on with it. */
    private static List<String> examples(CommandLine command) {
        List<String> examples = new ArrayList<>();
        for (String line : command.getCommandSpec().usageMessage().footer()) {
            int from = line.indexOf("ionstream ");
            if (line.matches(" {2}(\\S.* \\| )?ionstream .*")) {
                examples.add(line.substring(from));
            } else if (line.startsWith("      -") && !examples.isEmpty()) {
                examples.add(examples.remove(examples.size() - 1) + " " + line.strip());
            }
        }
        return examples;
    }
}
