package org.ionstream.schemas.registry;

/** The schema registry does not answer, or refuses. Without it the process cannot work: it is stopped and started again. */
public final class RegistryException extends IllegalStateException {
    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
