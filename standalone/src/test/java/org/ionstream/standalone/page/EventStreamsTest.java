package org.ionstream.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ionstream.schemas.operation.Health;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {
    private static final int LONG_EVENT = 1 << 20;

    private final AtomicInteger tick = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private final HttpEndpoint endpoint =
            new HttpEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "choose another");
    private volatile int length = 1;
    private final EventStreams streams = new EventStreams(this::events, Duration.ofMillis(20));

    private Map<String, byte[]> events() {
        String growing = "event: status\ndata: %d%s\n\n".formatted(tick.incrementAndGet(), ".".repeat(length));
        return Map.of("same", bytes("event: chronicle\ndata: 7\n\n"), "status", bytes(growing));
    }

    @BeforeEach
    void serve() {
        endpoint.routeKeptOpen("/events", streams);
        new Health(() -> true, () -> true, () -> true).serveOn(endpoint);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        streams.close();
        endpoint.close();
    }

    @Test
    void shouldAnswerHealthWhileAllStreamsAreOpenAndRefuseOneMore() throws IOException {
        List<BufferedReader> readers = new ArrayList<>();
        for (int i = 0; i < EventStreams.MOST_STREAMS; i++) {
            readers.add(get("/events"));
        }
        for (BufferedReader reader : readers) {
            assertThat(reader.readLine()).contains(" 200 ");
        }

        assertThat(get("/health/live").readLine()).contains(" 200 ");
        assertThat(get("/events").readLine()).contains(" 503 ");
    }

    @Test
    void shouldSendWhatHasChangedAndTheRestOnce() throws IOException {
        BufferedReader reader = get("/events");

        List<String> heard = new ArrayList<>();
        while (heard.stream().filter("event: status"::equals).count() < 3) {
            heard.add(reader.readLine());
        }

        assertThat(heard).contains("Content-type: text/event-stream");
        assertThat(heard).containsOnlyOnce("event: chronicle");
    }

    @Test
    void shouldDropAReaderWhoDoesNotReadAndServeTheOthers() throws IOException {
        length = LONG_EVENT;
        get("/events");
        await().until(() -> streams.open() == 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> streams.open() == 0);

        length = 1;
        assertThat(get("/events").readLine()).contains(" 200 ");
    }

    @Test
    void shouldForgetAReaderWhoHasGone() throws IOException {
        get("/events");
        await().until(() -> streams.open() == 1);

        sockets.get(0).close();

        await().until(() -> streams.open() == 0);
    }

    private BufferedReader get(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(bytes("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path)));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
