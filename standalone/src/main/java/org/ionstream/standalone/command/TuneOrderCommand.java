package org.ionstream.standalone.command;

import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Orders a study from the trainer. */
@CommandLine.Command(
        name = "order",
        description =
                "Orders the trainer to lead a study, which tuning workers train, and waits for the result. The trainer goes on "
                        + "with it after a restart. Exit code 0: done, 1: refused, failed or no answer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream tune order --cell-model=fitzhugh-nagumo-1961 --trials=40 --largest-parameters=300000",
            "  ionstream tune order --cell-model=fitzhugh-nagumo-1961 --print > plan.json"
        })
public final class TuneOrderCommand extends OrderingCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(names = "--print", description = "Orders nothing: the plan, as an order over HTTP has it")
    private boolean print;

    public TuneOrderCommand() {
        super(CommandKind.TUNE);
    }

    @Override
    public Integer call() {
        if (!print) {
            return super.call();
        }
        try {
            spec.commandLine().getOut().println(options.plan(cellModel()).toJson());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    @Override
    void complete(Command.Builder command) {
        command.setPlan(options.plan(cellModel()).toJson());
    }
}
