package org.ionstream.standalone.machine;

import java.io.IOException;
import java.util.List;

/** Runs a program of the machine. */
public final class OutsideTool {
    private OutsideTool() {}

    /**
     * What it said, and whether it was content.
     *
     * @param lines of standard output and error together
     */
    public record Said(int exitCode, List<String> lines) {}

    /** @throws IOException if there is no such program */
    public static Said run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var lines = process.inputReader()) {
            List<String> said = lines.lines().toList();
            return new Said(process.waitFor(), said);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
