package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.biomarker.TrajectoryBiomarkers;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.surrogate.fno.FnoPredictor;

/** Errors in physical units and biomarkers of one network on its own grid, collected part by part. One thread. */
public final class PhysicalErrors {
    private final FnoPredictor predictor;
    private final CellModel cellModel;
    private final List<PhysicalError> errors = new ArrayList<>();
    private final List<BiomarkerPair> biomarkers = new ArrayList<>();

    public PhysicalErrors(FnoPredictor predictor, CellModel cellModel) {
        this.predictor = predictor;
        this.cellModel = cellModel;
    }

    /** @param part on the predictor's grid */
    public void add(List<ReferenceTrajectory> part) {
        float[][][] predicted = predictor.predict(part.stream()
                .map(reference -> reference.stimulus().cellMeans(reference.grid()))
                .toArray(float[][]::new));
        for (int i = 0; i < part.size(); i++) {
            ReferenceTrajectory reference = part.get(i);
            Traces traces = new Traces(reference.grid(), cellModel.variableNames(), predicted[i]);
            biomarkers.add(new BiomarkerPair(
                    TrajectoryBiomarkers.of(traces, reference.stimulus()),
                    TrajectoryBiomarkers.of(reference.traces(cellModel), reference.stimulus())));
        }
        errors.addAll(IntStream.range(0, part.size())
                .parallel()
                .mapToObj(i -> PhysicalError.of(predicted[i], part.get(i), cellModel.variables()))
                .toList());
    }

    /** In the order of the protocols. */
    public List<PhysicalError> errors() {
        return List.copyOf(errors);
    }

    /** In the order of the protocols. */
    public List<BiomarkerPair> biomarkers() {
        return List.copyOf(biomarkers);
    }
}
