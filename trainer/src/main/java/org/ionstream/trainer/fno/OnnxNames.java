package org.ionstream.trainer.fno;

/** Names of constants in the exported graph that are not simply those of parameters. */
final class OnnxNames {
    static final String CURRENT_SCALE = "normalisation.current_scale";
    static final String MEAN = "normalisation.mean";
    static final String DEVIATION = "normalisation.deviation";
    static final String LIFT_TIME = "lift.0.time";
    static final String LIFT_CURRENT = "lift.0.current";
    static final String MIXING = ".mixing";

    private OnnxNames() {}
}
