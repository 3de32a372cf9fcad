package org.ionstream.schemas.protocol;

import org.ionstream.schemas.wire.UnreadableMessageException;

/** A stimulus protocol that breaks a rule; the message has the numbers and the remedy. */
public final class InvalidProtocolException extends UnreadableMessageException {
    public InvalidProtocolException(String message) {
        super(message);
    }
}
