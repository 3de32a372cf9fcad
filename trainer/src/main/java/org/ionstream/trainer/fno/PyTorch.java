package org.ionstream.trainer.fno;

import ai.djl.Device;
import ai.djl.engine.Engine;
import com.sun.jna.Library;
import com.sun.jna.Native;
import org.ionstream.surrogate.fno.ComputeDevice;

/** The PyTorch engine, set up before its native library loads. */
public final class PyTorch {
    private PyTorch() {}

    /** The two functions of the C library that matter here. */
    private interface CLibrary extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /**
     * Waiting OpenMP threads must sleep, not spin: beside one busy process two spinning threads make training 30 times
     * slower. The environment is the only way to say so, and only before the library loads.
     */
    public static Engine engine(int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        CLibrary c = Native.load("c", CLibrary.class);
        c.setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
        return Engine.getEngine("PyTorch");
    }

    /** @throws IllegalStateException if CUDA is asked for and absent */
    static Device on(Engine engine, ComputeDevice device) {
        if (device == ComputeDevice.CPU) {
            return Device.cpu();
        }
        boolean present = engine.getGpuCount() > 0;
        if (device == ComputeDevice.CUDA && !present) {
            throw new IllegalStateException(
                    "training on CUDA is asked for and PyTorch sees no GPU; build with -Pgpu-training, install the NVIDIA"
                            + " driver, or set the device to auto or cpu");
        }
        return present ? Device.gpu() : Device.cpu();
    }
}
