package org.ionstream.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KafkaOptionsTest {
    @Test
    void shouldTakeTheRegistryFromTheFileOfKafkaSettingsAndKeepItFromKafkasClients(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("kafka.properties");
        Files.writeString(file, """
                security.protocol=SSL
                schema.registry.url=https://registry:8081
                basic.auth.user.info=modeller:hush
                """);

        KafkaOptions options = parsed("--kafka-config-file=" + file);

        assertThat(options.settings().clientOverrides()).containsOnlyKeys("security.protocol");
        assertThat(options.topics().toString())
                .contains("https://registry:8081")
                .doesNotContain("hush");
        assertThat(options.clientArguments()).containsExactly("--kafka-config-file=" + file);
    }

    @Test
    void shouldLetTheCommandLineGoBeforeTheFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("kafka.properties");
        Files.writeString(file, "schema.registry.url=http://old:8081\n");

        KafkaOptions options = parsed("--kafka-config-file=" + file, "--schema-registry-url=http://new:8081");

        assertThat(options.topics().toString()).contains("http://new:8081").doesNotContain("old");
        assertThat(options.clientArguments()).contains("--schema-registry-url=http://new:8081");
    }

    @Test
    void shouldKnowNoRegistryUnlessOneIsNamed() {
        assertThat(parsed().topics().registry()).isEmpty();
        assertThat(parsed("--schema-registry-url=").topics().registry()).isEmpty();
    }

    @Test
    void shouldRefuseAnAddressThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parsed("--schema-registry-url=registry:8081").topics())
                .withMessageContaining("schema.registry.url");
    }

    private static KafkaOptions parsed(String... arguments) {
        return CommandLine.populateCommand(new KafkaOptions(), arguments);
    }
}
