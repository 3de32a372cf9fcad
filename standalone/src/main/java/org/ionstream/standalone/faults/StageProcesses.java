package org.ionstream.standalone.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ionstream.standalone.IonstreamMain;

/**
 * Parts of an installation as processes of their own, by name, to be ended in all ways there are. When this process is told to
 * stop they end with it. Not thread-safe, but for {@link #close}.
 */
final class StageProcesses implements AutoCloseable {
    private static final long LONGEST_STOP_S = 60;

    private final Path logs;
    private final Map<String, Process> running = new LinkedHashMap<>();
    private boolean closed;

    StageProcesses(Path logs) {
        this.logs = logs;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /**
     * @param options of the virtual machine
     * @throws IllegalStateException once closed: what the end of this process has ended is not started again
     */
    synchronized void start(String name, List<String> options, String... command) {
        if (closed) {
            throw new IllegalStateException(name + " is not started: all parts are being ended");
        }
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx700m"));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), IonstreamMain.class.getName()));
        line.addAll(List.of(command));
        try {
            running.put(
                    name,
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                    logs.resolve(name + ".log").toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    boolean isAlive(String name) {
        return running.get(name).isAlive();
    }

    /** As kill -9 does. */
    void kill(String name) throws InterruptedException {
        awaitEnd(name, running.get(name).destroyForcibly());
    }

    /** As SIGTERM does; the part finishes what it has in hand. */
    void terminate(String name) throws InterruptedException {
        running.get(name).destroy();
        awaitEnd(name, running.get(name));
    }

    /** That it ends by itself. */
    void awaitEnd(String name) throws InterruptedException {
        awaitEnd(name, running.get(name));
    }

    private void awaitEnd(String name, Process process) throws InterruptedException {
        if (!process.waitFor(LONGEST_STOP_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("%s did not end within %d s; see %s".formatted(name, LONGEST_STOP_S, logs));
        }
    }

    /** Stands still, as with SIGSTOP, until {@link #goOn}. */
    void freeze(String name) throws InterruptedException {
        signal(name, "STOP");
    }

    void goOn(String name) throws InterruptedException {
        signal(name, "CONT");
    }

    private void signal(String name, String signal) throws InterruptedException {
        try {
            int exit = new ProcessBuilder(
                            "sh",
                            "-c",
                            "kill -%s %d".formatted(signal, running.get(name).pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("%s could not be sent to %s".formatted(signal, name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no shell to send signals with", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        running.values().forEach(Process::destroyForcibly);
    }
}
