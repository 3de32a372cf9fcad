package org.ionstream.standalone.command;

import org.ionstream.schemas.message.CommandKind;
import picocli.CommandLine;

/** Orders a retraining. */
@CommandLine.Command(
        name = "retrain",
        description =
                "Orders the trainer to train its champion on, with the references it has, and waits for the result. "
                        + "Exit code 0: done (the challenger may still have lost), 1: refused, failed or no answer.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream retrain --cell-model=fitzhugh-nagumo-1961 --why='new electrode'")
public final class RetrainCommand extends OrderingCommand {
    public RetrainCommand() {
        super(CommandKind.RETRAIN);
    }
}
