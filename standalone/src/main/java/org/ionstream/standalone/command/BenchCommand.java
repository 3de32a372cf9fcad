package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** Measures on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "solver|surrogate",
        subcommands = {BenchSolverCommand.class, BenchSurrogateCommand.class},
        description = "Measures on this machine; each bench prints its set-up with its figures.",
        footerHeading = "%nExamples:%n",
        footer = {"  ionstream bench solver", "  ionstream bench surrogate"})
public final class BenchCommand {}
