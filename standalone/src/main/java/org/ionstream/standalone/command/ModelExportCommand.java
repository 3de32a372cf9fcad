package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.release.ChampionTraining;
import org.ionstream.trainer.release.GridExport;
import org.ionstream.trainer.release.TrainedWeights;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a trained network as an ONNX file on any grid. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes a trained network as an ONNX file on any grid. On another grid than the model's own its statistics "
                        + "are computed there, from the protocols it was trained on, and its error is measured there and put into "
                        + "its card. Its bands are calibrated in any case. Without a grid the file is written again on its own.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream model export --cell-model=ohara-rudy-2011 --samples=250 --out=ord-250.onnx",
            "  ionstream model export --model=mine.onnx --step-ms=0.1 --out=fine.onnx",
            "  ionstream model export --checkpoint=fhn.checkpoint --samples=320 --out=fhn.onnx"
        })
public final class ModelExportCommand implements Callable<Integer> {
    private static final int MOST_SAMPLES = 20_000;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private From from;

    /** Whose network. */
    private static final class From {
        @Option(names = "--cell-model", paramLabel = "ID", description = "The bundled champion of this cell model")
        private String cellModel;

        @Option(names = "--model", paramLabel = "FILE", description = "A model file of this project")
        private Path file;

        @Option(
                names = "--checkpoint",
                paramLabel = "FILE",
                description = "Of train, finished or not: the best weights so far, by default on the training grid")
        private Path checkpoint;

        Optional<OnnxModelFile> file() {
            if (cellModel != null) {
                return Optional.of(ModelFiles.bundled(CellModels.byId(cellModel)));
            }
            return Optional.ofNullable(file).map(ModelFiles::checked);
        }
    }

    @ArgGroup
    private Grid grid = new Grid();

    /** On which grid. */
    private static final class Grid {
        @Option(names = "--samples", paramLabel = "N", description = "Over the model's horizon. Default: the file's")
        private Integer samples;

        @Option(names = "--step-ms", paramLabel = "X", description = "Between two samples. Default: the file's")
        private Double stepMs;
    }

    @Option(
            names = "--interpolate-statistics",
            description =
                    "For a model that was trained on from another, whose protocols are not known any more: statistics "
                            + "linear between those of its grid")
    private boolean interpolate;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The ONNX file")
    private Path out;

    @Override
    public Integer call() {
        try {
            export();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void export() {
        ReferenceLabels labels = ReferenceLabels.standard();
        Optional<OnnxModelFile> file = from.file();
        Candidate candidate = file.map(Candidate::of)
                .orElseGet(() -> TrainedWeights.of(from.checkpoint).candidate(labels));
        TimeGrid own = candidate.normalisation().grid();
        TimeGrid wanted = wanted(own);
        GridExport.checkHorizon(wanted, candidate);
        PrintWriter err = spec.commandLine().getErr();
        byte[] onnx;
        if (file.isPresent() && wanted.equals(own)) {
            onnx = candidate.toOnnx(file.get().card().expectedRelativeL2());
        } else {
            if (!interpolate) {
                err.printf(
                        "solving %,d training protocols for their statistics on %d samples%n",
                        candidate.recipe().first().baseProtocols(), wanted.samples());
                err.flush();
            }
            ChampionTraining.Trained there = new GridExport(labels, FnoPredictor.Settings.ON_CPU)
                    .on(
                            wanted,
                            candidate,
                            interpolate ? GridExport.Statistics.INTERPOLATED : GridExport.Statistics.EXACT);
            err.printf(
                    "%d validation protocols: relative L2 of the excursion %.4f mean, %.4f median%n",
                    there.validation().getProtocols(),
                    there.validation().getMeanRelativeL2(),
                    there.validation().getMedianRelativeL2());
            onnx = there.onnx();
        }
        byte[] calibrated = ModelFiles.calibrated(onnx, labels, spec);
        ModelFiles.write(out, calibrated);
        err.printf(
                "%s, %d samples of %s ms -> %s, %,d bytes%n",
                candidate.modelId(), wanted.samples(), wanted.stepMs(), out, calibrated.length);
        err.flush();
    }

    /** @throws IllegalArgumentException naming the bounds */
    private TimeGrid wanted(TimeGrid own) {
        if (grid.samples == null && grid.stepMs == null) {
            return own;
        }
        double samples = grid.samples == null ? own.horizonMs() / grid.stepMs : grid.samples;
        if (!(samples >= 1 && samples <= MOST_SAMPLES)) {
            throw new IllegalArgumentException(
                    "%s samples over %s ms; choose 1 to %d".formatted(samples, own.horizonMs(), MOST_SAMPLES));
        }
        return grid.samples == null
                ? TimeGrid.covering(own.horizonMs(), grid.stepMs)
                : new TimeGrid(own.horizonMs() / grid.samples, grid.samples);
    }
}
