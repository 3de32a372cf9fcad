package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hipparchus.stat.descriptive.rank.Median;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;

/**
 * New protocols from audited ones, more where the model is worse: each lies a part of the way from one towards another that has
 * as many pulses, or away from it, every onset, duration and amplitude by the same share. What holds for all pairs, as that
 * pulses are evenly spaced, holds for it; it may lie a little beyond what the stream has shown, which keeps the edges of the
 * stream from being rare. After Chawla et al. 2002, "SMOTE: Synthetic Minority Over-sampling Technique", who go all the way
 * and not away.
 */
final class ProtocolsNear {
    /** Of the way, in either direction: new protocols are then spread as the audited ones are, a twelfth wider. */
    private static final double REACH = 0.5;
    /** Of the way, before the audited protocol is taken as it is. */
    private static final int MOST_HALVINGS = 8;
    /** Times the median error: what a good model is bad at is rare in the stream too, and not all there is to learn. */
    private static final double MOST_FAVOURED = 2;

    private ProtocolsNear() {}

    /**
     * @param audited protocols; those with a sampled current are left out
     * @param errors of the model, one each: the first of a pair is as likely as its error is large, up to twice their median
     * @return so many; none if no protocol has pulses
     */
    static List<StimulusProtocol> of(List<StimulusProtocol> audited, double[] errors, int count, long seed) {
        Map<Integer, List<StimulusProtocol>> byPulses = new HashMap<>();
        double[] upTo = new double[audited.size()];
        double most = MOST_FAVOURED * new Median().evaluate(errors);
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            StimulusProtocol protocol = audited.get(i);
            boolean usable = protocol.getSampledCurrent() == null
                    && !protocol.getPulses().isEmpty();
            if (usable) {
                byPulses.computeIfAbsent(protocol.getPulses().size(), pulses -> new ArrayList<>())
                        .add(protocol);
            }
            sum += usable ? Math.min(errors[i], most) : 0;
            upTo[i] = sum;
        }
        List<StimulusProtocol> near = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        while (sum > 0 && near.size() < count) {
            StimulusProtocol one = audited.get(place(upTo, sum * random.nextDouble()));
            List<StimulusProtocol> others = byPulses.get(one.getPulses().size());
            StimulusProtocol other = others.get(random.nextInt(others.size()));
            List<Pulse> pulses = pulses(one.getPulses(), other.getPulses(), one.getHorizonMs(), random);
            near.add(StimulusProtocol.newBuilder(one)
                    .setId("near-" + seed + "-" + near.size())
                    .setPulses(pulses)
                    .setTags(Map.of())
                    .build());
        }
        return near;
    }

    /** First place whose sum is above the number. */
    private static int place(double[] upTo, double number) {
        int place = 0;
        while (place < upTo.length - 1 && upTo[place] <= number) {
            place++;
        }
        return place;
    }

    /** Half as far as drawn, and half again, until no rule is broken. */
    private static List<Pulse> pulses(
            List<Pulse> ofOne, List<Pulse> ofOther, double horizonMs, RandomGenerator random) {
        double share = REACH * (2 * random.nextDouble() - 1);
        for (int halvings = 0; halvings < MOST_HALVINGS; halvings++) {
            List<Pulse> pulses = pulses(ofOne, ofOther, share);
            if (areAllowed(pulses, ofOne, horizonMs)) {
                return pulses;
            }
            share /= 2;
        }
        return ofOne;
    }

    private static List<Pulse> pulses(List<Pulse> ofOne, List<Pulse> ofOther, double share) {
        List<Pulse> pulses = new ArrayList<>();
        for (int i = 0; i < ofOne.size(); i++) {
            Pulse here = ofOne.get(i);
            Pulse there = ofOther.get(i);
            pulses.add(new Pulse(
                    onTheWay(here.getOnsetMs(), there.getOnsetMs(), share),
                    onTheWay(here.getDurationMs(), there.getDurationMs(), share),
                    onTheWay(here.getAmplitude(), there.getAmplitude(), share)));
        }
        return pulses;
    }

    private static double onTheWay(double here, double there, double share) {
        return here + share * (there - here);
    }

    /** One after another within the horizon, none of no length, inverted, or stronger than any protocol may be. */
    private static boolean areAllowed(List<Pulse> pulses, List<Pulse> audited, double horizonMs) {
        double endMs = 0;
        for (int i = 0; i < pulses.size(); i++) {
            Pulse pulse = pulses.get(i);
            double amplitude = pulse.getAmplitude();
            boolean inverted = amplitude * audited.get(i).getAmplitude() < 0;
            boolean tooStrong = Math.abs(amplitude) > ProtocolLimits.DEFAULT.amplitude();
            if (pulse.getOnsetMs() < endMs || !(pulse.getDurationMs() > 0) || inverted || tooStrong) {
                return false;
            }
            endMs = pulse.getOnsetMs() + pulse.getDurationMs();
        }
        return endMs <= horizonMs;
    }
}
