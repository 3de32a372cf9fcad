package org.ionstream.standalone.command;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.WatchedThread;
import org.ionstream.standalone.activity.ActivityWatch;
import org.ionstream.standalone.activity.TopicTail;
import org.ionstream.standalone.page.Dashboard;
import org.ionstream.standalone.page.SameHost;
import org.ionstream.standalone.page.StageMetrics;
import org.ionstream.standalone.page.StatusPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The page alone, of an installation elsewhere. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description =
                "Serves the page of an installation: action potentials as they stream, protocols to try, "
                        + "drift, models, training, lag. What it shows comes from the topics, and with --metrics from the stages.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream dashboard --bootstrap-servers=kafka:9092 --page-port=8080")
public final class DashboardCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardCommand.class);

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--page-port", defaultValue = "8080", description = "Of the page. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--page-address",
            defaultValue = "localhost",
            description = "To listen on. On another than the loopback interface the page sends and orders nothing. "
                    + "Default: ${DEFAULT-VALUE}")
    private String address;

    @Option(
            names = "--metrics",
            paramLabel = "URL",
            split = ",",
            description =
                    "Where the stages tell what they measure, e.g. http://surrogate:9404/metrics, for rates, batches "
                            + "and latencies. Default: none")
    private List<URI> metrics = List.of();

    @Mixin
    private StageProcess process;

    @Override
    public Integer call() throws InterruptedException {
        return process.run(meters -> {
            kafka.checkTopics();
            return serve(kafka.settings(), kafka.topics());
        });
    }

    private StageProcess.Running serve(KafkaSettings settings, Topics topics) {
        ActivityWatch watch = new ActivityWatch();
        TopicTail tail = new TopicTail(settings, topics, watch);
        WatchedThread tailThread = new WatchedThread("summary", tail);
        HttpEndpoint endpoint = new HttpEndpoint(
                new InetSocketAddress(address, port), "choose another with --page-port or --page-address");
        Dashboard dashboard = new Dashboard(settings, topics, () -> watch.now(0), new StageMetrics(metrics));
        endpoint.route("/", new SameHost(new StatusPage(() -> watch.now(0))));
        dashboard.serveOn(endpoint);
        tailThread.start();
        LOG.info("page at http://{}:{}", address, endpoint.port());
        AutoCloseable all = () -> {
            endpoint.close();
            dashboard.close();
            tail.stop();
        };
        return new StageProcess.Running(all, tailThread::isAlive, Optional::empty);
    }
}
