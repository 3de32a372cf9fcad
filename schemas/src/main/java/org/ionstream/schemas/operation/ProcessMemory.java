package org.ionstream.schemas.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Resident memory of this process, the native part included: ONNX Runtime and PyTorch allocate outside of the heap. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** Empty where the system does not tell. */
    public static OptionalLong residentBytes() {
        return bytes("VmRSS:");
    }

    /** Of it, what no file backs: the system can take pages of libraries and mapped files back at any time. */
    public static OptionalLong anonymousBytes() {
        return bytes("RssAnon:");
    }

    private static OptionalLong bytes(String line) {
        if (!Files.exists(STATUS)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(found -> found.startsWith(line))
                    .mapToLong(found -> Long.parseLong(found.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS, e);
        }
    }
}
