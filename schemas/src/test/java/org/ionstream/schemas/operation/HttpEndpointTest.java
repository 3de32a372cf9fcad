package org.ionstream.schemas.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
    private final AtomicBoolean live = new AtomicBoolean(true);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final HttpEndpoint endpoint =
            new HttpEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "choose another");

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void shouldTellItsHealthAsItIsNow() throws Exception {
        new Health(live::get, started::get, ready::get).serveOn(endpoint);

        assertThat(status("/health/live")).isEqualTo(200);
        assertThat(status("/v2/health/live")).isEqualTo(200);
        assertThat(status("/health/started")).isEqualTo(503);
        assertThat(status("/health/ready")).isEqualTo(503);
        assertThat(status("/v2/health/ready")).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("not ready");

        started.set(true);
        ready.set(true);
        live.set(false);
        assertThat(status("/health/started")).isEqualTo(200);
        assertThat(status("/health/ready")).isEqualTo(200);
        assertThat(status("/v2/health/ready")).isEqualTo(200);
        assertThat(status("/health/live")).isEqualTo(503);
    }

    @Test
    void shouldServeTheMeasurementsOfTheProcess() throws Exception {
        try (Meters meters = new Meters()) {
            meters.serveOn(endpoint);
            meters.registry().counter("kafka.consumer.io.time.ns.total").increment();

            HttpResponse<String> metrics = get("/metrics");

            assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain; version=0.0.4");
            assertThat(metrics.body())
                    .contains(
                            "# TYPE jvm_memory_used_bytes gauge",
                            "process_files_open_files",
                            "jvm_threads_live_threads")
                    .containsPattern("process_resident_memory_bytes [1-9]")
                    .doesNotContain("_ns_total");
        }
    }

    @Test
    void shouldAnswerOnlyGetAndOnlyItsPaths() throws Exception {
        new Health(live::get, started::get, ready::get).serveOn(endpoint);

        HttpRequest post = request("/health/live")
                .POST(HttpRequest.BodyPublishers.ofString(""))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(post, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(405);
        assertThat(status("/health/live/long")).isEqualTo(404);
        assertThat(status("/elsewhere")).isEqualTo(404);
    }

    @Test
    void shouldSayWhatToDoAboutATakenPort() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.port());

        assertThatThrownBy(() -> new HttpEndpoint(taken, "choose another with --http-port"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Integer.toString(endpoint.port()))
                .hasMessageContaining("choose another with --http-port");
    }

    private int status(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(endpoint.port(), path)));
    }
}
