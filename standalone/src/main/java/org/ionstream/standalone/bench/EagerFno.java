package org.ionstream.standalone.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ionstream.standalone.machine.OutsideTool;
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
            OutsideTool.Said said = OutsideTool.run(List.of(python, "-c", "import torch"));
            return said.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of(said.lines().stream().reduce("it says nothing", (before, last) -> last));
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Seconds per step of each round after the first. */
    Spread measure(Recipe recipe, TrainingBench.Settings settings) {
        FnoArchitecture net = recipe.architecture();
        Stream<?> arguments = Stream.of(
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
                TrainingBench.STEPS_PER_ROUND);
        List<String> command = Stream.concat(Stream.of(python, "-c", script()), arguments.map(Object::toString))
                .toList();
        try {
            OutsideTool.Said said = OutsideTool.run(command);
            if (said.exitCode() != 0 || said.lines().size() != settings.rounds() + 1) {
                throw new IllegalStateException("PyTorch eager by %s says %s".formatted(python, said.lines()));
            }
            return Spread.of(said.lines().stream()
                    .skip(1)
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + python, e);
        }
    }

    private static String script() {
        try (InputStream resource = EagerFno.class.getResourceAsStream(SCRIPT)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SCRIPT, e);
        }
    }
}
