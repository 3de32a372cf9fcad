package org.ionstream.standalone.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.standalone.activity.Activity;
import org.ionstream.trainer.http.CommandRoute;

/**
 * The page's side of an installation, through its topics alone: it may be far away from the stages.
 *
 * <ul>
 *   <li>{@code /answers}, {@code /protocols}: {@link ProtocolDesk}.
 *   <li>{@code GET /chronicle}: {@link Chronicle}.
 *   <li>{@code GET /events}: {@link LiveEvents}, at most one of a kind a second.
 *   <li>{@code POST /commands}, {@code GET /commands/ID} with the token: orders to the trainer.
 *   <li>{@code GET /lags}, {@code GET /stages}: {@link Operations}.
 *   <li>{@code GET /session}: {@link Session}.
 * </ul>
 */
public final class Dashboard implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final Duration EVENT_PERIOD = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics topics;
    private final Session session = new Session();
    private final Chronicle chronicle = new Chronicle();
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecentAnswers answers = new RecentAnswers();
    private final ProtocolDesk protocols;
    private final Operations operations;
    private final EventStreams events;
    private final TopicFollower follower;
    private final WatchedThread thread;

    /**
     * @param activity what is going on now
     * @param metrics of the stages, in Prometheus' text format; empty where nobody is asked for them
     */
    public Dashboard(KafkaSettings kafka, Topics topics, Supplier<Activity> activity, Supplier<String> metrics) {
        this.topics = topics;
        producer = new KafkaProducer<>(kafka.producer());
        protocols = new ProtocolDesk(kafka, topics, producer, session.token(), answers);
        operations = new Operations(kafka, topics, metrics);
        events = new EventStreams(new LiveEvents(activity, answers, chronicle), EVENT_PERIOD);
        follower = new TopicFollower("the page's chronicle", kafka);
        follower.follow(topics.models, (release, received) -> chronicle.released(release));
        follower.follow(topics.drift, (report, received) -> chronicle.reported(report));
        follower.follow(topics.training, (report, received) -> chronicle.reported(report));
        follower.follow(topics.commandResults, (result, received) -> chronicle.answered(result));
        follower.follow(topics.trials, (trial, received) -> chronicle.ordered(trial));
        follower.follow(topics.trialResults, (result, received) -> chronicle.tried(result));
        operations.follow(follower);
        follower.followNew(topics.discrepancies, (discrepancy, received) -> chronicle.compared(discrepancy));
        thread = new WatchedThread("page-chronicle", follower);
        thread.start();
    }

    public void serveOn(HttpEndpoint endpoint) {
        protocols.serveOn(endpoint);
        operations.serveOn(endpoint);
        endpoint.route("/session", new SameHost(HttpEndpoint.reading("/session", session)));
        endpoint.routeKeptOpen("/events", new SameHost(HttpEndpoint.reading("/events", events)));
        endpoint.route("/chronicle", new SameHost(HttpEndpoint.reading("/chronicle", this::chronicle)));
        endpoint.route(
                CommandRoute.PATH, new SameHost(new CommandRoute(session.token(), this::order, chronicle::result)));
    }

    static void send(HttpExchange exchange, int status, Object body) throws IOException {
        HttpEndpoint.send(exchange, status, "application/json", JSON.writeValueAsBytes(body));
    }

    private void chronicle(HttpExchange exchange) throws IOException {
        send(exchange, 200, chronicle.view());
    }

    private void order(Command command) {
        topics.commands.message(command.getCellModel(), command).deliver(producer);
    }

    @Override
    public void close() {
        events.close();
        protocols.close();
        follower.stop();
        thread.join(LONGEST_STOP);
        operations.close();
        producer.close();
    }
}
