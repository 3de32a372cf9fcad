package org.ionstream.reference.ode;

/** An integration that cannot go on; the message has the numbers and the remedy. */
public final class IntegrationException extends RuntimeException {
    public IntegrationException(String message) {
        super(message);
    }

    public IntegrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
