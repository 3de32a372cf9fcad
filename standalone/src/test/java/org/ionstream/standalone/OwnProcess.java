package org.ionstream.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program in a process of its own, with the classes under test. */
final class OwnProcess {
    private OwnProcess() {}

    static ProcessBuilder running(List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                IonstreamMain.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    }
}
