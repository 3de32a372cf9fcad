package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** What could not be understood. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|replay",
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqReplayCommand.class},
        description = "Dead letters: records that a stage could not understand, kept with their bytes and the reason.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream dlq list")
public final class DlqCommand {}
