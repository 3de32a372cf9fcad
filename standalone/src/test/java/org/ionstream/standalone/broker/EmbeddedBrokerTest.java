package org.ionstream.standalone.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @Test
    void shouldSayWhichPortIsTaken(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> new EmbeddedBroker(directory, port))
                    .hasMessageContaining("port %d is in use".formatted(port))
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void shouldSayThatItCannotWriteAndWhatToDo(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));

        assertThatThrownBy(() -> new EmbeddedBroker(file.resolve("state"), EmbeddedBroker.freePort()))
                .hasMessageContaining("cannot write to")
                .hasMessageContaining("--state");
    }
}
