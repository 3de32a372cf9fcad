package org.ionstream.standalone.command;

import org.ionstream.schemas.message.CommandKind;
import picocli.CommandLine;

/** Keeps drift from triggering trainings. */
@CommandLine.Command(
        name = "pause",
        description = "Keeps drift from triggering trainings until resume; orders are carried out all the same.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream pause --cell-model=fitzhugh-nagumo-1961 --why='stimulator being calibrated'")
public final class PauseCommand extends OrderingCommand {
    public PauseCommand() {
        super(CommandKind.PAUSE);
    }
}
