package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OptionDefaultsTest {
    @TempDir
    Path folder;

    @Test
    void shouldTakeTheFlagThenTheEnvironmentThenTheFile() {
        Map<String, String> environment = Map.of("IONSTREAM_RATE", "2");
        Properties file = properties("rate=3\nseed=4");

        assertThat(rate(environment, file, "--rate=1")).isEqualTo(1);
        assertThat(rate(environment, file)).isEqualTo(2);
        assertThat(rate(Map.of(), file)).isEqualTo(3);
        assertThat(rate(Map.of(), new Properties())).isZero();
        assertThat(rate(Map.of(), properties("rate=3\npublish.rate=5\nwatch.rate=6")))
                .isEqualTo(5);
    }

    @Test
    void shouldNotMistakeAKubernetesServiceForAnOption() {
        assertThat(rate(Map.of("IONSTREAM_RATE", "tcp://10.0.0.1:80"), new Properties()))
                .isZero();
    }

    @Test
    void shouldRefuseAFileWithAnUnknownName() throws IOException {
        Path file = Files.writeString(folder.resolve("ionstream.properties"), "reference.audit-shares=0.1\n");

        assertThatThrownBy(() -> OptionDefaults.read(file, Set.of("audit-share")))
                .hasMessageContaining("has 'reference.audit-shares', which is no option");
        assertThat(IonstreamMain.execute("cells", "--config=" + file)).isEqualTo(2);
        assertThat(IonstreamMain.execute("cells", "--config=" + folder.resolve("none")))
                .isEqualTo(2);
    }

    @Test
    void shouldTakeAFileWithEveryCommand() throws IOException {
        Path file = Files.writeString(folder.resolve("ionstream.properties"), "cells.format=xml\n");

        assertThat(IonstreamMain.execute("cells", "--config=" + file))
                .as("xml is no format")
                .isEqualTo(2);
        assertThat(IonstreamMain.execute("cells", "--format=text", "--config=" + file))
                .isZero();
    }

    private Properties properties(String text) {
        try {
            Path file = Files.writeString(folder.resolve("read.properties"), text);
            return OptionDefaults.read(file, Set.of("rate", "seed"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double rate(Map<String, String> environment, Properties file, String... options) {
        CommandLine commandLine =
                IonstreamMain.commandLine().setDefaultValueProvider(new OptionDefaults(environment, file));
        String[] arguments = new String[options.length + 1];
        arguments[0] = "publish";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return commandLine
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .findOption("--rate")
                .getValue();
    }
}
