package org.ionstream.standalone.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.RunIds;
import org.ionstream.producer.file.FileFormat;
import org.ionstream.producer.file.ProtocolFile;
import org.ionstream.producer.file.ProtocolFileException;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.trainer.http.Token;

/**
 * Shows a browser the newest protocols with their answers and takes protocols from it, all through the topics:
 *
 * <ul>
 *   <li>{@code GET /answers}: the newest; {@code GET /answers/ID}: one without its trajectories; {@code
 *       GET /answers/ID/prediction} and {@code /reference}: a trajectory, float32.
 *   <li>{@code POST /protocols} with a JSON protocol and the token: publishes it with route BOTH.
 * </ul>
 */
final class ProtocolDesk implements AutoCloseable {
    private static final int MOST_BYTES = 256 << 10;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Topics topics;
    private final RecentAnswers answers;
    private final RunIds ids = new RunIds(RecentAnswers.ASKED_HERE, new SecureRandom());
    private final KafkaProducer<byte[], byte[]> producer;
    private final Token token;
    private final TopicFollower follower;
    private final WatchedThread thread;

    /**
     * @param producer of the protocols, not closed here
     * @param token that protocols must come with
     * @param answers filled here
     */
    ProtocolDesk(
            KafkaSettings kafka,
            Topics topics,
            KafkaProducer<byte[], byte[]> producer,
            Token token,
            RecentAnswers answers) {
        this.answers = answers;
        this.topics = topics;
        this.producer = producer;
        this.token = token;
        follower = new TopicFollower("the page", kafka);
        follower.followNew(topics.stimuli, (protocol, received) -> answers.asked(protocol));
        follower.followNew(topics.predictions, (prediction, received) -> answers.predicted(prediction));
        follower.followNew(topics.references, (reference, received) -> answers.solved(reference));
        thread = new WatchedThread("page", follower);
        thread.start();
    }

    void serveOn(HttpEndpoint endpoint) {
        endpoint.route("/answers", new SameHost(this::answer));
        endpoint.route("/protocols", new SameHost(this::take));
    }

    @Override
    public void close() {
        follower.stop();
        thread.join(LONGEST_STOP);
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            Dashboard.send(exchange, 405, Map.of("error", "only GET"));
            return;
        }
        String[] path = exchange.getRequestURI().getPath().split("/");
        if (path.length == 2) {
            List<?> lines = answers.newest().stream().map(AnswerView::line).toList();
            Dashboard.send(exchange, 200, lines);
            return;
        }
        Optional<Answered> found = answers.find(path[2]);
        if (found.isPresent() && path.length == 3) {
            Dashboard.send(exchange, 200, AnswerView.of(found.get()));
            return;
        }
        Optional<Trajectory> trajectory = found.flatMap(answered -> trajectory(answered, path[3]));
        if (trajectory.isPresent()) {
            HttpEndpoint.send(exchange, 200, "application/octet-stream", AnswerView.floats(trajectory.get()));
        } else {
            Dashboard.send(exchange, 404, Map.of("error", "not here, or no longer"));
        }
    }

    private static Optional<Trajectory> trajectory(Answered answered, String half) {
        if (half.equals("prediction") && answered.prediction() != null) {
            return Optional.ofNullable(answered.prediction().getTrajectory());
        }
        if (half.equals("reference") && answered.reference() != null) {
            return Optional.ofNullable(answered.reference().getTrajectory());
        }
        return Optional.empty();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (!exchange.getRequestMethod().equals("POST")) {
            Dashboard.send(exchange, 405, Map.of("error", "only POST"));
        } else if (!token.isIn(exchange.getRequestHeaders().getFirst("Authorization"))) {
            Dashboard.send(exchange, 401, Map.of("error", "no token, or a wrong one"));
        } else if (body.length > MOST_BYTES) {
            Dashboard.send(exchange, 413, Map.of("error", "more than %d bytes".formatted(MOST_BYTES)));
        } else {
            publish(exchange, body);
        }
    }

    private void publish(HttpExchange exchange, byte[] body) throws IOException {
        try {
            StimulusProtocol protocol = StimulusProtocol.newBuilder(read(body))
                    .setId(ids.next())
                    .setRoute(Route.BOTH)
                    .build();
            producer.send(topics.stimuli.message(protocol.getId(), protocol).toRecord());
            Dashboard.send(exchange, 202, Map.of("id", protocol.getId()));
        } catch (ProtocolFileException e) {
            Dashboard.send(exchange, 400, Map.of("error", e.getMessage()));
        }
    }

    private static StimulusProtocol read(byte[] body) {
        String line = new String(body, StandardCharsets.UTF_8).replaceAll("\\s*\\R\\s*", " ");
        ProtocolFile file = new ProtocolFile("the protocol", Optional.of(FileFormat.JSON_LINES), "page", true);
        try (ProtocolSource source = file.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))) {
            if (!source.hasNext()) {
                throw new ProtocolFileException("nothing to read; give a JSON object", null);
            }
            return source.next();
        }
    }
}
