package org.ionstream.producer;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ids of one run: its prefix and 128 random bits written as a UUID.
 *
 * @param prefix of the run
 * @param random where the bits come from
 */
public record RunIds(String prefix, RandomGenerator random) {
    /** Leaves room for the UUID within the 128 characters of an id. */
    private static final int LONGEST_PREFIX = 64;

    public RunIds {
        if (prefix.isBlank() || prefix.length() > LONGEST_PREFIX) {
            throw new IllegalArgumentException("run prefix '%s' has %d characters; give 1 to %d"
                    .formatted(prefix, prefix.length(), LONGEST_PREFIX));
        }
    }

    public String next() {
        return prefix + "-" + new UUID(random.nextLong(), random.nextLong());
    }
}
