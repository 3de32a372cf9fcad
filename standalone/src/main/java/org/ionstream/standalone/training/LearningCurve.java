package org.ionstream.standalone.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.standalone.plot.LogLogPlot;
import org.ionstream.standalone.plot.LogLogPlot.Curve;
import org.ionstream.standalone.plot.LogLogPlot.Stroke;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;

/**
 * Loss and validation error against the epoch, in learning-curve.csv, .png and .svg of a folder, written anew after every look
 * at the validation set. A training that goes on from a checkpoint goes on in the same file. Not thread-safe.
 */
public final class LearningCurve {
    private static final String NAME = "learning-curve";
    private static final String HEADER = "epoch,step,learning_rate,training_loss,validation_error,best_error";

    private record Row(double epoch, int step, double learningRate, double loss, double error, double best) {
        static Row parse(String line) {
            String[] columns = line.split(",");
            return new Row(
                    Double.parseDouble(columns[0]),
                    Integer.parseInt(columns[1]),
                    Double.parseDouble(columns[2]),
                    Double.parseDouble(columns[3]),
                    Double.parseDouble(columns[4]),
                    Double.parseDouble(columns[5]));
        }

        String csv() {
            return String.format(
                    Locale.ROOT, "%.4f,%d,%.4g,%.6f,%.6f,%.6f", epoch, step, learningRate, loss, error, best);
        }
    }

    private final Path folder;
    private final CellModel cellModel;
    private final Recipe recipe;
    private final Recipes name;
    private final List<Row> rows;
    private double lossSum;
    private int lossCount;

    /** @throws UncheckedIOException if an earlier curve cannot be read or the folder not be made */
    public LearningCurve(Path folder, CellModel cellModel, Recipes name, Recipe recipe) {
        this.folder = folder;
        this.cellModel = cellModel;
        this.name = name;
        this.recipe = recipe;
        this.rows = new ArrayList<>(earlier());
    }

    /** Adds what is new, if it is a look at the validation set. */
    public void add(FnoTraining.Progress progress) {
        lossSum += progress.loss();
        lossCount++;
        if (!progress.validated()) {
            return;
        }
        rows.removeIf(row -> row.step() >= progress.step());
        rows.add(new Row(
                (double) progress.step() / recipe.stepsPerEpoch(),
                progress.step(),
                recipe.training().learningRate(progress.step()),
                lossSum / lossCount,
                progress.validationError(),
                progress.bestError()));
        lossSum = 0;
        lossCount = 0;
        write();
    }

    private List<Row> earlier() {
        Path file = csv();
        try {
            Files.createDirectories(folder);
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().skip(1).map(Row::parse).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make " + file, e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "%s is not a learning curve of this version (%s); delete it or choose another folder"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private void write() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        rows.forEach(row -> lines.add(row.csv()));
        try {
            Files.write(csv(), lines, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + csv(), e);
        }
        plot().write(folder, NAME);
    }

    private LogLogPlot plot() {
        double[] epochs = rows.stream().mapToDouble(Row::epoch).toArray();
        List<Curve> curves = new ArrayList<>();
        curves.add(new Curve(
                "training loss", epochs, rows.stream().mapToDouble(Row::loss).toArray(), 1, Stroke.SOLID));
        curves.add(new Curve(
                "error on the validation set",
                epochs,
                rows.stream().mapToDouble(Row::error).toArray(),
                0,
                Stroke.SOLID));
        PublishedCurves.of(cellModel, name)
                .ifPresent(published -> curves.add(new Curve(
                        "error on the authors' test set", published.epochs(), published.errors(), 6, Stroke.DASHED)));
        return new LogLogPlot(
                "%s, %,d parameters"
                        .formatted(cellModel.title(), recipe.architecture().parameterCount()),
                "epochs of %,d protocols".formatted(recipe.baseProtocols()),
                "mean relative L2 error, standardised",
                curves);
    }

    private Path csv() {
        return folder.resolve(NAME + ".csv");
    }
}
