package org.ionstream.standalone.evaluation;

import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.score.ReferenceTrajectory;

/**
 * One network exported to other grids, with the statistics of its training protocols there. They are solved once for the
 * finest of some nested grids.
 */
final class NetworkGrids {
    private final Candidate candidate;
    private final double expectedRelativeL2;

    NetworkGrids(OnnxModelFile served) {
        this.candidate = Candidate.of(served);
        this.expectedRelativeL2 = served.card().expectedRelativeL2();
    }

    /** Not if it was trained on from another model: its recipe does not bring the statistics back. */
    boolean areThere() {
        return candidate.isFirstTraining();
    }

    Candidate candidate() {
        return candidate;
    }

    /** Protocols that each new grid needs solved. */
    int trainingProtocols() {
        return candidate.recipe().first().baseProtocols();
    }

    Candidate on(TimeGrid grid, ReferenceLabels labels) {
        return candidate.on(grid, labels);
    }

    /** On every n-th sample of a grid that it is on already. */
    OnnxModelFile every(Candidate finest, int nth) {
        TimeGrid coarse = ReferenceTrajectory.every(finest.normalisation().grid(), nth);
        return file(new Candidate(
                finest.cellModel(),
                finest.parameters(),
                finest.normalisation().on(coarse),
                finest.recipe(),
                finest.provenance()));
    }

    OnnxModelFile file(Candidate exported) {
        return OnnxModelFile.parse(exported.toOnnx(expectedRelativeL2));
    }
}
