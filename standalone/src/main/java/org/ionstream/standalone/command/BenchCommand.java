package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** Measures on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BenchSolverCommand.class, BenchTrainingCommand.class},
        description = "Measures on this machine; each bench prints its set-up with its figures.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream bench solver")
public final class BenchCommand {}
