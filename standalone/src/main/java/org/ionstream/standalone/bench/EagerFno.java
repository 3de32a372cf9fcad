package org.ionstream.standalone.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.release.Recipe;

/** The same network in PyTorch eager, as the paper's authors write it, in a Python process of its own: the anchor. */
final class EagerFno {
    private static final String SCRIPT = "/bench/eager_fno.py";

    private final String python;

    /** @param python interpreter that has torch */
    EagerFno(String python) {
        this.python = python;
    }

    /** Why it cannot run here; empty if it can. */
    Optional<String> fault() {
        try {
            Process process = new ProcessBuilder(python, "-c", "import torch; print(torch.__version__)")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of(said.lines().reduce("", (a, b) -> b));
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Seconds per step of each round after the first. */
    Spread measure(Recipe recipe, TrainingBench.Settings settings) {
        FnoArchitecture net = recipe.architecture();
        List<String> command = new ArrayList<>(List.of(python, "-"));
        for (Object argument : new Object[] {
            net.width(),
            net.modes(),
            net.layers(),
            net.layer() == FourierLayer.MLP ? "mlp" : "classic",
            net.activation().name().toLowerCase(Locale.ROOT),
            Math.round(net.paddingFraction() * recipe.samples()),
            net.variables(),
            recipe.samples(),
            recipe.training().batch(),
            settings.threads(),
            settings.rounds(),
            TrainingBench.STEPS_PER_ROUND
        }) {
            command.add(argument.toString());
        }
        try {
            Path script = Files.createTempFile("eager", ".py");
            try (InputStream resource = EagerFno.class.getResourceAsStream(SCRIPT)) {
                Files.write(script, resource.readAllBytes());
            }
            Process process = new ProcessBuilder(command)
                    .redirectInput(script.toFile())
                    .redirectErrorStream(true)
                    .start();
            List<String> lines;
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                lines = reader.lines().toList();
            }
            Files.delete(script);
            if (process.waitFor() != 0 || lines.size() != settings.rounds() + 1) {
                throw new IllegalStateException("%s says %s".formatted(command, lines));
            }
            return Spread.of(
                    lines.stream().skip(1).mapToDouble(Double::parseDouble).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + python, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
