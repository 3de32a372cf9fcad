package org.ionstream.trainer.retraining;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.trainer.fno.TrajectorySet;

/**
 * Audited references in three parts that share no protocol: to train on, to choose the best step with, to examine with. The
 * part depends on the protocol's id alone, so a protocol held out once is held out for ever.
 */
final class ReplaySplit {
    private static final String SALT = "held-out/";

    private final List<Replay.Entry> training = new ArrayList<>();
    private final List<Replay.Entry> selection = new ArrayList<>();
    private final List<Replay.Entry> examination = new ArrayList<>();

    ReplaySplit(List<Replay.Entry> entries, CellModel cellModel, TimeGrid grid, double heldOutShare) {
        for (Replay.Entry entry : usable(entries, cellModel, grid)) {
            String id = SALT + entry.reference().getId();
            if (UniformAudit.covers(id, heldOutShare / 3)) {
                selection.add(entry);
            } else if (UniformAudit.covers(id, heldOutShare)) {
                examination.add(entry);
            } else {
                training.add(entry);
            }
        }
    }

    List<Replay.Entry> training() {
        return training;
    }

    List<Replay.Entry> selection() {
        return selection;
    }

    List<Replay.Entry> examination() {
        return examination;
    }

    /** Those that a network of this cell model and grid can be compared with or trained on. */
    static List<Replay.Entry> usable(List<Replay.Entry> entries, CellModel cellModel, TimeGrid grid) {
        return entries.stream()
                .filter(entry -> isUsable(entry.reference(), cellModel, grid))
                .toList();
    }

    /** On the model's grid; all entries are usable there. */
    static TrajectorySet set(List<Replay.Entry> entries, CellModel cellModel, TimeGrid grid) {
        float[][] currents = new float[entries.size()][];
        float[][][] excursions = new float[entries.size()][cellModel.variables().size()][grid.samples()];
        double[] initial = new double[cellModel.variables().size()];
        for (int i = 0; i < entries.size(); i++) {
            ReferenceSolution reference = entries.get(i).reference();
            currents[i] = Stimulus.of(reference.getProtocol()).cellMeans(grid);
            float[][] values =
                    Traces.of(reference.getTrajectory()).resample(grid).values();
            for (int variable = 0; variable < values.length; variable++) {
                initial[variable] = values[variable][0];
                for (int sample = 0; sample < grid.samples(); sample++) {
                    excursions[i][variable][sample] = values[variable][sample] - values[variable][0];
                }
            }
        }
        return new TrajectorySet(grid, initial, currents, excursions);
    }

    /** Complete and finite, over the model's whole horizon, and no coarser than twice its grid. */
    private static boolean isUsable(ReferenceSolution reference, CellModel cellModel, TimeGrid grid) {
        if (reference.getOutcome() != Outcome.OK
                || reference.getTrajectory() == null
                || !reference.getTrajectory().getVariables().equals(cellModel.variableNames())) {
            return false;
        }
        try {
            Traces solved = Traces.of(reference.getTrajectory());
            Stimulus stimulus = Stimulus.of(reference.getProtocol());
            return solved.isFinite()
                    && stimulus.cellModel().equals(cellModel)
                    && solved.grid().equals(stimulus.grid())
                    && solved.grid().stepMs() <= 2 * grid.stepMs()
                    && solved.grid().horizonMs() >= grid.horizonMs() - 1e-9;
        } catch (UnreadableMessageException e) {
            return false;
        }
    }
}
