package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** Data sets as files. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create|show",
        subcommands = {DatasetCreateCommand.class, DatasetShowCommand.class},
        description = "Solves protocols into a data set file, or shows what is in one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream dataset create --cell-model=fitzhugh-nagumo-1961 --set=training --out=fhn-training.avro",
            "  ionstream dataset show fhn-training.avro"
        })
public final class DatasetCommand {}
