package org.ionstream.standalone.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where something was measured: without it a speed says nothing.
 *
 * @param processor model name, or the architecture where the system does not tell
 * @param processors this process may use
 * @param operatingSystem name and version
 * @param jvm name and version
 * @param loadAverage runnable threads of the whole machine over the last minute; negative where the system does not tell
 */
public record Machine(String processor, int processors, String operatingSystem, String jvm, double loadAverage) {
    private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

    private static final String UNKNOWN_GPU = "an NVIDIA GPU that nvidia-smi does not name";

    /** This one, now. */
    public static Machine here() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
                "%s %s".formatted(System.getProperty("java.vm.name"), System.getProperty("java.vm.version")),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** For the head of a report. */
    public String line(String date) {
        return "%s, %d processors, load %.1f, %s, %s".formatted(processor, processors, loadAverage, jvm, date);
    }

    /** Name, driver and memory of the first GPU as NVIDIA's own tool tells them, or that it does not. */
    public static String gpu() {
        try {
            return OutsideTool.run(List.of(
                            "nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"))
                    .lines()
                    .stream()
                    .findFirst()
                    .orElse(UNKNOWN_GPU);
        } catch (IOException e) {
            return UNKNOWN_GPU;
        }
    }

    private static String processorName() {
        try (var lines = Files.lines(LINUX_PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // not Linux
        }
    }
}
