package org.ionstream.standalone.bench;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ionstream.reference.ReferenceRequest;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.ReferenceStage;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Topics;

/**
 * Measures how the reference stage makes use of the processors: it answers batches, from checked protocols to encoded
 * messages, with pools of one thread to as many as there are processors, in turn.
 *
 * @param threads of the pool
 * @param solvesPerSecond of wall-clock time, over the rounds
 * @param scaling how many times the median of one thread
 */
public record StageThroughput(int threads, Spread solvesPerSecond, double scaling) {
    private static final double LEAST_SECONDS = 0.5;
    private static final int LEAST_PER_THREAD = 8;

    /**
     * @param settings of the bench; a batch repeats its protocols until every thread has some
     * @param solver as the stage is given it
     */
    public static List<StageThroughput> measure(
            CellModel model, SolverBench.Settings settings, SolverSettings solver, int processors, Progress progress) {
        List<ReferenceRequest> batch = batch(model, settings, processors);
        List<Integer> threads = threadCounts(processors);
        double[][] solvesPerSecond = new double[threads.size()][settings.rounds()];
        progress.begin(model.id() + ", batches on all processors", settings.rounds() + 1);
        for (int round = -1; round < settings.rounds(); round++) {
            for (int row = 0; row < threads.size(); row++) {
                double speed = solvesPerSecond(batch, solver, threads.get(row));
                if (round >= 0) {
                    solvesPerSecond[row][round] = speed;
                }
            }
            progress.advance(round + 2);
        }
        List<StageThroughput> measured = new ArrayList<>();
        double alone = Spread.of(solvesPerSecond[0]).median();
        for (int row = 0; row < threads.size(); row++) {
            Spread spread = Spread.of(solvesPerSecond[row]);
            measured.add(new StageThroughput(threads.get(row), spread, spread.median() / alone));
        }
        return measured;
    }

    /** 1, 2, 4 and so on, and all processors. */
    static List<Integer> threadCounts(int processors) {
        List<Integer> counts = new ArrayList<>();
        for (int threads = 1; threads < processors; threads *= 2) {
            counts.add(threads);
        }
        counts.add(processors);
        return counts;
    }

    private static List<ReferenceRequest> batch(CellModel model, SolverBench.Settings settings, int processors) {
        List<ReferenceRequest> once = GeneralSubset.of(model, settings.protocols(), settings.seed()).stream()
                .map(stimulus -> new ReferenceRequest(stimulus, AuditReason.UNIFORM, false, Arrival.at(0), ""))
                .toList();
        int times = (LEAST_PER_THREAD * processors + once.size() - 1) / once.size();
        return Collections.nCopies(times, once).stream().flatMap(List::stream).toList();
    }

    /** Batch after batch, for long enough that threads that start do not count. */
    private static double solvesPerSecond(List<ReferenceRequest> batch, SolverSettings solver, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ReferenceStage stage = new ReferenceStage(
                    new Topics(Topics.DEFAULT_PREFIX), new ReferenceSolver(solver), 1, pool, Clock.systemUTC());
            long startedNs = System.nanoTime();
            long solves = 0;
            double seconds;
            do {
                stage.answer(batch);
                solves += batch.size();
                seconds = (System.nanoTime() - startedNs) / 1e9;
            } while (seconds < LEAST_SECONDS);
            return solves / seconds;
        } finally {
            pool.shutdownNow();
        }
    }
}
