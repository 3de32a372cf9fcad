package org.ionstream.trainer.drift;

/**
 * A record after the attempt to decode it.
 *
 * @param <T> message class
 * @param message null if it could not be understood
 * @param bytes as received; null if there are too many for a dead letter
 */
record Decoded<T>(T message, byte[] bytes) {}
