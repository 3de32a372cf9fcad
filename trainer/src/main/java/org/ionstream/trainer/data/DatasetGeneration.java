package org.ionstream.trainer.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.message.SolvedProtocol;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * Solves protocols into a data set file, on several threads, with a bounded number of solutions in memory. Killed and run
 * again it goes on with the first protocol that is not in the file; neither that nor the number of threads changes the file.
 */
public final class DatasetGeneration {
    /** Solutions that wait for an earlier one, so that a slow protocol stops no thread. */
    private static final int WAITING_PER_THREAD = 8;

    private final int threads;

    public DatasetGeneration(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("%d threads; give 1 or more".formatted(threads));
        }
        this.threads = threads;
    }

    /**
     * @param protocols those of the recipe, or of the file that it says they are from
     * @param file made here; if it is there already, whole and of the same recipe, nothing is done
     * @param progress called with the number of protocols in the file so far, on this thread; first with that of an earlier run
     * @throws IllegalArgumentException if a protocol is not of the recipe's cell model and horizon or not of the published
     *     conditions, if a frozen set has changed, or the file was made by another recipe
     * @throws IllegalStateException if the solver gives up on a protocol
     */
    public DatasetFile run(DatasetRecipe recipe, List<StimulusProtocol> protocols, Path file, IntConsumer progress) {
        if (protocols.size() != recipe.count()) {
            throw new IllegalArgumentException(
                    "%d protocols for a data set of %d".formatted(protocols.size(), recipe.count()));
        }
        protocols.forEach(protocol -> requireFit(recipe, protocol));
        DatasetHeader header = DatasetHeader.of(recipe, protocols);
        if (Files.exists(file)) {
            return existing(file, header);
        }
        try (DatasetWriter writer = DatasetWriter.open(file, header)) {
            progress.accept(writer.written());
            write(protocols.subList(writer.written(), recipe.count()), recipe, writer, progress);
            writer.finish();
        }
        return DatasetFile.open(file);
    }

    private static DatasetFile existing(Path file, DatasetHeader header) {
        DatasetFile existing = DatasetFile.open(file);
        if (!existing.hasHeader(header)) {
            throw new IllegalArgumentException(
                    "%s is there already, made by another recipe: %s; remove it, or name another file"
                            .formatted(file, existing.recipe()));
        }
        return existing;
    }

    private void write(
            List<StimulusProtocol> protocols, DatasetRecipe recipe, DatasetWriter writer, IntConsumer progress) {
        SolverSettings labels = SolverSettings.LABELS;
        ReferenceLabels solver = new ReferenceLabels(new ReferenceSolver(
                new SolverSettings(recipe.relativeTolerance(), labels.largestEvaluations(), labels.largestWallMs())));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Queue<Future<SolvedProtocol>> solving = new ArrayDeque<>();
        try {
            for (StimulusProtocol protocol : protocols) {
                solving.add(
                        pool.submit(() -> solver.solve(protocol, recipe.grid()).toMessage()));
                if (solving.size() == WAITING_PER_THREAD * threads) {
                    append(solving.remove(), writer, progress);
                }
            }
            while (!solving.isEmpty()) {
                append(solving.remove(), writer, progress);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void append(Future<SolvedProtocol> solved, DatasetWriter writer, IntConsumer progress) {
        try {
            writer.append(solved.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; repeat the command to go on", e);
        }
        progress.accept(writer.written());
    }

    private static void requireFit(DatasetRecipe recipe, StimulusProtocol protocol) {
        double horizonMs = recipe.catalogued().horizonMs();
        if (!protocol.getCellModel().equals(recipe.cellModel()) || protocol.getHorizonMs() != horizonMs) {
            throw new IllegalArgumentException("protocol %s is of %s over %s ms, the data set of %s over %s ms"
                    .formatted(
                            protocol.getId(),
                            protocol.getCellModel(),
                            protocol.getHorizonMs(),
                            recipe.cellModel(),
                            horizonMs));
        }
    }
}
