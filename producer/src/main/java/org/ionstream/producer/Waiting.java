package org.ionstream.producer;

import java.util.concurrent.locks.LockSupport;

/** The clock of the publisher. */
interface Waiting {
    Waiting SYSTEM = new Waiting() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };

    long nanoTime();

    /** May return early. */
    void sleep(long nanos);
}
