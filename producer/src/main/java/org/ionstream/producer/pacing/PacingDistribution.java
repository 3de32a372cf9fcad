package org.ionstream.producer.pacing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ionstream.producer.ProtocolDistribution;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.PulseRanges;
import org.ionstream.producer.Range;
import org.ionstream.producer.RunIds;
import org.ionstream.schemas.cell.CellModel;

/**
 * Pulse trains and S1-S2 protocols, half of each: several pulses with a delay, where the FNO paper has one pulse at time 0. A
 * surrogate trained on the paper's protocols meets these as a drift of its inputs. Random numbers come from
 * {@link SplittableRandom}. Immutable, thread-safe.
 */
public final class PacingDistribution implements ProtocolDistribution {
    private final CellModel cellModel;
    private final PacingRanges ranges;

    private PacingDistribution(CellModel cellModel, PacingRanges ranges) {
        this.cellModel = cellModel;
        this.ranges = ranges;
    }

    /** @throws IllegalArgumentException if there are no ranges for this cell model */
    public static PacingDistribution of(CellModel cellModel) {
        return of(cellModel, PulseRanges.NONE);
    }

    /**
     * @param changed takes the place of the cell model's own ranges
     * @throws IllegalArgumentException also if the longest train would not fit the horizon
     */
    public static PacingDistribution of(CellModel cellModel, PulseRanges changed) {
        PacingRanges ranges = PacingRanges.of(cellModel).with(changed);
        ranges.requireFit(cellModel.horizonMs());
        return new PacingDistribution(cellModel, ranges);
    }

    @Override
    public ProtocolSource endless(long seed, String runPrefix) {
        SplittableRandom random = new SplittableRandom(seed);
        RunIds ids = new RunIds(runPrefix, random.split());
        return ProtocolSource.endless(() -> draw(random).protocol(cellModel, ids.next()));
    }

    /** All pulses end within the horizon: the cycle is as long as the number of pulses allows, S2 comes within a cycle. */
    private Pacing draw(RandomGenerator random) {
        double onsetMs = ranges.firstOnsetMs().draw(random);
        int pulses = ranges.fewest() + random.nextInt(ranges.most() - ranges.fewest() + 1);
        double durationMs = ranges.durationMs().draw(random);
        double amplitude = ranges.amplitude().draw(random);
        double longestCycleMs = (cellModel.horizonMs() - onsetMs - durationMs) / (pulses - 1);
        double cycleMs = new Range(ranges.shortestCycleMs(), longestCycleMs).draw(random);
        if (random.nextBoolean()) {
            return new PulseTrain(onsetMs, cycleMs, durationMs, amplitude, pulses);
        }
        PulseTrain s1 = new PulseTrain(onsetMs, cycleMs, durationMs, amplitude, pulses - 1);
        double couplingIntervalMs = new Range(ranges.shortestCycleMs(), cycleMs).draw(random);
        return new S1S2(s1, couplingIntervalMs, durationMs, ranges.amplitude().draw(random));
    }
}
