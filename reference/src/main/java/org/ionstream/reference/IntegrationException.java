package org.ionstream.reference;

/** An integration that cannot go on; the message has the numbers and the remedy. */
final class IntegrationException extends RuntimeException {
    IntegrationException(String message) {
        super(message);
    }

    IntegrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
