package org.ionstream.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;

/** Resident memory of this process over many training steps of a small network: a native leak would show. */
public final class TrainingMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int LOOKS = 10;

    /**
     * @param step done
     * @param residentMiB of the whole process
     */
    public record Look(int step, double residentMiB) {}

    private TrainingMemory() {}

    /** @return ten looks, evenly spread over the steps; none where the system does not tell */
    public static List<Look> over(int steps) {
        if (steps < LOOKS) {
            throw new IllegalArgumentException("%d steps; give at least %d".formatted(steps, LOOKS));
        }
        CellModel cellModel = CellModels.FITZHUGH_NAGUMO_1961;
        Recipe recipe = Recipes.CHAMPION
                .of(cellModel)
                .with(Map.of(
                        "architecture.width", "8",
                        "architecture.modes", "8",
                        "architecture.latentSamples", "32",
                        "training.steps", Integer.toString(steps),
                        "training.batch", "4",
                        "baseProtocols", "40",
                        "samples", "100",
                        "training.excursionWeight", "0",
                        "training.stepsPerValidation", Integer.toString(steps / LOOKS)));
        List<Look> looks = new ArrayList<>();
        TrainingRun.of(cellModel, recipe, progress -> {
            if (progress.validated()) {
                residentMiB().ifPresent(resident -> looks.add(new Look(progress.step(), resident)));
            }
        });
        return looks;
    }

    private static Optional<Double> residentMiB() {
        if (!Files.exists(STATUS)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS, e);
        }
    }
}
