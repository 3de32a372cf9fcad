package org.ionstream.standalone.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/** SIGINT and SIGTERM as a request to finish, so that a process that was asked to stop ends with exit code 0. */
final class StopSignal {
    private final CountDownLatch received = new CountDownLatch(1);

    StopSignal() {
        for (String signal : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(signal), ignored -> received.countDown());
        }
    }

    /** @return whether it has come */
    boolean await(long milliseconds) throws InterruptedException {
        return received.await(milliseconds, TimeUnit.MILLISECONDS);
    }
}
