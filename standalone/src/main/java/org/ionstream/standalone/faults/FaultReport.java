package org.ionstream.standalone.faults;

import java.util.List;

/**
 * What faults did to a stream.
 *
 * @param protocols sent, with an id each
 * @param faults in the order in which they happened
 * @param lostPredictions ids without a prediction
 * @param doubledPredictions ids with more than one
 * @param audited ids in the uniform sample, which the reference solves too
 * @param lostReferences of those, without a reference
 * @param doubledReferences with more than one
 */
public record FaultReport(
        long protocols,
        List<Fault> faults,
        long lostPredictions,
        long doubledPredictions,
        long audited,
        long lostReferences,
        long doubledReferences) {

    /**
     * One fault.
     *
     * @param title for people
     * @param longestWaitSeconds of a protocol, from publishing to its committed prediction, until all that were published were
     *     answered again
     */
    public record Fault(String title, double longestWaitSeconds) {}

    public boolean isExactlyOnce() {
        return lostPredictions + doubledPredictions + lostReferences + doubledReferences == 0;
    }
}
