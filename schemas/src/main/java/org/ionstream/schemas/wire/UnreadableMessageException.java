package org.ionstream.schemas.wire;

/** A record that cannot be understood: its bytes, its schema or its content. It belongs on the dead-letter topic. */
public class UnreadableMessageException extends RuntimeException {
    public UnreadableMessageException(String message) {
        super(message);
    }

    public UnreadableMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
