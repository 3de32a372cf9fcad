package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** Measures on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "solver|surrogate|training|drift|costs",
        subcommands = {
            BenchSolverCommand.class,
            BenchSurrogateCommand.class,
            BenchTrainingCommand.class,
            BenchDriftCommand.class,
            BenchCostsCommand.class
        },
        description = "Measures on this machine; each bench prints its set-up with its figures.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream bench solver",
            "  ionstream bench surrogate",
            "  ionstream bench training --threads=2",
            "  ionstream bench drift",
            "  ionstream bench costs"
        })
public final class BenchCommand {}
