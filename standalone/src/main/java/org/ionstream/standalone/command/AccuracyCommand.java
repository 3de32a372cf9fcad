package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.reference.truth.Truth;
import org.ionstream.standalone.accuracy.Accuracy;
import org.ionstream.standalone.accuracy.AccuracyText;
import org.ionstream.standalone.bench.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how far the reference solver is from independent trajectories. */
@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        description =
                "Solves the protocols of a folder of independent trajectories (a manifest.json and CSV files, such as "
                        + "reference/src/test/resources/truth in the sources) at relative tolerances 1e-6 and 1e-8 and prints the "
                        + "errors of all variables.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream accuracy --truth=reference/src/test/resources/truth",
            "  ionstream accuracy --truth=truth --only=ord --format=json"
        })
public final class AccuracyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--truth",
            paramLabel = "FOLDER",
            required = true,
            description = "Has the trajectories and their manifest.json")
    private Path folder;

    @Option(
            names = "--only",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "Only files whose name begins so, e.g. hh. Default: all")
    private String prefix;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            compare();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void compare() {
        ReportFormat chosen = reporting.format();
        List<Truth> truths = Truth.read(folder, prefix);
        if (truths.isEmpty()) {
            throw new IllegalArgumentException(
                    "no trajectory in %s begins with '%s'; leave --only out for all".formatted(folder, prefix));
        }
        Progress progress = new Progress(reporting::tell);
        progress.begin("trajectories", truths.size());
        List<Accuracy> rows = new ArrayList<>();
        for (Truth truth : truths) {
            rows.add(Accuracy.of(truth));
            progress.advance(rows.size());
        }
        chosen.print(rows, spec.commandLine().getOut(), text -> new AccuracyText(text).print(rows));
    }
}
