package org.ionstream.schemas.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniformAuditTest {
    @ParameterizedTest
    @ValueSource(strings = {"p", "protocol-2026-", "run-1/", ""})
    void shouldTakeTheShareOfSequentialIds(String prefix) {
        long taken = IntStream.range(0, 20_000)
                .filter(i -> UniformAudit.covers(prefix + i, 0.05))
                .count();

        assertThat(taken).isBetween(880L, 1_120L); // four standard deviations around 1000
    }

    @Test
    void shouldTakeNoneAllAndMoreForMore() {
        for (int i = 0; i < 1_000; i++) {
            String id = "id" + i;
            assertThat(UniformAudit.covers(id, 0)).isFalse();
            assertThat(UniformAudit.covers(id, 1)).isTrue();
            if (UniformAudit.covers(id, 0.1)) {
                assertThat(UniformAudit.covers(id, 0.2)).isTrue();
            }
        }
    }

    /** Values for programs in other languages to check theirs by. */
    @Test
    void shouldStayTheSameForEver() {
        assertThat(IntStream.range(0, 64).filter(i -> UniformAudit.covers("p" + i, 0.25)))
                .containsExactly(6, 7, 10, 14, 18, 19, 20, 22, 28, 31, 39, 43, 47, 48, 50, 52, 55, 56, 58, 59, 60, 61);
    }
}
