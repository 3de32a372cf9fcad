package org.ionstream.trainer.data;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.ionstream.trainer.fno.TrainingData;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * Training data without end: every few epochs another set of protocols, solved in the background while the network trains on
 * the one before. Which protocols an epoch has depends on its number only. Not thread-safe.
 */
public final class FreshLabels implements TrainingData, AutoCloseable {
    private final IntFunction<TrajectorySet> sets;
    private final int epochsPerSet;
    private final int protocols;
    private final ExecutorService solving = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "fresh-labels");
        thread.setDaemon(true);
        return thread;
    });
    private TrajectorySet current;
    private int currentNumber;
    /** The set being solved in the background; none before the first epoch. */
    private int nextNumber;

    private CompletableFuture<TrajectorySet> next;

    /**
     * @param first set 0, solved
     * @param sets solves a set by its number, all of one size
     * @param epochsPerSet 0: the first set for all epochs
     */
    public FreshLabels(TrajectorySet first, IntFunction<TrajectorySet> sets, int epochsPerSet) {
        this.sets = sets;
        this.epochsPerSet = epochsPerSet == 0 ? Integer.MAX_VALUE : epochsPerSet;
        this.protocols = first.size();
        this.current = first;
    }

    @Override
    public int protocols() {
        return protocols;
    }

    @Override
    public TrajectorySet epoch(int epoch) {
        int number = epoch / epochsPerSet;
        if (number != currentNumber) {
            current = null;
            current = number == nextNumber ? next.join() : sets.apply(number);
            currentNumber = number;
        }
        if (nextNumber != number + 1 && epochsPerSet < Integer.MAX_VALUE) {
            nextNumber = number + 1;
            next = CompletableFuture.supplyAsync(() -> sets.apply(number + 1), solving);
        }
        return current;
    }

    @Override
    public void close() {
        solving.shutdownNow();
    }
}
