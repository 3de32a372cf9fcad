package org.ionstream.producer.sampler;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits a number in given proportions by the method of largest remainders: exact if the proportions fit. */
final class Apportionment {
    private Apportionment() {}

    /** @return shares that add up to {@code count}, in the order of the weights */
    static int[] of(List<Integer> weights, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("%d protocols asked for; give 0 or more".formatted(count));
        }
        long total = weights.stream().mapToLong(Integer::longValue).sum();
        int[] shares = new int[weights.size()];
        int left = count;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (int) (weights.get(i) * (long) count / total);
            left -= shares[i];
        }
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -(weights.get(i) * (long) count % total)))
                .limit(left)
                .forEach(i -> shares[i]++);
        return shares;
    }
}
