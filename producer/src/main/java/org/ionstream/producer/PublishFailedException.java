package org.ionstream.producer;

/** A protocol did not reach the broker; the message says which one and how many did. */
public final class PublishFailedException extends RuntimeException {
    public PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
