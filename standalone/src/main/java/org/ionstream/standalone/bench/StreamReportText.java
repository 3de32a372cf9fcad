package org.ionstream.standalone.bench;

import java.io.PrintWriter;
import java.util.Locale;

/** The report of the stream's bench, for people. */
public final class StreamReportText {
    private final PrintWriter out;

    public StreamReportText(PrintWriter out) {
        this.out = out;
    }

    public void print(StreamReport report) {
        line("%s", report.machine().line(report.date()));
        StreamBench.Settings settings = report.settings();
        line(
                "surrogate on %s, %d threads, batches of %d; %,d protocols a stream, %d rounds, seed %d; all in one process",
                settings.device(),
                settings.threads(),
                settings.batch(),
                settings.protocols(),
                settings.rounds(),
                settings.seed());
        report.cellModels().forEach(this::print);
        out.flush();
    }

    private void print(StreamReport.OfCellModel measured) {
        line("");
        line("%s: the model alone predicts %,.0f/s", measured.modelId(), measured.barePerSecond());
        line("stage without a broker, microseconds per protocol");
        line(
                "  %-16s %10s %8s %8s %10s %8s %22s",
                "output", "bytes", "decode", "inputs", "inference", "outputs", "of the bare model");
        for (StageCost.Row row : measured.costs()) {
            line(
                    "  %-16s %,10d %8.1f %8.1f %10.1f %8.1f %20.0f %%",
                    row.output().title(),
                    row.bytes(),
                    row.decode(),
                    row.inputs(),
                    row.inference(),
                    row.outputs(),
                    100 * row.share());
        }
        line("stream through a broker");
        line(
                "  %-16s %12s %8s %10s %10s %22s",
                "output", "protocols/s", "MB/s", "answering", "committing", "of the bare model");
        for (int i = 0; i < measured.streams().size(); i++) {
            BrokeredStream.Throughput stream = measured.streams().get(i);
            StageCost.Row row = measured.costs().get(i);
            line(
                    "  %-16s %,12.0f %8.1f %8.0f %% %8.0f %% %20.0f %%",
                    row.output().title(),
                    stream.perSecond(),
                    stream.perSecond() * row.bytes() / 1e6,
                    100 * stream.answering(),
                    100 * stream.committing(),
                    100 * stream.perSecond() / measured.barePerSecond());
        }
        BrokeredStream.Latency latency = measured.latency();
        line(
                "publish to prediction at %.0f/s: median %.1f ms, p99 %.1f ms, longest %.1f ms",
                latency.perSecond(), latency.medianMs(), latency.p99Ms(), latency.largestMs());
        PlainThroughput.Row plain = measured.plain();
        line("Kafka without a model, the same bytes; microseconds of a processor are of client and broker together");
        print("producer", plain.producer(), plain.producer());
        print("loop, at least once", plain.atLeastOnce(), plain.producer());
        print("loop, exactly once", plain.exactlyOnce(), plain.producer());
    }

    private void print(String way, PlainThroughput.Speed speed, PlainThroughput.Speed producer) {
        line(
                "  %-20s %,10.0f/s %8.1f us %8.0f %% of the producer",
                way, speed.perSecond(), speed.processorMicros(), 100 * speed.perSecond() / producer.perSecond());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
