package org.ionstream.reference.truth;

/** The error measure of solvers: how far a trace is from the truth. */
public final class RelativeError {
    private RelativeError() {}

    /** ||actual - expected|| / ||expected|| in the Euclidean norm over the samples; absolute where the expected is zero. */
    public static double l2(double[] actual, double[] expected) {
        double difference = 0;
        double size = 0;
        for (int sample = 0; sample < expected.length; sample++) {
            difference += Math.pow(actual[sample] - expected[sample], 2);
            size += Math.pow(expected[sample], 2);
        }
        return Math.sqrt(size == 0 ? difference : difference / size);
    }

    /** Of each variable; both of shape [variable][sample]. */
    public static double[] l2(double[][] actual, double[][] expected) {
        double[] errors = new double[expected.length];
        for (int variable = 0; variable < expected.length; variable++) {
            errors[variable] = l2(actual[variable], expected[variable]);
        }
        return errors;
    }
}
