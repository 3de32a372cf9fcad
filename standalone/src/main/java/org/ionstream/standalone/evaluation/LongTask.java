package org.ionstream.standalone.evaluation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ionstream.standalone.bench.Progress;

/** Says what takes so long. What has no end in sight is estimated by the solves before it. */
final class LongTask {
    /** Not worth a word. */
    private static final double SHORT_SECONDS = 3;

    private final String cellModel;
    private final Consumer<String> tell;
    private final Progress progress;
    private double secondsPerSolve;

    LongTask(String cellModel, Consumer<String> tell) {
        this.cellModel = cellModel;
        this.tell = tell;
        this.progress = new Progress(line -> tell.accept(cellModel + ": " + line));
    }

    /** Statistics, in one go. */
    <T> T solving(int protocols, String whose, Supplier<T> statistics) {
        double expected = protocols * secondsPerSolve;
        if (secondsPerSolve == 0) {
            tell.accept("%s: %d training protocols for %s statistics".formatted(cellModel, protocols, whose));
        } else if (expected > SHORT_SECONDS) {
            tell.accept("%s: %d training protocols for %s statistics, about %.0f s"
                    .formatted(cellModel, protocols, whose, expected));
        }
        long startNs = System.nanoTime();
        T result = statistics.get();
        secondsPerSolve = (System.nanoTime() - startNs) / 1e9 / protocols;
        return result;
    }

    void counting(String what, int total) {
        progress.begin(what, total);
    }

    void advance(int done) {
        progress.advance(done);
    }
}
