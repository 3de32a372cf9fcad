package org.ionstream.standalone.command;

import picocli.CommandLine.Option;

/** Tells processes that share the work of a stage apart. */
final class InstanceOption {
    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = "${env:IONSTREAM_INSTANCE:-${env:HOSTNAME:-0}}",
            description = "Tells processes of this stage apart: two with one name push each other out. The environment "
                    + "variables IONSTREAM_INSTANCE and HOSTNAME replace the default, 0. Now: ${DEFAULT-VALUE}")
    private String name;

    String name() {
        return name;
    }
}
