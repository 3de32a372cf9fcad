package org.ionstream.standalone.command;

import org.ionstream.schemas.message.CommandKind;
import picocli.CommandLine;

/** Asks the trainer how things stand. */
@CommandLine.Command(
        name = "status",
        description =
                "Asks the trainer for its champion, the drift, the references it keeps and whether drift triggers trainings.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream status --cell-model=fitzhugh-nagumo-1961")
public final class StatusCommand extends OrderingCommand {
    public StatusCommand() {
        super(CommandKind.STATUS);
    }
}
