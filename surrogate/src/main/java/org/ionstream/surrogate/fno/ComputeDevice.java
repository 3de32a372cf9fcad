package org.ionstream.surrogate.fno;

import java.util.Locale;

/** Where the FNO runs. */
public enum ComputeDevice {
    /** CUDA if it is usable, else CPU. */
    AUTO,
    CPU,
    /** CUDA or nothing: its absence is an error at start, never a silent CPU. */
    CUDA;

    /** @throws IllegalArgumentException naming the known devices */
    public static ComputeDevice parse(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown device '%s'; known are auto, cpu, cuda".formatted(name), e);
        }
    }

    /**
     * CPU or CUDA, found by running a graph of one addition on the device.
     *
     * @throws IllegalStateException if CUDA is asked for and not usable
     */
    public ComputeDevice resolved() {
        return switch (this) {
            case CPU -> CPU;
            case CUDA -> {
                String fault = OnnxEngine.cudaFault();
                if (!fault.isEmpty()) {
                    throw new IllegalStateException(
                            ("CUDA is asked for and not usable: %s; build with -Pgpu, install the NVIDIA driver, CUDA 12 and"
                                            + " cuDNN 9, or set the device to auto or cpu")
                                    .formatted(fault));
                }
                yield CUDA;
            }
            case AUTO -> OnnxEngine.cudaFault().isEmpty() ? CUDA : CPU;
        };
    }
}
