package org.ionstream.standalone.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/**
 * A folder for a broker that nobody needs afterwards: deleted with all that is in it.
 *
 * @param path exists
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    /** @param purpose begins its name */
    public static TemporaryFolder of(String purpose) {
        try {
            return new TemporaryFolder(Files.createTempDirectory("ionstream-" + purpose));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the broker's log", e);
        }
    }

    @Override
    public void close() {
        FileUtils.deleteQuietly(path.toFile());
    }
}
