package org.ionstream.trainer.fno;

/** Names of constants in the exported graph that are not simply those of parameters. */
final class OnnxNames {
    static final String CURRENT_SCALE = "normalisation.current_scale";
    static final String MEAN = "normalisation.mean";
    static final String DEVIATION = "normalisation.deviation";
    static final String OF_TIME = ".time";
    static final String OF_CURRENT = ".current";
    static final String MIXING = ".mixing";

    private OnnxNames() {}

    /** The layer that a weight belongs to. */
    static String stem(String weight) {
        return weight.substring(0, weight.length() - ".weight".length());
    }
}
