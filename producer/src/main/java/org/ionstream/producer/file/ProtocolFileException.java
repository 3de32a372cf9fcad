package org.ionstream.producer.file;

/** A protocol file that cannot be understood; the message has the file, the line, what is wrong and the remedy. */
public final class ProtocolFileException extends RuntimeException {
    public ProtocolFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
