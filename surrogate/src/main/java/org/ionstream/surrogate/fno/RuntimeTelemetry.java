package org.ionstream.surrogate.fno;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * ONNX Runtime 1.29 reports to its maker from Linux and macOS too: it reads the machine id and the command line, and a command
 * line of some 5 kB (a class path) overflows its stack and ends the process (github.com/microsoft/onnxruntime issue 32173).
 * Only an environment variable that is set before it is loaded prevents that.
 */
final class RuntimeTelemetry {
    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private RuntimeTelemetry() {}

    /** The part of the C library that Java lacks. */
    interface Environment extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** Before ONNX Runtime is loaded. */
    static void disable() {
        if (Platform.isWindows()) {
            return; // there it goes to the system's own event tracing, which the system's owner controls
        }
        if (Native.load(Platform.C_LIBRARY_NAME, Environment.class).setenv(VARIABLE, "1", 1) != 0) {
            throw new IllegalStateException(
                    "environment variable %s not set; start this process with %s=1".formatted(VARIABLE, VARIABLE));
        }
    }
}
