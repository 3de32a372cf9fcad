package org.ionstream.standalone.bench;

import java.io.PrintWriter;
import java.util.Locale;
import org.ionstream.standalone.machine.Machine;

/**
 * What many swaps under load came to.
 *
 * @param machine it ran on, when it began
 * @param date it began, ISO
 * @param cellModel id
 * @param settings of the run
 * @param verdict on the answers
 * @param badFiles that were offered in between
 * @param times of the swaps and of the load
 * @param before what the process held after the swaps of the warm-up
 * @param after what it held after all
 * @param loadMs of each swap
 * @param takeOverMs of each swap
 */
public record SwapReport(
        Machine machine,
        String date,
        String cellModel,
        SwapBench.Settings settings,
        Verdict verdict,
        int badFiles,
        Times times,
        Sample before,
        Sample after,
        double[] loadMs,
        double[] takeOverMs) {

    /**
     * @param loadMs from the bytes of a file to a champion that is checked, loaded and warm
     * @param takeOverMs from the offer to the end of the first batch that it answered
     * @param quietRoundMs of the load's batches, one after the other, while nothing is swapped
     * @param swappingRoundMs of the same while versions are loaded and swapped
     */
    public record Times(Spread loadMs, Spread takeOverMs, Spread quietRoundMs, Spread swappingRoundMs) {}

    /**
     * @param batches answered
     * @param answers in them
     * @param mixed batches that were answered by more than one model
     * @param unexpected batches answered by a model that was not offered last, nor before it
     * @param otherBits answers that were not those of the model they name
     * @param refused files that were no model
     */
    public record Verdict(long batches, long answers, long mixed, long unexpected, long otherBits, int refused) {}

    /** Whether no batch mixed two models, all bits were right, and every bad file was refused. */
    public boolean isSound() {
        return verdict.mixed() == 0
                && verdict.unexpected() == 0
                && verdict.otherBits() == 0
                && verdict.refused() == badFiles;
    }

    public void print(PrintWriter out) {
        line(out, "%d hot swaps of %s under load, %s", settings.swaps(), cellModel, date);
        line(out, "");
        line(
                out,
                "machine    %s, %d processors, %s; load average %.1f at the start",
                machine.processor(),
                machine.processors(),
                machine.operatingSystem(),
                machine.loadAverage());
        line(out, "JVM        %s", machine.jvm());
        line(
                out,
                "batches    up to %d in one run of the graph, %d threads; %,d batches, %,d answers",
                settings.largestBatch(),
                settings.threads(),
                verdict.batches(),
                verdict.answers());
        figures(out);
        line(
                out,
                "%d batches of mixed models, %d from a model not in service, %d answers with other bits than their model's;"
                        + " %d of %d bad files refused: %s",
                verdict.mixed(),
                verdict.unexpected(),
                verdict.otherBits(),
                verdict.refused(),
                badFiles,
                isSound() ? "sound" : "NOT SOUND");
        out.flush();
    }

    private void figures(PrintWriter out) {
        line(out, "");
        line(out, "%-42s %9s %9s %9s", "ms", "median", "lowest", "highest");
        spread(out, "file to warm champion", times.loadMs());
        spread(out, "offer to first answered batch", times.takeOverMs());
        spread(out, "round of the load, no swaps", times.quietRoundMs());
        spread(out, "round of the load, swapping", times.swappingRoundMs());
        line(out, "");
        line(out, "%-42s %9s %9s", "the process", "before", "after");
        line(out, "%-42s %9.1f %9.1f", "resident memory, MiB", before.residentMiB(), after.residentMiB());
        line(out, "%-42s %9.1f %9.1f", "heap after collection, MiB", before.heapMiB(), after.heapMiB());
        line(out, "%-42s %9.0f %9.0f", "threads", before.threads(), after.threads());
        line(out, "%-42s %9.0f %9.0f", "file descriptors", before.fileDescriptors(), after.fileDescriptors());
        line(out, "");
    }

    private static void spread(PrintWriter out, String what, Spread spread) {
        line(out, "%-42s %9.2f %9.2f %9.2f", what, spread.median(), spread.lowest(), spread.highest());
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
