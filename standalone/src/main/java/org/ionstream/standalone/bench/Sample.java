package org.ionstream.standalone.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.ionstream.schemas.operation.ProcessMemory;

/**
 * What this process holds at one moment.
 *
 * @param minute since the beginning
 * @param heapMiB in use after a collection
 * @param residentMiB of the whole process, the native part included; NaN where the system does not tell
 * @param fileDescriptors open; NaN where the system does not tell
 * @param threads alive
 */
public record Sample(double minute, double heapMiB, double residentMiB, double fileDescriptors, double threads) {
    private static final double MIB = 1 << 20;

    /** Collects first: what is dead does not count. */
    public static Sample now(double minute) {
        System.gc();
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        var resident = ProcessMemory.residentBytes();
        double files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : Double.NaN;
        return new Sample(
                minute,
                heap / MIB,
                resident.isPresent() ? resident.getAsLong() / MIB : Double.NaN,
                files,
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
