package org.ionstream.standalone.bench;

import java.util.function.Consumer;

/** Tells somebody who waits how far a long task is and how long it will take. One thread. */
public final class Progress {
    private static final long SHORTEST_SILENCE_NS = 2_000_000_000L;

    private final Consumer<String> out;
    private String task;
    private int total;
    private long startedNs;
    private long spokeNs;

    /** @param out receives a line now and then */
    public Progress(Consumer<String> out) {
        this.out = out;
    }

    public void begin(String newTask, int newTotal) {
        task = newTask;
        total = newTotal;
        startedNs = System.nanoTime();
        spokeNs = startedNs;
    }

    /** @param done of the total, which are taken to last equally long */
    public void advance(int done) {
        long now = System.nanoTime();
        if (done < total && now - spokeNs >= SHORTEST_SILENCE_NS) {
            double left = (now - startedNs) / 1e9 / done * (total - done);
            out.accept("%s: %d of %d, about %.0f s left".formatted(task, done, total, left));
            spokeNs = now;
        }
    }
}
