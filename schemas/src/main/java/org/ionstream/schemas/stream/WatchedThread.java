package org.ionstream.schemas.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that works until it is told to stop. If an exception ends it, that is kept for those who watch the process. */
public final class WatchedThread {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedThread.class);

    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    public WatchedThread(String name, Runnable work) {
        thread = new Thread(work, name);
        thread.setUncaughtExceptionHandler((ended, fault) -> {
            failure.set(fault);
            LOG.error("{} ended; stop this process and start it again", ended.getName(), fault);
        });
    }

    public void start() {
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    /** What ended it; then the process is to be stopped and started again. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** Waits for its end, at most so long. */
    public void join(Duration longest) {
        try {
            thread.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
