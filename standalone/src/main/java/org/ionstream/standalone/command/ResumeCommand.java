package org.ionstream.standalone.command;

import org.ionstream.schemas.message.CommandKind;
import picocli.CommandLine;

/** Lets drift trigger trainings again. */
@CommandLine.Command(
        name = "resume",
        description = "Lets drift trigger trainings again.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream resume --cell-model=fitzhugh-nagumo-1961")
public final class ResumeCommand extends OrderingCommand {
    public ResumeCommand() {
        super(CommandKind.RESUME);
    }
}
