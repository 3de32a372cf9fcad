package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** Measures on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "solver|surrogate|stream|scale|swaps|faults|training|drift|costs|soak",
        subcommands = {
            BenchSolverCommand.class,
            BenchSurrogateCommand.class,
            BenchStreamCommand.class,
            BenchScaleCommand.class,
            BenchSwapsCommand.class,
            BenchFaultsCommand.class,
            BenchTrainingCommand.class,
            BenchDriftCommand.class,
            BenchCostsCommand.class,
            BenchSoakCommand.class
        },
        description = "Measures on this machine; each bench prints its set-up with its figures.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream bench solver",
            "  ionstream bench surrogate",
            "  ionstream bench scale --cell-model=hodgkin-huxley-1952",
            "  ionstream bench swaps",
            "  ionstream bench training --threads=2",
            "  ionstream bench drift",
            "  ionstream bench costs",
            "  ionstream bench soak --minutes=60"
        })
public final class BenchCommand {}
