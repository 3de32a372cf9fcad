package org.ionstream.trainer.retraining;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Amplitudes;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.score.ExcursionError;

/**
 * Protocols about whose answers little decides, as whether the second pulse of a train finds the cell excitable again: those
 * that a hundredth less current changes most. They are few in a stream, and most of a good network's error is theirs.
 */
final class MostSensitive {
    private static final double LESS = 0.99;

    private MostSensitive() {}

    /**
     * So many of them, the most sensitive first, equals in their order.
     *
     * @param protocols all of one cell model
     * @param grid that answers are compared on
     */
    static List<StimulusProtocol> of(
            List<StimulusProtocol> protocols, int count, TimeGrid grid, ReferenceLabels labels) {
        double[] sensitivities = IntStream.range(0, protocols.size())
                .parallel()
                .mapToDouble(i -> sensitivity(protocols.get(i), grid, labels))
                .toArray();
        return IntStream.range(0, protocols.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -sensitivities[i]))
                .limit(count)
                .map(protocols::get)
                .toList();
    }

    /** Error of the answer to less current, if it were given to this one. */
    private static double sensitivity(StimulusProtocol protocol, TimeGrid grid, ReferenceLabels labels) {
        CellModel cellModel = CellModels.byId(protocol.getCellModel());
        return ExcursionError.meanRelativeL2(
                labels.solve(Amplitudes.scaled(protocol, LESS), grid).excursions(),
                labels.solve(protocol, grid).excursions(),
                cellModel.variables());
    }
}
