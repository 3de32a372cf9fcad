package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.PulseRanges;
import org.ionstream.producer.Range;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.standalone.bench.Progress;
import org.ionstream.trainer.data.DatasetFile;
import org.ionstream.trainer.data.DatasetGeneration;
import org.ionstream.trainer.data.DatasetOrigin;
import org.ionstream.trainer.data.DatasetProtocols;
import org.ionstream.trainer.data.DatasetRecipe;
import org.ionstream.trainer.data.DatasetRole;
import org.ionstream.trainer.data.PaperGrid;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Solves protocols into a data set file. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description =
                "Solves protocols with the reference solver into an Avro container file whose header says how it was "
                        + "made. The same options make the same file, byte for byte. Stopped or killed and started again, it goes on "
                        + "with FILE.partial.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream dataset create --cell-model=fitzhugh-nagumo-1961 --set=training --out=fhn-training.avro",
            "  ionstream dataset create --cell-model=ohara-rudy-2011 --set=validation --samples=500 --out=ord-validation.avro",
            "  ionstream dataset create --cell-model=hodgkin-huxley-1952 --set=training --from=pulses --count=1000",
            "      --onset-ms=0..50 --duration-ms=1..5 --amplitude=5..40 --out=hh-delayed.avro",
            "  ionstream dataset create --cell-model=hodgkin-huxley-1952 --set=training --from=protocols.csv --out=mine.avro"
        })
public final class DatasetCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--cell-model", paramLabel = "ID", required = true, description = "e.g. hodgkin-huxley-1952")
    private String cellModel;

    @Option(
            names = "--set",
            required = true,
            description =
                    "training, validation or test. The three of one seed differ; a test set is not read by training")
    private String set;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "paper",
            description =
                    "paper: the tables of the FNO paper; pacing: pulse trains and S1-S2; pulses: single pulses from "
                            + "the ranges below; or a protocol file. Default: ${DEFAULT-VALUE}")
    private String from;

    @Mixin
    private ProtocolOptions protocols;

    @Option(names = "--seed", defaultValue = "1", description = "Of the protocols. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--count",
            description = "Of protocols. Default: of paper 3000 for training, else 375; of a file all")
    private Integer count;

    @Option(
            names = "--onset-ms",
            paramLabel = "LOW..HIGH",
            converter = RangeText.class,
            description = "Onset of a pulse, the first one of a train; of pacing and pulses. Default of pulses: 0")
    private Range onsetMs;

    @Option(
            names = "--duration-ms",
            paramLabel = "LOW..HIGH",
            converter = RangeText.class,
            description = "Duration of a pulse; of pacing and pulses")
    private Range durationMs;

    @Option(
            names = "--amplitude",
            paramLabel = "LOW..HIGH",
            converter = RangeText.class,
            description = "In the cell model's stimulus unit; of pacing and pulses")
    private Range amplitude;

    @Option(
            names = "--samples",
            description =
                    "Per trajectory. Default: the paper's grid, 1260, of O'Hara-Rudy 5040. With other numbers the "
                            + "samples are at 0, T/N, 2T/N, ...; 320 and 500 are the grids of the bundled champions")
    private Integer samples;

    @Option(
            names = "--relative-tolerance",
            defaultValue = "1e-6",
            description = "Of the solver. Default: ${DEFAULT-VALUE}")
    private double relativeTolerance;

    @Option(
            names = "--threads",
            description = "That solve; the file does not depend on their number. Default: one per processor")
    private Integer threads;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The data set")
    private Path out;

    @Override
    public Integer call() {
        try {
            create();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void create() {
        CellModel model = CellModels.byId(cellModel);
        DatasetRole role = Choice.of(DatasetRole.class, "--set", set);
        DatasetOrigin origin = origin();
        Optional<List<StimulusProtocol>> fromFile =
                origin == DatasetOrigin.FILE ? Optional.of(protocolsOfFile(model)) : Optional.empty();
        TimeGrid grid = samples == null ? PaperGrid.of(model) : DatasetRecipe.grid(model, samples);
        DatasetRecipe recipe = new DatasetRecipe(
                model.id(),
                role,
                origin,
                origin == DatasetOrigin.FILE ? 0 : seed,
                fromFile.map(List::size).orElseGet(() -> drawnCount(model, role, origin)),
                new PulseRanges(onsetMs, durationMs, amplitude),
                grid.stepMs(),
                grid.samples(),
                relativeTolerance);
        List<StimulusProtocol> solved = fromFile.orElseGet(() -> DatasetProtocols.of(recipe));
        Reporting.tell(spec, recipe.toString());
        long startedNs = System.nanoTime();
        DatasetFile made = new DatasetGeneration(
                        threads == null ? Runtime.getRuntime().availableProcessors() : threads)
                .run(recipe, solved, out, watch(recipe.count()));
        Reporting.tell(
                spec,
                "%s: %,d protocols, %,d bytes, SHA-256 of the protocols %s, %.1f s"
                        .formatted(
                                out,
                                recipe.count(),
                                made.path().toFile().length(),
                                made.protocolsSha256(),
                                (System.nanoTime() - startedNs) / 1e9));
    }

    /** The time left is reckoned from what this run has done. */
    private IntConsumer watch(int total) {
        Progress progress = new Progress(line -> Reporting.tell(spec, line));
        AtomicInteger before = new AtomicInteger(-1);
        return written -> {
            if (before.compareAndSet(-1, written)) {
                if (written > 0) {
                    Reporting.tell(spec, "%,d of %,d protocols are there already".formatted(written, total));
                }
                progress.begin("protocols", total - written);
            } else {
                progress.advance(written - before.get());
            }
        };
    }

    private DatasetOrigin origin() {
        if (protocols.areWritten()) {
            return DatasetOrigin.FILE;
        }
        return switch (from) {
            case "paper" -> DatasetOrigin.PAPER;
            case "pacing" -> DatasetOrigin.PACING;
            case "pulses" -> DatasetOrigin.PULSES;
            default -> DatasetOrigin.FILE;
        };
    }

    private int drawnCount(CellModel model, DatasetRole role, DatasetOrigin origin) {
        if (count != null) {
            return count;
        }
        if (origin != DatasetOrigin.PAPER) {
            throw new IllegalArgumentException("--from=%s needs --count".formatted(from));
        }
        return DatasetProtocols.paperCount(model, role);
    }

    /** Ids that were left out are line numbers: the same file gives the same data set. */
    private List<StimulusProtocol> protocolsOfFile(CellModel model) {
        List<StimulusProtocol> read = new ArrayList<>();
        try (ProtocolSource source = protocols.source(from, model, "line", true)) {
            while (source.hasNext() && (count == null || read.size() < count)) {
                read.add(source.next());
            }
        }
        return read;
    }
}
