package org.ionstream.standalone.command;

import org.ionstream.schemas.message.CommandKind;
import picocli.CommandLine;

/** Puts the champion before the present one back into service. */
@CommandLine.Command(
        name = "rollback",
        description =
                "Puts the champion that the present one replaced back into service; surrogates swap between two batches. "
                        + "Does not wait for a training that is under way; that one can no longer promote its result.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream model rollback --cell-model=fitzhugh-nagumo-1961 --why='late repolarisation is wrong'")
public final class ModelRollbackCommand extends OrderingCommand {
    public ModelRollbackCommand() {
        super(CommandKind.ROLLBACK);
    }
}
