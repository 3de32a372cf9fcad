package org.ionstream.standalone.command;

import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ionstream.schemas.operation.Health;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.ionstream.schemas.operation.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A stage that has a process to itself: started, watched until a signal comes or one of its threads ends, closed. Options of
 * every command that is such a process.
 */
final class StageProcess {
    private static final Logger LOG = LoggerFactory.getLogger(StageProcess.class);
    private static final long LOOK_EVERY_MS = 200;

    /**
     * What was started.
     *
     * @param part to close at the end
     * @param ready whether it does its work now
     * @param failure what ended a thread of it, if anything did
     * @param routes of HTTP that it answers itself
     */
    record Running(
            AutoCloseable part,
            BooleanSupplier ready,
            Supplier<Optional<Throwable>> failure,
            Map<String, HttpHandler> routes) {

        Running(AutoCloseable part, BooleanSupplier ready, Supplier<Optional<Throwable>> failure) {
            this(part, ready, failure, Map.of());
        }

        boolean isSound() {
            return failure.get().isEmpty();
        }
    }

    /** Starts it. */
    @FunctionalInterface
    interface Starter {
        /** @param meters for its measurements */
        Running start(MeterRegistry meters) throws Exception;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            defaultValue = "${env:IONSTREAM_READY_FILE}",
            description = "Exists while this process does its work, for health checks; the environment variable "
                    + "IONSTREAM_READY_FILE names it too. Default: none")
    private Path readyFile;

    @Mixin
    private HttpOptions http;

    @Mixin
    private LogOption log;

    private final AtomicReference<Running> running = new AtomicReference<>();

    /** @return exit code: 0 after a signal, 1 after a failure, 2 if the settings are wrong */
    int run(Starter starter) throws InterruptedException {
        log.apply();
        StopSignal stop = StopSignal.handled();
        try (Meters meters = new Meters()) {
            showReady(false);
            Optional<HttpEndpoint> endpoint = http.open();
            try {
                endpoint.ifPresent(present -> serve(present, meters));
                return run(starter, meters, endpoint, stop);
            } finally {
                endpoint.ifPresent(HttpEndpoint::close);
            }
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void serve(HttpEndpoint endpoint, Meters meters) {
        meters.serveOn(endpoint);
        new Health(
                        () -> running.get() == null || running.get().isSound(),
                        () -> running.get() != null,
                        () -> running.get() != null
                                && running.get().isSound()
                                && running.get().ready().getAsBoolean())
                .serveOn(endpoint);
        LOG.info("{} answers on http://localhost:{}/metrics and /health/ready", spec.name(), endpoint.port());
    }

    private int run(Starter starter, Meters meters, Optional<HttpEndpoint> endpoint, StopSignal stop)
            throws InterruptedException {
        Optional<Running> started = start(() -> starter.start(meters.registry()), stop);
        if (started.isEmpty()) {
            return ExitCode.OK;
        }
        running.set(started.get());
        endpoint.ifPresent(present -> started.get().routes().forEach(present::route));
        return watch(started.get(), stop);
    }

    /** In a thread of its own, so that a signal is answered also while the broker is awaited; empty: stopped before. */
    private static Optional<Running> start(Callable<Running> start, StopSignal stop) throws InterruptedException {
        FutureTask<Running> starting = new FutureTask<>(start);
        Thread thread = new Thread(starting, "start");
        thread.setDaemon(true);
        thread.start();
        while (!starting.isDone()) {
            if (stop.await(LOOK_EVERY_MS)) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(starting.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause().toString(), e.getCause());
        }
    }

    private int watch(Running running, StopSignal stop) throws InterruptedException {
        boolean ready = false;
        while (!stop.await(LOOK_EVERY_MS) && running.failure().get().isEmpty()) {
            if (ready != running.ready().getAsBoolean()) {
                ready = !ready;
                showReady(ready);
                LOG.info("{} {}", spec.name(), ready ? "ready" : "not ready, waits for the broker");
            }
        }
        showReady(false);
        Optional<Throwable> failure = running.failure().get();
        close(running.part());
        failure.ifPresent(this::report);
        return failure.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void report(Throwable failure) {
        spec.commandLine()
                .getErr()
                .printf("%s: a thread ended, start this process again: %s%n", spec.qualifiedName(), failure);
        spec.commandLine().getErr().flush();
    }

    private static void close(AutoCloseable part) throws InterruptedException {
        try {
            part.close();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("not closed cleanly: " + e, e);
        }
    }

    private void showReady(boolean ready) {
        if (readyFile == null) {
            return;
        }
        try {
            Files.deleteIfExists(readyFile);
            if (ready) {
                Files.createFile(readyFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s of --ready-file".formatted(readyFile), e);
        }
    }
}
