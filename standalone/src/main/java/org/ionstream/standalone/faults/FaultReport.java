package org.ionstream.standalone.faults;

import java.util.List;

/**
 * What faults did to a stream.
 *
 * @param faults in the order in which they happened
 * @param predictions of all protocols sent
 * @param references of those in the uniform sample
 */
public record FaultReport(List<Fault> faults, Tally predictions, Tally references) {

    /**
     * One fault. The waits are the longest of a protocol from publishing to its committed answer, until all that were published
     * were answered again.
     *
     * @param title for people
     * @param longestWaitSeconds for a prediction
     * @param longestReferenceWaitSeconds for a reference
     */
    public record Fault(String title, double longestWaitSeconds, double longestReferenceWaitSeconds) {}

    /**
     * Ids that were answered against those that should have been.
     *
     * @param wanted ids, one answer each
     * @param lost without an answer
     * @param doubled with more than one
     * @param strange answered and not asked
     */
    public record Tally(long wanted, long lost, long doubled, long strange) {
        boolean isExactlyOnce() {
            return lost + doubled + strange == 0;
        }
    }

    public boolean isExactlyOnce() {
        return predictions.isExactlyOnce() && references.isExactlyOnce();
    }
}
