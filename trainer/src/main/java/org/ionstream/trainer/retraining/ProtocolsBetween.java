package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * New protocols from audited ones, more where the model is worse: each lies between two that have as many pulses, every onset,
 * duration and amplitude at the same share of the way. So it breaks no rule that both keep (no pulses overlap, all are in order
 * and within the horizon), and lies within what the stream has shown. Chawla et al. 2002, "SMOTE: Synthetic Minority
 * Over-sampling Technique", make examples so.
 */
final class ProtocolsBetween {
    private ProtocolsBetween() {}

    /**
     * @param audited protocols; those with a sampled current are left out
     * @param errors of the model, one each: the first of a pair is as likely as its error is large
     * @return so many; none if no protocol has pulses
     */
    static List<StimulusProtocol> of(List<StimulusProtocol> audited, double[] errors, int count, long seed) {
        Map<Integer, List<StimulusProtocol>> byPulses = new HashMap<>();
        double[] upTo = new double[audited.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            StimulusProtocol protocol = audited.get(i);
            boolean usable = protocol.getSampledCurrent() == null
                    && !protocol.getPulses().isEmpty();
            if (usable) {
                byPulses.computeIfAbsent(protocol.getPulses().size(), pulses -> new ArrayList<>())
                        .add(protocol);
            }
            sum += usable ? errors[i] : 0;
            upTo[i] = sum;
        }
        List<StimulusProtocol> between = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        while (sum > 0 && between.size() < count) {
            StimulusProtocol one = audited.get(place(upTo, sum * random.nextDouble()));
            List<StimulusProtocol> others = byPulses.get(one.getPulses().size());
            StimulusProtocol other = others.get(random.nextInt(others.size()));
            between.add(between(one, other, "between-" + seed + "-" + between.size(), random));
        }
        return between;
    }

    /** First place whose sum is above the number. */
    private static int place(double[] upTo, double number) {
        int place = 0;
        while (place < upTo.length - 1 && upTo[place] <= number) {
            place++;
        }
        return place;
    }

    private static StimulusProtocol between(
            StimulusProtocol one, StimulusProtocol other, String id, RandomGenerator random) {
        double share = random.nextDouble();
        List<Pulse> pulses = new ArrayList<>();
        for (int i = 0; i < one.getPulses().size(); i++) {
            Pulse here = one.getPulses().get(i);
            Pulse there = other.getPulses().get(i);
            pulses.add(new Pulse(
                    between(here.getOnsetMs(), there.getOnsetMs(), share),
                    between(here.getDurationMs(), there.getDurationMs(), share),
                    between(here.getAmplitude(), there.getAmplitude(), share)));
        }
        return StimulusProtocol.newBuilder(one)
                .setId(id)
                .setPulses(pulses)
                .setTags(Map.of())
                .build();
    }

    private static double between(double here, double there, double share) {
        return here + share * (there - here);
    }
}
