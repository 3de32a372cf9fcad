package org.ionstream.standalone.soak;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import javax.management.JMException;
import javax.management.ObjectName;

/** The memory of native libraries, as the JVM lets one look at it. */
final class NativeHeap {
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    private NativeHeap() {}

    /**
     * Has the C library give pages back that nothing uses, as jcmd's System.trim_native_heap does: what it keeps of memory
     * freed depends on which threads took it, and is no leak. Nothing where the JVM cannot (before 17.0.9, without glibc).
     */
    static void trim() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(COMMANDS), "systemTrimNativeHeap", new Object[0], new String[0]);
        } catch (JMException e) {
            return; // then it counts
        }
    }

    /** Whether all of the Java heap is resident from the start, so that what is resident besides is none of it. */
    static boolean isApart() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        HotSpotDiagnosticMXBean virtualMachine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return heap.getCommitted() == heap.getMax()
                && Boolean.parseBoolean(
                        virtualMachine.getVMOption("AlwaysPreTouch").getValue());
    }
}
