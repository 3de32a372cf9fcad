package org.ionstream.surrogate.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

class ComputeDeviceTest {
    @Test
    void shouldBeNamedInAnyCase() {
        assertThat(ComputeDevice.parse("auto")).isEqualTo(ComputeDevice.AUTO);
        assertThat(ComputeDevice.parse("CUDA")).isEqualTo(ComputeDevice.CUDA);
        assertThatThrownBy(() -> ComputeDevice.parse("tpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'tpu'")
                .hasMessageContaining("auto, cpu, cuda");
    }

    @Test
    void shouldFailWhenCudaIsAskedForAndAbsent() {
        assumeThat(OnnxEngine.cudaFault()).as("CUDA fault").isNotEmpty();
        FnoPredictor.Settings settings = new FnoPredictor.Settings(ComputeDevice.CUDA, 1, 4);

        assertThatThrownBy(settings::resolved)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CUDA is asked for and not usable")
                .hasMessageContaining("-Pgpu");
        assertThatThrownBy(() -> new FnoPredictor(OnnxModelFile.parse(TinyModel.bytes("tiny-1")), settings))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTakeTheCpuOnlyWhenLeftToChooseAndCudaIsAbsent() {
        boolean cuda = OnnxEngine.cudaFault().isEmpty();

        assertThat(ComputeDevice.AUTO.resolved()).isEqualTo(cuda ? ComputeDevice.CUDA : ComputeDevice.CPU);
        assertThat(ComputeDevice.CPU.resolved()).isEqualTo(ComputeDevice.CPU);
    }
}
