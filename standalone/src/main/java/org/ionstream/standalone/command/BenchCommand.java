package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** Measures on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "solver|surrogate|stream|training|drift",
        subcommands = {
            BenchSolverCommand.class,
            BenchSurrogateCommand.class,
            BenchStreamCommand.class,
            BenchTrainingCommand.class,
            BenchDriftCommand.class
        },
        description = "Measures on this machine; each bench prints its set-up with its figures.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream bench solver",
            "  ionstream bench surrogate",
            "  ionstream bench training --threads=2",
            "  ionstream bench drift"
        })
public final class BenchCommand {}
