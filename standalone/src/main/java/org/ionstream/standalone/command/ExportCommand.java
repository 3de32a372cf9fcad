package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.stream.TopicFollower;
import org.ionstream.standalone.trajectories.TrajectoryFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the trajectories that the topic holds into a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes the trajectories of the predictions that the topic holds into a file: CSV, arrays of NumPy or "
                        + "Parquet, as its name ends. To follow the topic instead, watch prints what comes; simulate --out writes the "
                        + "same files without Kafka.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream export --cell-model=ohara-rudy-2011 --out=trajectories.npz",
            "  ionstream export --variables=V --out=potentials.parquet"
        })
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Ends with .csv (a row per sample), .npz (arrays on one grid) or .parquet (a row per sample)")
    private Path out;

    @Option(names = "--cell-model", paramLabel = "ID", description = "Trajectories of this one alone. Default: all")
    private String cellModel;

    @Option(
            names = "--variables",
            split = ",",
            paramLabel = "VARIABLE",
            description = "State variables, comma-separated. Default: those of the first trajectory")
    private List<String> variables = List.of();

    @Option(
            names = "--count",
            defaultValue = "0",
            description = "At most so many trajectories; 0: all there are. Default: ${DEFAULT-VALUE}")
    private long count;

    @Override
    public Integer call() {
        try {
            String wanted =
                    cellModel == null ? null : CellModels.byId(cellModel).id();
            try (TrajectoryFile file = TrajectoryFile.create(out, variables)) {
                kafka.checkTopics();
                read(file, wanted);
                tell(file);
            }
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    /** @param wanted cell model; null: all */
    private void read(TrajectoryFile file, String wanted) {
        TopicFollower follower = new TopicFollower("export", kafka.settings());
        follower.follow(kafka.topics().predictions, (prediction, received) -> {
            if (count > 0 && file.trajectories() >= count) {
                follower.stop();
            } else if (wanted == null || wanted.equals(prediction.getCellModel())) {
                file.add(prediction);
            }
        });
        try (BeforeExit beforeExit = new BeforeExit(follower::stop)) {
            follower.readToEnd();
        }
    }

    private void tell(TrajectoryFile file) {
        if (file.trajectories() == 0) {
            throw new IllegalStateException(
                    "the topic holds no such trajectory (%d predictions without one); publish protocols first"
                            .formatted(file.without()));
        }
        Reporting.tell(
                spec,
                "%,d trajectories -> %s%s"
                        .formatted(
                                file.trajectories(),
                                out,
                                file.without() == 0
                                        ? ""
                                        : ", %,d predictions without one left out".formatted(file.without())));
    }
}
