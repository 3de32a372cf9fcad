package org.ionstream.standalone.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One open stream of server-sent events: a bounded queue and a thread of its own that writes it, as writing to a reader who
 * does not read blocks.
 */
final class EventStream {
    private static final int MOST_QUEUED = 64;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] BEAT = {':', '\n', '\n'};

    private final HttpExchange exchange;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(MOST_QUEUED);
    private final Map<String, byte[]> sent = new HashMap<>();
    private final Thread writer;

    /** @param ended told by the writing thread that the stream is closed */
    EventStream(HttpExchange exchange, Consumer<EventStream> ended) {
        this.exchange = exchange;
        writer = new Thread(() -> write(ended), "page-events");
        writer.setDaemon(true);
    }

    void start() {
        writer.start();
    }

    /**
     * Queues what this reader has not been sent yet. Called by one thread.
     *
     * @return false if the reader is too slow, so that it must be dropped
     */
    boolean offer(Map<String, byte[]> events) {
        for (Map.Entry<String, byte[]> event : events.entrySet()) {
            byte[] before = sent.put(event.getKey(), event.getValue());
            if (!Arrays.equals(before, event.getValue()) && !queue.offer(event.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Frees a thread that is blocked in writing too: an interrupt closes the channel. */
    void drop() {
        writer.interrupt();
    }

    private void write(Consumer<EventStream> ended) {
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            while (true) {
                byte[] next = queue.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                out.write(next == null ? BEAT : next);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // the reader has gone, or was dropped
        } finally {
            ended.accept(this);
        }
    }
}
