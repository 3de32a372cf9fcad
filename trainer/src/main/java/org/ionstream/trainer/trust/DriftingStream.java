package org.ionstream.trainer.trust;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.trainer.data.ReferenceLabels;

/** The paper's protocols and then others, each predicted and audited: what the bands cover, and what adjusted ones do. */
final class DriftingStream {
    private static final int BLOCKS = 5;
    private static final long SEED = 6;

    private final CellModel cellModel;
    private final ReferenceLabels labels;
    private final FnoPredictor predictor;
    private final CalibratedErrors errors;

    DriftingStream(CellModel cellModel, ReferenceLabels labels, FnoPredictor predictor, CalibratedErrors errors) {
        this.cellModel = cellModel;
        this.labels = labels;
        this.predictor = predictor;
        this.errors = errors;
    }

    /**
     * @param held the model's errors on the paper's protocols
     * @param count protocols of each shift
     */
    List<TrustReport.Stream> all(MeasuredErrors held, int count, Consumer<String> progress) {
        List<TrustReport.Stream> streams = new ArrayList<>();
        for (Shifts shift : Shifts.values()) {
            progress.accept("solving %,d protocols: %s".formatted(count, shift.title(cellModel)));
            MeasuredErrors shifted = MeasuredErrors.of(predictor, labels, errors, shift, SEED, count);
            SimulatedAudits audits = new SimulatedAudits(
                    cellModel,
                    predictor.card().modelId(),
                    predictor.card().expectedRelativeL2(),
                    Double.POSITIVE_INFINITY);
            List<TrustReport.Block> blocks = new ArrayList<>(blocks(audits, held, 0));
            blocks.addAll(blocks(audits, shifted, held.size()));
            streams.add(new TrustReport.Stream(shift.title(cellModel), blocks));
        }
        return streams;
    }

    /**
     * Audits in an order of their own, as sets come subset by subset.
     *
     * @param before audits of the stream before them; 0: they are its beginning, not yet shifted
     */
    private static List<TrustReport.Block> blocks(SimulatedAudits audits, MeasuredErrors measured, int before) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, measured.size()).boxed().toList());
        Collections.shuffle(order, new Random(SEED));
        double[] fixed = measured.coverageByProtocol();
        List<TrustReport.Block> blocks = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            int from = block * order.size() / BLOCKS;
            int to = (block + 1) * order.size() / BLOCKS;
            double outOfRange = 0;
            double fixedSum = 0;
            double adaptedSum = 0;
            for (int protocol : order.subList(from, to)) {
                adaptedSum += covered(audits.next(measured, protocol));
                fixedSum += fixed[protocol];
                outOfRange += measured.inRange().get(protocol) ? 0 : 1;
            }
            int size = to - from;
            blocks.add(new TrustReport.Block(
                    before + from, before + to, before > 0, outOfRange / size, fixedSum / size, adaptedSum / size));
        }
        return blocks;
    }

    private static double covered(Discrepancy audit) {
        return audit.getVariables().stream()
                .mapToDouble(variable -> variable.getCovered() ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
