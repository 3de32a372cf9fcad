package org.ionstream.schemas.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UniformAuditTest {
    private static final int IDS = 10_000;

    static Stream<IntFunction<String>> names() {
        Random random = new Random(1);
        return Stream.of(
                i -> "p" + i,
                i -> "p%08d".formatted(i),
                i -> "experiment-7/run-" + i + "/beat",
                i -> Integer.toString(i),
                i -> new UUID(random.nextLong(), random.nextLong()).toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldCoverTheShareOfAnyKindOfIds(IntFunction<String> name) {
        List<String> ids = IntStream.range(0, IDS).mapToObj(name).toList();

        for (double share : new double[] {0.01, 0.05, 0.2, 0.5, 0.9}) {
            double deviation = Math.sqrt(share * (1 - share) / IDS);

            assertThat(covered(ids, share) / (double) IDS)
                    .as("share %s of %s ...", share, ids.get(0))
                    .isCloseTo(share, within(4 * deviation));
        }
    }

    @Test
    void shouldCoverNeighboursIndependently() {
        double share = 0.1;

        long pairs = IntStream.range(0, IDS)
                .filter(i -> UniformAudit.covers("p" + i, share) && UniformAudit.covers("p" + (i + 1), share))
                .count();

        assertThat(pairs / (double) IDS).isCloseTo(share * share, within(4e-3));
    }

    @Test
    void shouldNestSmallSharesInLargeOnes() {
        List<String> few = IntStream.range(0, IDS)
                .mapToObj(i -> "p" + i)
                .filter(id -> UniformAudit.covers(id, 0.05))
                .toList();

        assertThat(few).isNotEmpty().allMatch(id -> UniformAudit.covers(id, 0.06));
    }

    @Test
    void shouldCoverAllAtOneAndNothingAtZero() {
        List<String> ids = IntStream.range(0, IDS).mapToObj(i -> "p" + i).toList();

        assertThat(covered(ids, 1)).isEqualTo(IDS);
        assertThat(covered(ids, 0)).isZero();
    }

    /** Hashes, for other languages to check theirs against: an id is covered when its hash is below share * 2^32. */
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "p0, 3281644446",
        "p1, 2121210468",
        "beat-42, 3356740573",
        "123e4567-e89b-12d3-a456-426614174000, 504402010",
        "Tränen, 2472960451"
    })
    void shouldKeepItsHashesForEver(String id, long hash) {
        assertThat(UniformAudit.covers(id, hash / 0x1p32)).isFalse();
        assertThat(UniformAudit.covers(id, (hash + 1) / 0x1p32)).isTrue();
    }

    private static long covered(List<String> ids, double share) {
        return ids.stream().filter(id -> UniformAudit.covers(id, share)).count();
    }
}
