package org.ionstream.standalone.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets work in hand be finished when the process is interrupted: asks it to stop and waits, with a limit, for the end. */
final class BeforeExit implements AutoCloseable {
    private static final long LONGEST_WAIT_S = 5;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    BeforeExit(Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            try {
                finished.await(LONGEST_WAIT_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The work is finished. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is exiting: the hook runs already
        }
    }
}
