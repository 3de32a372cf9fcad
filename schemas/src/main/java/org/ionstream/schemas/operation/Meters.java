package org.ionstream.schemas.operation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The measurements of a process, as {@code /metrics} in Prometheus' text format: those of the JVM, of memory and file
 * descriptors, and what stages register. Thread-safe.
 */
public final class Meters implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** What libraries name against Prometheus' rules (nanoseconds, counts that are none), or tell of every connection. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "kafka\\..*(\\.ns\\.(avg|total)|\\.ms|\\.count)"
                    + "|kafka\\..*\\.(node\\.|.*authentication).*|kafka\\.admin\\..*|process\\.cpu\\.time|system\\.cpu\\.count");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Meters() {
        registry.config()
                .meterFilter(
                        MeterFilter.deny(id -> LEFT_OUT.matcher(id.getName()).matches()));
        List<MeterBinder> binders = List.of(
                collections,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new FileDescriptorMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        Gauge.builder(
                        "process.resident.memory",
                        () -> ProcessMemory.residentBytes().orElse(0))
                .baseUnit("bytes")
                .description("Resident memory, the native part included")
                .register(registry);
    }

    /** For what is to be measured besides. */
    public MeterRegistry registry() {
        return registry;
    }

    public void serveOn(HttpEndpoint endpoint) {
        endpoint.route(
                "/metrics",
                HttpEndpoint.reading(
                        "/metrics", exchange -> HttpEndpoint.send(exchange, 200, TEXT, HttpEndpoint.bytes(text()))));
    }

    /** All of them as they are now, in Prometheus' text format. */
    public String text() {
        return registry.scrape(TEXT);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
