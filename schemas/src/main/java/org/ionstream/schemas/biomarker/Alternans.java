package org.ionstream.schemas.biomarker;

import java.util.List;
import org.ionstream.schemas.message.Beat;

/**
 * Alternans is a beat-to-beat alternation of the duration of action potentials: S. A. Gaeta and D. J. Christini, "Non-linear
 * dynamics of cardiac alternans", 2012, DOI 10.3389/fphys.2012.00157. A difference between two beats is none yet: in a train
 * that begins at rest the duration adapts in one direction, so that a third beat must undo what the second did.
 */
final class Alternans {
    private Alternans() {}

    /** Of the last three stimuli in a row with an APD90; null if there are none. */
    static Double apd90Ms(List<Beat> beats) {
        List<Beat> paced = beats.stream().filter(Beat::getStimulated).toList();
        for (int last = paced.size() - 1; last >= 2; last--) {
            Double third = paced.get(last).getApd90FromMaxUpstrokeMs();
            Double second = paced.get(last - 1).getApd90FromMaxUpstrokeMs();
            Double first = paced.get(last - 2).getApd90FromMaxUpstrokeMs();
            if (first != null && second != null && third != null) {
                double before = second - first;
                double after = third - second;
                return before * after < 0 ? Math.min(Math.abs(before), Math.abs(after)) : 0;
            }
        }
        return null;
    }
}
