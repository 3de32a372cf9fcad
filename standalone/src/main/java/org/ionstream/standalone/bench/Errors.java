package org.ionstream.standalone.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Relative L2 errors of trajectories.
 *
 * @param mean over variables and protocols
 * @param median over protocols of the mean over variables
 * @param worstProtocol the largest mean over variables
 * @param worstVariable the largest of all
 * @param worstVariableName whose it is
 * @param membranePotential mean over protocols of the error of V
 */
public record Errors(
        double mean,
        double median,
        double worstProtocol,
        double worstVariable,
        String worstVariableName,
        double membranePotential) {

    /** @param errors shape [protocol][variable] */
    static Errors of(double[][] errors, List<String> variables) {
        double[] means = Arrays.stream(errors)
                .mapToDouble(ofProtocol -> Arrays.stream(ofProtocol).average().orElseThrow())
                .sorted()
                .toArray();
        int worst = 0;
        double worstVariable = 0;
        double potential = 0;
        for (double[] ofProtocol : errors) {
            potential += ofProtocol[variables.indexOf("V")] / errors.length;
            for (int variable = 0; variable < ofProtocol.length; variable++) {
                if (ofProtocol[variable] > worstVariable) {
                    worstVariable = ofProtocol[variable];
                    worst = variable;
                }
            }
        }
        return new Errors(
                Arrays.stream(means).average().orElseThrow(),
                Spread.of(means).median(),
                means[means.length - 1],
                worstVariable,
                variables.get(worst),
                potential);
    }
}
