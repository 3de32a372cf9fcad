package org.ionstream.trainer.drift;

/**
 * A record after the attempt to decode it.
 *
 * @param <T> message class
 * @param message null if it could not be understood
 * @param bytes as received
 */
record Decoded<T>(T message, byte[] bytes) {}
