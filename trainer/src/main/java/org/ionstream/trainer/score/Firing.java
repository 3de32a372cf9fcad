package org.ionstream.trainer.score;

import java.util.List;

/**
 * On how many protocols both sides agree whether there is an action potential, and how many.
 *
 * @param bothFired at least one action potential on each side
 * @param neitherFired none on either side
 * @param predictedOnly only the prediction has one
 * @param referenceOnly only the reference has one
 * @param sameNumber as many action potentials on both sides
 */
public record Firing(int bothFired, int neitherFired, int predictedOnly, int referenceOnly, int sameNumber) {

    public static Firing of(List<BiomarkerPair> pairs) {
        int both = 0;
        int neither = 0;
        int predictedOnly = 0;
        int referenceOnly = 0;
        int same = 0;
        for (BiomarkerPair pair : pairs) {
            int predicted = pair.predicted().getActionPotentials();
            int reference = pair.reference().getActionPotentials();
            same += predicted == reference ? 1 : 0;
            if (predicted > 0 && reference > 0) {
                both++;
            } else if (predicted > 0) {
                predictedOnly++;
            } else if (reference > 0) {
                referenceOnly++;
            } else {
                neither++;
            }
        }
        return new Firing(both, neither, predictedOnly, referenceOnly, same);
    }

    public int protocols() {
        return bothFired + neitherFired + predictedOnly + referenceOnly;
    }
}
