package org.ionstream.standalone.command;

import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Puts a model that has served before back into service. */
@CommandLine.Command(
        name = "promote",
        description = "Puts a model that has served before back into service; surrogates swap between two batches.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream model promote --cell-model=fitzhugh-nagumo-1961 --model-id=fitzhugh-nagumo-1961-1a2b3c4d")
public final class ModelPromoteCommand extends OrderingCommand {
    @Option(names = "--model-id", paramLabel = "ID", required = true, description = "Which; see model list")
    private String modelId;

    public ModelPromoteCommand() {
        super(CommandKind.PROMOTE);
    }

    @Override
    void complete(Command.Builder command) {
        command.setModelId(modelId);
    }
}
