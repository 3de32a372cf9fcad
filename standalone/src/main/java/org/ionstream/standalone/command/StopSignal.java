package org.ionstream.standalone.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/** Ctrl-C, or a container engine's request to stop: the process goes on and may finish its work. Thread-safe. */
final class StopSignal {
    private final CountDownLatch received = new CountDownLatch(1);

    private StopSignal() {}

    /** From now on SIGINT and SIGTERM no longer end the process. */
    static StopSignal handled() {
        StopSignal stop = new StopSignal();
        for (String signal : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(signal), any -> stop.received.countDown());
        }
        return stop;
    }

    /** Waits for it, at most so long; true once it has come. */
    boolean await(long milliseconds) throws InterruptedException {
        return received.await(milliseconds, TimeUnit.MILLISECONDS);
    }
}
