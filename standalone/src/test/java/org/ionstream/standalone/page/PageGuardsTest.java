package org.ionstream.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.junit.jupiter.api.Test;

/** What the page keeps, and whom it answers. */
class PageGuardsTest {
    @Test
    void shouldAnswerALoopbackAddressOnlyUnderItsOwnNames() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HttpEndpoint endpoint = new HttpEndpoint(free, "choose another")) {
            endpoint.route(
                    "/", new SameHost(exchange -> HttpEndpoint.send(exchange, 200, "text/plain", new byte[] {1})));

            assertThat(statusLine(endpoint.port(), "localhost:" + endpoint.port()))
                    .contains(" 200 ");
            assertThat(statusLine(endpoint.port(), "[::1]")).contains(" 200 ");
            assertThat(statusLine(endpoint.port(), "foreign.example:" + endpoint.port()))
                    .contains(" 421 ");
        }
    }

    @Test
    void shouldKeepWhatWasAskedHereWhileTheStreamGoesOn() {
        RecentAnswers answers = new RecentAnswers();

        answers.asked(protocol("try-1"));
        for (int i = 0; i < 1_000; i++) {
            answers.asked(protocol("streamed-" + i));
        }

        assertThat(answers.find("try-1")).isPresent();
        assertThat(answers.find("streamed-999")).isPresent();
        assertThat(answers.find("streamed-0")).isEmpty();
    }

    private static StimulusProtocol protocol(String id) {
        return StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel("fitzhugh-nagumo-1961")
                .setPulses(List.of())
                .setHorizonMs(100)
                .setOutputStepMs(1)
                .build();
    }

    /** By hand, as the JDK's client lets nobody choose the Host header. */
    private static String statusLine(int port, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
