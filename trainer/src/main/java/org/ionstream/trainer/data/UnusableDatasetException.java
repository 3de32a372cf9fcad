package org.ionstream.trainer.data;

import java.nio.file.Path;

/** A data set file that must not be used: the message has the file, what is wrong, the numbers and the remedy. */
public final class UnusableDatasetException extends RuntimeException {
    UnusableDatasetException(Path file, String what) {
        this(file, what, null);
    }

    UnusableDatasetException(Path file, String what, Throwable cause) {
        super("%s %s".formatted(file, what), cause);
    }
}
