package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeProfileTest {
    @Test
    void shouldFindEveryNodeOnTheCpuWhereThereIsNothingElse() {
        RuntimeProfile profile =
                RuntimeProfile.of(OnnxModelFile.parse(TinyModel.bytes("tiny-1")), ComputeDevice.CPU, 4);

        assertThat(profile.nodesByProvider()).containsOnlyKeys("CPUExecutionProvider");
        assertThat(profile.shareOn("CPUExecutionProvider")).isEqualTo(1);
        assertThat(profile.timeShareByOperator().values().stream()
                        .mapToDouble(share -> share)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldCountANodeOnceHoweverOftenItRan() throws JsonProcessingException {
        String events = """
                [{"cat":"Session","name":"model_run","dur":900},
                 {"cat":"Node","name":"a_fence_before","dur":1},
                 {"cat":"Node","name":"a_kernel_time","dur":30,"args":{"op_name":"MatMul","provider":"CUDAExecutionProvider"}},
                 {"cat":"Node","name":"a_kernel_time","dur":10,"args":{"op_name":"MatMul","provider":"CUDAExecutionProvider"}},
                 {"cat":"Node","name":"b_kernel_time","dur":60,"args":{"op_name":"Sign","provider":"CPUExecutionProvider"}}]
                """;

        RuntimeProfile profile = RuntimeProfile.of(new ObjectMapper().readTree(events));

        assertThat(profile.nodesByProvider()).isEqualTo(Map.of("CUDAExecutionProvider", 1, "CPUExecutionProvider", 1));
        assertThat(profile.shareOn("CUDAExecutionProvider")).isEqualTo(0.5);
        assertThat(profile.timeShareByOperator()).isEqualTo(Map.of("MatMul", 0.4, "Sign", 0.6));
    }
}
