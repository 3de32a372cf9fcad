package org.ionstream.standalone.trajectories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.commons.io.FilenameUtils;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.wire.Traces;

/**
 * Trajectories in a file whose kind its extension says. It is written beside and moved into place when it is closed: there is
 * never half a file under its name. Called from one thread.
 */
public final class TrajectoryFile implements AutoCloseable {
    private final Path file;
    private final Path partial;
    private final TrajectoryFormat format;
    private final List<String> wanted;
    private long trajectories;
    private long without;
    private boolean broken;

    private TrajectoryFile(Path file, Path partial, TrajectoryFormat format, List<String> wanted) {
        this.file = file;
        this.partial = partial;
        this.format = format;
        this.wanted = wanted;
    }

    /**
     * @param wanted variables; empty: those of the first trajectory
     * @throws IllegalArgumentException if the extension is none of csv, npz, parquet
     */
    public static TrajectoryFile create(Path file, List<String> wanted) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.deleteIfExists(partial);
            return new TrajectoryFile(file, partial, format(file, partial), wanted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(partial, e), e);
        }
    }

    private static TrajectoryFormat format(Path file, Path partial) throws IOException {
        return switch (FilenameUtils.getExtension(file.toString())) {
            case "csv" -> new CsvTrajectories(partial);
            case "npz" -> new NpzTrajectories(partial);
            case "parquet" -> new ParquetTrajectories(partial);
            default ->
                throw new IllegalArgumentException(
                        "'%s' says no kind of file; end it with .csv, .npz or .parquet".formatted(file));
        };
    }

    /** @throws IllegalArgumentException if this kind of file cannot hold it beside those before it */
    public void add(Prediction prediction) {
        if (prediction.getTrajectory() == null) {
            without++;
            return;
        }
        try {
            format.add(prediction, Traces.of(prediction.getTrajectory()), wanted);
            trajectories++;
        } catch (IOException e) {
            broken = true;
            throw new UncheckedIOException("cannot write %s: %s".formatted(partial, e), e);
        } catch (RuntimeException e) {
            broken = true;
            throw e;
        }
    }

    /** Written so far. */
    public long trajectories() {
        return trajectories;
    }

    /** Left out, as they have none. */
    public long without() {
        return without;
    }

    /** Moves the file into place, unless something could not be written, or there was nothing to write. */
    @Override
    public void close() {
        try {
            format.close();
            if (broken || trajectories == 0) {
                Files.deleteIfExists(partial);
            } else {
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
        }
    }
}
