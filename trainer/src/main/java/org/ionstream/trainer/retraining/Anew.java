package org.ionstream.trainer.retraining;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.release.Recipe;

/**
 * Whether a retraining begins with a network for pulses at any time, from random numbers, or goes on from the champion's.
 *
 * @param network what is other than best for the cell model, by the name of a component of {@link FnoArchitecture}
 */
public record Anew(When when, Map<String, String> network) {
    public enum When {
        NEVER,
        /** If the champion is not such a network: the statistics of its outputs are those of pulses that all began at one time. */
        ONCE,
        ALWAYS
    }

    /** Goes on from the champion's. */
    public static final Anew NEVER = new Anew(When.NEVER, Map.of());

    private static final String WINDOWS = "windows";

    /** Windows in which there is at most one pulse; long ones want more latent samples, here of all together, and modes. */
    private static final Map<String, Map<String, String>> BEST = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(), Map.of(WINDOWS, "16"),
            CellModels.HODGKIN_HUXLEY_1952.id(), Map.of(WINDOWS, "16"),
            CellModels.OHARA_RUDY_2011.id(), Map.of(WINDOWS, "5", "latentSamples", "200", "modes", "20"));

    public Anew {
        network = Collections.unmodifiableMap(new TreeMap<>(network));
        List<String> known = Arrays.stream(FnoArchitecture.class.getRecordComponents())
                .map(component -> component.getName())
                .toList();
        network.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("a network that begins anew has no '%s'; it has %s"
                            .formatted(name, String.join(", ", known)));
                });
        if (!network.getOrDefault(WINDOWS, "1").matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(
                    "a network that begins anew with windows=%s; give a whole number, 1 for the horizon at once"
                            .formatted(network.get(WINDOWS)));
        }
    }

    boolean insteadOf(Candidate champion) {
        return switch (when) {
            case NEVER -> false;
            case ONCE -> !champion.normalisation().isOverAllTimes();
            case ALWAYS -> true;
        };
    }

    /**
     * The recipe of a champion with the network that begins anew.
     *
     * @throws IllegalArgumentException if the network cannot have a value
     */
    Recipe with(Recipe recipe, CellModel cellModel, TimeGrid grid) {
        Map<String, String> values = new TreeMap<>();
        if (!network.containsKey(WINDOWS)) {
            values.putAll(best(recipe, cellModel, grid));
        }
        values.putAll(network);
        int windows = Integer.parseInt(values.getOrDefault(WINDOWS, "1"));
        return recipe.with(recipe.architecture().forAnyTime(windows))
                .with(values.entrySet().stream()
                        .collect(Collectors.toMap(entry -> "architecture." + entry.getKey(), Map.Entry::getValue)));
    }

    /** None unless they share out the samples evenly, and those that a step looks at. */
    private static Map<String, String> best(Recipe recipe, CellModel cellModel, TimeGrid grid) {
        Map<String, String> best = BEST.getOrDefault(cellModel.id(), Map.of(WINDOWS, "1"));
        int divisor = Integer.parseInt(best.get(WINDOWS)) * recipe.training().stride();
        return grid.samples() % divisor == 0 ? best : Map.of();
    }
}
