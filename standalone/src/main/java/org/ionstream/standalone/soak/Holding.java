package org.ionstream.standalone.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.ionstream.schemas.operation.ProcessMemory;

/**
 * What this process holds at one moment, its memory taken apart. NaN is what the system does not tell.
 *
 * @param minute since the beginning
 * @param heapMiB alive after a full collection
 * @param heapCommittedMiB that the heap has taken from the system
 * @param codeMiB taken for classes and compiled code
 * @param directMiB buffers outside of the heap that Java code holds
 * @param nativeMiB resident outside of heap and code and backed by no file: direct buffers, what native libraries allocate,
 *     stacks; NaN too unless all of the heap is resident ({@link NativeHeap#isApart}), or the heap would be in it
 * @param residentMiB of all, libraries and mapped files too
 * @param trimmedMiB that the native heap gave back to the system just before: freed, but kept until then
 * @param fileDescriptors open
 * @param threads alive
 * @param load of the machine
 */
public record Holding(
        double minute,
        double heapMiB,
        double heapCommittedMiB,
        double codeMiB,
        double directMiB,
        double nativeMiB,
        double residentMiB,
        double trimmedMiB,
        double fileDescriptors,
        double threads,
        double load) {
    private static final double MIB = 1 << 20;

    /** Collects and trims first: what is dead does not count. */
    static Holding now(double minute) {
        System.gc();
        double untrimmed = mib(ProcessMemory.anonymousBytes());
        NativeHeap.trim();
        double anonymous = mib(ProcessMemory.anonymousBytes());
        double committed = pools(MemoryType.HEAP, pool -> pool.getUsage().getCommitted());
        double code = pools(MemoryType.NON_HEAP, pool -> pool.getUsage().getCommitted());
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return new Holding(
                minute,
                pools(MemoryType.HEAP, pool -> alive(pool).getUsed()),
                committed,
                code,
                direct(),
                NativeHeap.isApart() ? anonymous - committed - code : Double.NaN,
                mib(ProcessMemory.residentBytes()),
                untrimmed - anonymous,
                system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : Double.NaN,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getSystemLoadAverage());
    }

    /** Younger objects do not count: they came after the collection. */
    private static MemoryUsage alive(MemoryPoolMXBean pool) {
        MemoryUsage collected = pool.getCollectionUsage();
        return collected == null ? pool.getUsage() : collected;
    }

    private static double pools(MemoryType type, ToLongFunction<MemoryPoolMXBean> bytes) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == type)
                        .mapToLong(bytes)
                        .sum()
                / MIB;
    }

    private static double direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum()
                / MIB;
    }

    private static double mib(OptionalLong bytes) {
        return bytes.isPresent() ? bytes.getAsLong() / MIB : Double.NaN;
    }
}
