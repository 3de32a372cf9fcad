package org.ionstream.trainer.data;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.TrainingData;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * Training data without end: every few epochs another set of protocols, solved in the background while the network trains on
 * the one before. Which protocols an epoch has depends on its number only. Not thread-safe.
 */
public final class FreshLabels implements TrainingData, AutoCloseable {
    private final ReferenceLabels labels;
    private final IntFunction<List<StimulusProtocol>> sets;
    private final int epochsPerSet;
    private final int protocols;
    private final TimeGrid grid;
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
     * @param sets protocols by number of the set, all of one size
     * @param epochsPerSet at least 1; the largest integer for the first set only
     */
    public FreshLabels(
            TrajectorySet first, ReferenceLabels labels, IntFunction<List<StimulusProtocol>> sets, int epochsPerSet) {
        this.labels = labels;
        this.sets = sets;
        this.epochsPerSet = epochsPerSet;
        this.protocols = first.size();
        this.grid = first.grid();
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
            current = number == nextNumber ? next.join() : solved(number);
            currentNumber = number;
        }
        if (nextNumber != number + 1 && epochsPerSet < Integer.MAX_VALUE) {
            nextNumber = number + 1;
            next = CompletableFuture.supplyAsync(() -> solved(number + 1), solving);
        }
        return current;
    }

    private TrajectorySet solved(int number) {
        return labels.solve(sets.apply(number), grid, count -> {});
    }

    @Override
    public void close() {
        solving.shutdownNow();
    }
}
