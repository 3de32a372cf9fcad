package org.ionstream.trainer.fno;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a training run needs to go on as if it had not stopped.
 *
 * @param run what is being trained, as its caller describes it; another run refuses the checkpoint
 * @param step done so far
 * @param vector parameters
 * @param best parameters with the lowest validation error so far
 * @param bestError that error
 * @param bestStep after which it was found
 * @param optimiser its state; empty before the first step
 */
public record Checkpoint(
        String run, int step, float[] vector, float[] best, double bestError, int bestStep, List<float[]> optimiser) {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final int MAGIC = 0x494F4E32; // "ION2"
    /** Of a part: no network here comes near, a damaged file might. */
    private static final int MOST_NUMBERS = 100_000_000;

    static Checkpoint start(String run, FnoParameters parameters) {
        return new Checkpoint(run, 0, parameters.vector(), parameters.vector(), Double.POSITIVE_INFINITY, 0, List.of());
    }

    /** Written beside and moved into place: a crash leaves the old one or the new one, never half of one. */
    void write(Path file) {
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path partial = Files.createTempFile(directory, file.getFileName() + ".", ".partial");
            try (var bytes = new FileOutputStream(partial.toFile());
                    var out = new DataOutputStream(new BufferedOutputStream(bytes))) {
                out.writeInt(MAGIC);
                out.writeUTF(run);
                out.writeInt(step);
                out.writeDouble(bestError);
                out.writeInt(bestStep);
                write(out, vector);
                write(out, best);
                out.writeInt(optimiser.size());
                for (float[] part : optimiser) {
                    write(out, part);
                }
                out.flush();
                bytes.getFD().sync();
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write checkpoint " + file, e);
        }
    }

    /** @throws IllegalStateException if the file is not a checkpoint, or damaged */
    public static Optional<Checkpoint> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IllegalStateException(
                        "%s is not a checkpoint of this version; delete it or choose another file".formatted(file));
            }
            String run = in.readUTF();
            int step = in.readInt();
            double bestError = in.readDouble();
            int bestStep = in.readInt();
            float[] vector = numbers(in, file);
            float[] best = numbers(in, file);
            List<float[]> optimiser = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                optimiser.add(numbers(in, file));
            }
            return Optional.of(new Checkpoint(run, step, vector, best, bestError, bestStep, optimiser));
        } catch (EOFException | UTFDataFormatException e) {
            throw new IllegalStateException("checkpoint %s is cut off or damaged; delete it".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read checkpoint " + file, e);
        }
    }

    /** To go on from: what is no checkpoint, damaged, or of another run is deleted, and the training begins anew. */
    public static Optional<Checkpoint> usable(Path file, String run) {
        String fault;
        try {
            Optional<Checkpoint> found = read(file);
            if (found.isEmpty() || found.get().run().equals(run)) {
                return found;
            }
            fault = "checkpoint %s is of another training".formatted(file);
        } catch (IllegalStateException e) {
            fault = e.getMessage();
        }
        LOG.warn("training begins anew: {}", fault);
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete checkpoint " + file, e);
        }
        return Optional.empty();
    }

    /** This checkpoint, if it is of the run. */
    Checkpoint of(String wantedRun, FnoParameters parameters, Path file) {
        if (!run.equals(wantedRun) || vector.length != parameters.values().length) {
            throw new IllegalStateException(
                    "checkpoint %s is of another training run, %s of %d parameters; this is %s of %d: delete it or choose another file"
                            .formatted(file, run, vector.length, wantedRun, parameters.values().length));
        }
        return this;
    }

    private static void write(DataOutputStream out, float[] part) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * part.length);
        bytes.asFloatBuffer().put(part);
        out.writeInt(part.length);
        out.write(bytes.array());
    }

    private static float[] numbers(DataInputStream in, Path file) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > MOST_NUMBERS) {
            throw new IllegalStateException(
                    "checkpoint %s has a part of %d numbers: it is damaged; delete it".formatted(file, size));
        }
        byte[] bytes = in.readNBytes(4 * size);
        if (bytes.length < 4 * size) {
            throw new EOFException();
        }
        float[] part = new float[size];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(part);
        return part;
    }
}
