package org.ionstream.producer.sampler;

import java.util.List;
import java.util.random.RandomGenerator;
import org.ionstream.producer.Range;
import org.ionstream.schemas.message.Pulse;

/**
 * A row of one of the paper's data set tables: single pulses with onset 0, amplitude and duration uniform and independent.
 *
 * @param name as in the tables: zero (no pulse), general, nap (no action potential), i_high (strong), t_fin (the pulse
 *     lasts until the horizon)
 * @param trainingCount in the training set
 * @param heldOutCount in each of validation and test set
 * @param amplitude in the cell model's stimulus unit
 * @param durationMs of the pulse
 */
public record Subset(String name, int trainingCount, int heldOutCount, Range amplitude, Range durationMs) {
    public Subset {
        if (trainingCount < 0 || heldOutCount < 0 || durationMs.from() < 0) {
            throw new IllegalArgumentException("subset %s: counts %d and %d, durations %s ms; none may be negative"
                    .formatted(name, trainingCount, heldOutCount, durationMs));
        }
    }

    static Subset zero(int trainingCount, int heldOutCount) {
        return new Subset("zero", trainingCount, heldOutCount, Range.only(0), Range.only(0));
    }

    /** Both numbers are drawn for every protocol, so that a stream keeps its place whatever the ranges are. */
    List<Pulse> draw(RandomGenerator random) {
        double amplitudeDrawn = amplitude.draw(random);
        double durationMsDrawn = durationMs.draw(random);
        return durationMs.to() == 0 ? List.of() : List.of(new Pulse(0.0, durationMsDrawn, amplitudeDrawn));
    }
}
