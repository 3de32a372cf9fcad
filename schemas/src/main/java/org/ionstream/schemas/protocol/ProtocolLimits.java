package org.ionstream.schemas.protocol;

/**
 * What a single protocol may ask for, so that one record cannot exhaust a stage.
 *
 * @param pulses most pulses
 * @param currentSamples most samples of a sampled current
 * @param horizonMs longest simulated time
 * @param outputSamples most samples per variable
 * @param outputBytes largest trajectory, below Kafka's record limit
 * @param amplitude largest absolute stimulus, in the cell model's unit
 */
public record ProtocolLimits(
        int pulses, int currentSamples, double horizonMs, int outputSamples, int outputBytes, double amplitude) {
    /** Characters of an id, of a protocol, model or command: keys have it, and answers repeat it. */
    public static final int LONGEST_ID = 128;

    public static final ProtocolLimits DEFAULT = new ProtocolLimits(1_000, 10_000, 10_000, 20_000, 900_000, 1_000);
}
