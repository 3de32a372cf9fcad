package org.ionstream.standalone.command;

import picocli.CommandLine.Command;

/** Models that are in service or shall be. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "check|card|keys|register|list|promote|rollback|rebuild",
        subcommands = {
            ModelCheckCommand.class,
            ModelCardCommand.class,
            ModelKeysCommand.class,
            ModelRegisterCommand.class,
            ModelListCommand.class,
            ModelPromoteCommand.class,
            ModelRollbackCommand.class,
            ModelRebuildCommand.class
        },
        description = "Checks model files, from wherever they come, and puts them into service, and back.",
        footerHeading = "%nExamples:%n",
        footer = {"  ionstream model check --model=mine.onnx", "  ionstream model register --model=mine.onnx"})
public final class ModelCommand {}
