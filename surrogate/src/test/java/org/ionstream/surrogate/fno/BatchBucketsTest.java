package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBucketsTest {
    private final BatchBuckets buckets = new BatchBuckets(64);

    @Test
    void shouldDoubleUpToTheLargest() {
        assertThat(buckets.all()).containsExactly(1, 2, 4, 8, 16, 32, 64);
        assertThat(new BatchBuckets(1).all()).containsExactly(1);
    }

    @Test
    void shouldFillUpANearlyFullBucket() {
        assertThat(pieces(7)).containsExactly(8);
        assertThat(pieces(48)).containsExactly(64);
    }

    @Test
    void shouldTakeTheBucketBelowRatherThanComputeForNothing() {
        assertThat(pieces(33)).containsExactly(32, 1);
        assertThat(pieces(5)).containsExactly(4, 1);
    }

    @Test
    void shouldSplitABatchAboveTheLargest() {
        assertThat(pieces(200)).containsExactly(64, 64, 64, 8);
    }

    @Test
    void shouldNeverLeaveMoreThanAQuarterEmpty() {
        for (int batch = 1; batch <= 1000; batch++) {
            List<Integer> pieces = pieces(batch);

            int computed = pieces.stream().mapToInt(Integer::intValue).sum();
            assertThat(computed).as("batch of %d", batch).isBetween(batch, batch + batch / 3);
            assertThat(buckets.all()).containsAll(pieces);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 63, 8192})
    void shouldRefuseALargestBatchThatIsNoPowerOfTwo(int largest) {
        assertThatThrownBy(() -> new BatchBuckets(largest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(largest));
    }

    private List<Integer> pieces(int batch) {
        List<Integer> pieces = new ArrayList<>();
        for (int left = batch; left > 0; left -= buckets.next(left)) {
            pieces.add(buckets.next(left));
        }
        return pieces;
    }
}
