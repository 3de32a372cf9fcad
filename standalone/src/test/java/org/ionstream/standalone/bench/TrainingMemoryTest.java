package org.ionstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
    @Test
    void shouldLookTenTimes() {
        List<TrainingMemory.Look> looks = TrainingMemory.over(40);

        assertThat(looks).hasSize(10).allMatch(look -> look.residentMiB() > 10);
        assertThat(looks.get(9).step()).isEqualTo(40);
    }

    @Test
    void shouldRefuseFewerStepsThanLooks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingMemory.over(9))
                .withMessageContaining("9 steps; give at least 10");
    }
}
