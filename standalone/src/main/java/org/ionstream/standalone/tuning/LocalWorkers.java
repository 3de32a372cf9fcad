package org.ionstream.standalone.tuning;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ionstream.standalone.IonstreamMain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tuning workers on this machine, each a process of its own, as PyTorch records the gradients of one training per process.
 * One that ends by itself is started again, a few times. They end with this process. Not thread-safe.
 */
public final class LocalWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWorkers.class);
    private static final int MOST_RESTARTS = 3;
    private static final long LONGEST_STOP_S = 20;

    private static final class Worker {
        private final String name;
        private Process process;
        private int restarts;

        Worker(String name) {
            this.name = name;
        }
    }

    private final Path logs;
    private final Path argumentFile;
    private final List<Worker> workers = new ArrayList<>();

    /**
     * @param count of processes; 0: none
     * @param logs directory of their logs
     * @param arguments of the command {@code tune worker}, without the instance
     */
    public LocalWorkers(int count, Path logs, List<String> arguments) {
        this.logs = logs;
        this.argumentFile = written(logs, arguments);
        for (int i = 1; i <= count; i++) {
            Worker worker = new Worker("local-" + i);
            start(worker);
            workers.add(worker);
        }
    }

    /**
     * Starts again whichever has ended.
     *
     * @throws IllegalStateException if one ends again and again
     */
    public void check() {
        for (Worker worker : workers) {
            if (!worker.process.isAlive()) {
                if (worker.restarts == MOST_RESTARTS) {
                    throw new IllegalStateException(
                            "worker %s ended %d times, last with exit code %d; see %s, perhaps it needs more memory"
                                    .formatted(
                                            worker.name, MOST_RESTARTS + 1, worker.process.exitValue(), log(worker)));
                }
                LOG.warn(
                        "worker {} ended with exit code {}, is started again", worker.name, worker.process.exitValue());
                worker.restarts++;
                start(worker);
            }
        }
    }

    /** A file that only its owner reads: client settings may be secrets, and command lines are not. */
    private static Path written(Path folder, List<String> arguments) {
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "worker-", ".arguments");
            Files.write(file, arguments.stream().map(LocalWorkers::quoted).toList());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the arguments of workers into " + folder, e);
        }
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private File log(Worker worker) {
        return logs.resolve("worker-" + worker.name + ".log").toFile();
    }

    private void start(Worker worker) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IonstreamMain.class.getName(),
                "tune",
                "worker",
                "--instance=" + worker.name,
                "--parent=" + ProcessHandle.current().pid(),
                "@" + argumentFile);
        try {
            worker.process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(worker)))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start worker " + worker.name, e);
        }
    }

    @Override
    public void close() {
        workers.forEach(worker -> worker.process.destroy());
        for (Worker worker : workers) {
            try {
                if (!worker.process.waitFor(LONGEST_STOP_S, TimeUnit.SECONDS)) {
                    worker.process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                worker.process.destroyForcibly();
            }
        }
        try {
            Files.deleteIfExists(argumentFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + argumentFile, e);
        }
    }
}
