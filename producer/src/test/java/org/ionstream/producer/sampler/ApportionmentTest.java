package org.ionstream.producer.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApportionmentTest {
    @Test
    void shouldBeExactIfTheProportionsFit() {
        assertThat(Apportionment.of(List.of(20, 2480, 500, 0), 6_000)).containsExactly(40, 4960, 1000, 0);
    }

    @Test
    void shouldGiveWhatIsLeftToTheLargestRemainders() {
        assertThat(Apportionment.of(List.of(1, 1, 1), 10)).containsExactly(4, 3, 3);
        assertThat(Apportionment.of(List.of(50, 34, 16), 10)).containsExactly(5, 3, 2);
    }

    @Test
    void shouldRefuseANegativeCount() {
        assertThatThrownBy(() -> Apportionment.of(List.of(1), -1)).hasMessageContaining("-1");
    }
}
