package org.ionstream.standalone.trajectories;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ionstream.producer.watch.CsvPrinter;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.wire.Traces;

/** A row per sample, as {@code watch --format=csv} prints it. */
final class CsvTrajectories implements TrajectoryFormat {
    private final PrintStream out;
    private CsvPrinter printer;

    CsvTrajectories(Path file) throws IOException {
        out = new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8);
    }

    @Override
    public void add(Prediction prediction, Traces traces, List<String> wanted) throws IOException {
        if (printer == null) {
            printer = new CsvPrinter(out, wanted);
        }
        printer.print(prediction);
        if (out.checkError()) {
            throw new IOException("the disk takes no more");
        }
    }

    @Override
    public void close() {
        out.close();
    }
}
