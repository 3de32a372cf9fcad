package org.ionstream.trainer.tuning.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asynchronous successive halving (ASHA): L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020,
 * algorithm 2. A trial is trained a little at first; whenever it is among the best 1/eta of its rung it may go on to the next,
 * where it is trained eta times as long. Nobody waits for a rung to be full.
 *
 * @param leastSteps of the optimiser, on the lowest rung
 * @param eta reduction factor, at least 2
 * @param rungs at least 1
 */
public record SuccessiveHalving(int leastSteps, int eta, int rungs) {
    public SuccessiveHalving {
        if (leastSteps < 1 || eta < 2 || rungs < 1) {
            throw new IllegalArgumentException(
                    "successive halving from %d steps, eta %d, %d rungs; eta must be at least 2, the others positive"
                            .formatted(leastSteps, eta, rungs));
        }
        if (leastSteps * Math.pow(eta, rungs - 1.0) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("%d steps times %d on each of %d rungs are too many; take fewer rungs"
                    .formatted(leastSteps, eta, rungs));
        }
    }

    /**
     * What is known of a rung.
     *
     * @param entered trials that are or were trained on it
     * @param errors of those that came to its end, by trial; infinite: failed
     */
    public record Rung(Set<Integer> entered, Map<Integer, Double> errors) {}

    /** A trial and the rung that it goes on to. */
    public record Promotion(int trial, int rung) {}

    /** From the beginning of the training to the end of a rung, from 0. */
    public int steps(int rung) {
        return leastSteps * (int) Math.pow(eta, rung);
    }

    public int mostSteps() {
        return steps(rungs - 1);
    }

    /**
     * Who goes on, if anybody: from the highest rung on which there is one, the best.
     *
     * @param known by rung, from the lowest
     */
    public Optional<Promotion> promotion(List<Rung> known) {
        for (int rung = rungs - 2; rung >= 0; rung--) {
            Map<Integer, Double> errors = known.get(rung).errors();
            Set<Integer> above = known.get(rung + 1).entered();
            Optional<Integer> next = errors.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Double>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                    .limit(errors.size() / eta)
                    .filter(trial -> Double.isFinite(trial.getValue()))
                    .map(Map.Entry::getKey)
                    .filter(trial -> !above.contains(trial))
                    .findFirst();
            if (next.isPresent()) {
                return Optional.of(new Promotion(next.get(), rung + 1));
            }
        }
        return Optional.empty();
    }
}
