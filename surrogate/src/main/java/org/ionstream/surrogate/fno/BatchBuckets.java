package org.ionstream.surrogate.fno;

import java.util.ArrayList;
import java.util.List;

/**
 * The batch sizes 1, 2, 4, ... that a session ever sees: a new size costs a plan and memory when it is first met, so all are
 * met before the model serves.
 *
 * @param largest a power of two
 */
record BatchBuckets(int largest) {
    /** A batch is filled up if at most a quarter of its bucket is empty, else the bucket below takes what it can. */
    private static final int LARGEST_EMPTY_SHARE = 4;

    BatchBuckets {
        if (largest < 1 || largest > 4096 || Integer.bitCount(largest) != 1) {
            throw new IllegalArgumentException(
                    "largest batch is %d; it must be a power of two from 1 to 4096".formatted(largest));
        }
    }

    List<Integer> all() {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1; size <= largest; size *= 2) {
            sizes.add(size);
        }
        return sizes;
    }

    /** The bucket for the next piece of what remains; it takes {@code min(remaining, bucket)} items. */
    int next(int remaining) {
        if (remaining >= largest) {
            return largest;
        }
        int below = Integer.highestOneBit(remaining);
        int above = below == remaining ? below : 2 * below;
        return LARGEST_EMPTY_SHARE * (above - remaining) <= above ? above : below;
    }
}
