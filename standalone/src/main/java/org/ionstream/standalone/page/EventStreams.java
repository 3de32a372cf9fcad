package org.ionstream.standalone.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events (WHATWG HTML, section 9.2) for a bounded number of readers. Once a period each is sent what has changed; one
 * who does not keep up is dropped, and connects again by itself. Needs {@link HttpEndpoint#routeKeptOpen}. Thread-safe.
 */
final class EventStreams implements HttpHandler, AutoCloseable {
    static final int MOST_STREAMS = 16;
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final Supplier<Map<String, byte[]>> events;
    private final Set<EventStream> open = new HashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "page-events-clock");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param events as they are now, each under a key: one is sent again when its bytes are others than before
     * @param period shortest time between two events of a key
     */
    EventStreams(Supplier<Map<String, byte[]>> events, Duration period) {
        this.events = events;
        var unused =
                clock.scheduleWithFixedDelay(this::tick, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        EventStream stream = new EventStream(exchange, this::ended);
        if (!begun(stream)) {
            Dashboard.send(exchange, 503, Map.of("error", "%d streams are open; no more".formatted(MOST_STREAMS)));
            return;
        }
        try {
            HttpEndpoint.setHeaders(exchange, "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
        } catch (IOException e) {
            ended(stream);
            throw e;
        }
        stream.start();
    }

    int open() {
        return streams().size();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        streams().forEach(EventStream::drop);
    }

    private synchronized boolean begun(EventStream stream) {
        return open.size() < MOST_STREAMS && open.add(stream);
    }

    private synchronized void ended(EventStream stream) {
        open.remove(stream);
    }

    private synchronized List<EventStream> streams() {
        return List.copyOf(open);
    }

    private void tick() {
        List<EventStream> readers = streams();
        if (readers.isEmpty()) {
            return;
        }
        try {
            Map<String, byte[]> now = events.get();
            readers.stream().filter(reader -> !reader.offer(now)).forEach(EventStream::drop);
        } catch (RuntimeException e) {
            LOG.warn("no events; the readers are let go and come again", e);
            readers.forEach(EventStream::drop);
        }
    }
}
