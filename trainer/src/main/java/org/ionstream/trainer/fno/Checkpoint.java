package org.ionstream.trainer.fno;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Everything that a training run needs to go on as if it had not stopped.
 *
 * @param step done so far
 * @param vector parameters
 * @param first moments of AdamW
 * @param second moments of AdamW
 * @param best parameters with the lowest validation error so far
 * @param bestError that error
 */
record Checkpoint(int step, float[] vector, float[] first, float[] second, float[] best, double bestError) {
    private static final int MAGIC = 0x494F4E31; // "ION1"

    static Checkpoint start(FnoParameters parameters) {
        int size = parameters.values().length;
        float[] vector = parameters.values().clone();
        return new Checkpoint(0, vector, new float[size], new float[size], vector.clone(), Double.POSITIVE_INFINITY);
    }

    /** Written beside and moved into place: a crash leaves the old one or the new one, never half of one. */
    void write(Path file) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var out = new DataOutputStream(Files.newOutputStream(partial))) {
                out.writeInt(MAGIC);
                out.writeInt(step);
                out.writeDouble(bestError);
                out.writeInt(vector.length);
                for (float[] part : new float[][] {vector, first, second, best}) {
                    ByteBuffer bytes = ByteBuffer.allocate(4 * part.length);
                    bytes.asFloatBuffer().put(part);
                    out.write(bytes.array());
                }
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write checkpoint " + file, e);
        }
    }

    /** @throws IllegalStateException if the file is of another network */
    static Optional<Checkpoint> read(Path file, int parameters) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            int magic = in.readInt();
            int step = in.readInt();
            double bestError = in.readDouble();
            int size = in.readInt();
            if (magic != MAGIC || size != parameters) {
                throw new IllegalStateException(
                        "checkpoint %s is of a network of %d parameters, this one has %d; delete it or choose another directory"
                                .formatted(file, size, parameters));
            }
            float[][] parts = new float[4][size];
            for (float[] part : parts) {
                ByteBuffer.wrap(in.readNBytes(4 * size)).asFloatBuffer().get(part);
            }
            return Optional.of(new Checkpoint(step, parts[0], parts[1], parts[2], parts[3], bestError));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read checkpoint " + file, e);
        }
    }
}
