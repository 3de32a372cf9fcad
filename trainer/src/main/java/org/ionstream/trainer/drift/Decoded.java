package org.ionstream.trainer.drift;

/**
 * A record after the attempt to decode it.
 *
 * @param <T> message class
 * @param message null if it could not be understood
 * @param bytes as received, for a dead letter; else null
 * @param tooLarge whether key and bytes are too many for one
 */
record Decoded<T>(T message, byte[] bytes, boolean tooLarge) {}
