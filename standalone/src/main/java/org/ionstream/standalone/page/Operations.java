package org.ionstream.standalone.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.deadletter.DeadLetter;

/**
 * How the installation does, for those who keep it running: {@code GET /lags}, how far the stages are behind and the
 * newest dead letters; {@code GET /stages}, what the stages measure. Bounded memory, thread-safe.
 */
final class Operations implements AutoCloseable {
    private static final int MOST_LETTERS = 50;

    private final Topics topics;
    private final Admin admin;
    private final Supplier<String> metrics;
    private final Deque<Letter> letters = new ArrayDeque<>();

    /** A dead letter without its bytes. */
    record Letter(String topic, String place, String at, String stage, String origin, String reason, int bytes) {
        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.topic(),
                    letter.place(),
                    letter.at(),
                    letter.stage(),
                    letter.origin(),
                    letter.reason(),
                    letter.bytes());
        }
    }

    /** @param metrics of the stages, in Prometheus' text format; empty where nobody is asked for them */
    Operations(KafkaSettings kafka, Topics topics, Supplier<String> metrics) {
        this.topics = topics;
        this.admin = Admin.create(kafka.common());
        this.metrics = metrics;
    }

    /** Has the newest dead letters told to this. */
    void follow(TopicFollower follower) {
        topics.all()
                .forEach(topic -> follower.followRecords(
                        topic.deadLetters(),
                        MOST_LETTERS,
                        received -> DeadLetter.read(topic.name(), received)
                                .map(Letter::of)
                                .ifPresent(this::keep)));
    }

    void serveOn(HttpEndpoint endpoint) {
        endpoint.route("/lags", new SameHost(HttpEndpoint.reading("/lags", this::tell)));
        endpoint.route("/stages", new SameHost(HttpEndpoint.reading("/stages", this::measured)));
    }

    private void tell(HttpExchange exchange) throws IOException {
        try {
            Dashboard.send(
                    exchange,
                    200,
                    Map.of("lags", Lag.of(admin, topics.prefix()), "letters", letters(), "complaint", ""));
        } catch (KafkaException e) {
            String complaint = "the broker does not tell how far the stages are: " + e.getMessage();
            Dashboard.send(exchange, 200, Map.of("lags", List.of(), "letters", letters(), "complaint", complaint));
        }
    }

    private void measured(HttpExchange exchange) throws IOException {
        HttpEndpoint.send(exchange, 200, "text/plain; charset=utf-8", HttpEndpoint.bytes(metrics.get()));
    }

    private synchronized void keep(Letter letter) {
        letters.addLast(letter);
        if (letters.size() > MOST_LETTERS) {
            letters.removeFirst();
        }
    }

    private synchronized List<Letter> letters() {
        return List.copyOf(letters);
    }

    @Override
    public void close() {
        admin.close();
    }
}
