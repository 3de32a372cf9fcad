package org.ionstream.surrogate.fno;

/** A model that must not be served: the message has what is wrong, the numbers and the remedy. */
public final class UnusableModelException extends RuntimeException {
    public UnusableModelException(String message) {
        super(message);
    }

    public UnusableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
