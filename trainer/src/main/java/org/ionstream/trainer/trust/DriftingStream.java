package org.ionstream.trainer.trust;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.trust.Assessment;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.trainer.data.ReferenceLabels;

/** The paper's protocols and then others, each predicted and audited: what the bands cover, and what adjusted ones do. */
final class DriftingStream {
    private static final int BLOCKS = 5;
    private static final long SEED = 6;
    private static final double STRONGER = 2;

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
        return List.of(
                stream("pulse trains and S1-S2", trains(count), held, progress),
                stream("amplitudes times %s".formatted(STRONGER), stronger(count), held, progress));
    }

    private TrustReport.Stream stream(
            String shift, List<StimulusProtocol> protocols, MeasuredErrors before, Consumer<String> progress) {
        progress.accept("solving %,d protocols: %s".formatted(protocols.size(), shift));
        MeasuredErrors after = MeasuredErrors.of(
                predictor, Calibrator.solved(protocols, predictor.card().grid(), labels), errors);
        List<TrustReport.Block> blocks = new ArrayList<>();
        BandWatch watch = blocks(blocks, before, BandWatch.START, false);
        blocks(blocks, after, watch, true);
        return new TrustReport.Stream(shift, blocks);
    }

    /** Audits in an order of their own, as sets come subset by subset; adds their blocks. */
    private BandWatch blocks(
            List<TrustReport.Block> blocks, MeasuredErrors measured, BandWatch before, boolean isShifted) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, measured.size()).boxed().toList());
        Collections.shuffle(order, new Random(SEED));
        double[] fixed = measured.coverageByProtocol();
        BandWatch watch = before;
        BandAdjustments adjustments = new BandAdjustments();
        for (int block = 0; block < BLOCKS; block++) {
            int from = block * order.size() / BLOCKS;
            int to = (block + 1) * order.size() / BLOCKS;
            double outOfRange = 0;
            double fixedSum = 0;
            double adaptedSum = 0;
            for (int protocol : order.subList(from, to)) {
                adjustments.take(
                        watch.toMessage(cellModel.id(), predictor.card().modelId(), 0));
                Discrepancy audit = audit(measured, protocol, adjustments);
                adaptedSum += covered(audit);
                fixedSum += fixed[protocol];
                outOfRange += measured.inRange().get(protocol) ? 0 : 1;
                watch = watch.plus(audit, errors.coverage());
            }
            int size = to - from;
            int first = isShifted ? order.size() : 0;
            blocks.add(new TrustReport.Block(
                    first + from, first + to, isShifted, outOfRange / size, fixedSum / size, adaptedSum / size));
        }
        return watch;
    }

    /** What the join of the stream makes of a prediction and its reference. */
    private Discrepancy audit(MeasuredErrors measured, int protocol, BandAdjustments adjustments) {
        List<String> names = cellModel.variableNames();
        Assessment assessment = adjustments.adjusted(
                predictor.card().modelId(), names, measured.assessments().get(protocol));
        List<VariableDiscrepancy> variables = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            double largest = measured.error(protocol, 1 + row);
            boolean covered = largest <= assessment.bandRadii()[row];
            variables.add(new VariableDiscrepancy(names.get(row), 0.0, 0.0, 0.0, largest, covered));
        }
        return Discrepancy.newBuilder()
                .setId(Integer.toString(protocol))
                .setCellModel(cellModel.id())
                .setStatus(DiscrepancyStatus.COMPARED)
                .setRelativeL2(measured.error(protocol, 0))
                .setRelativeL2Bound(assessment.relativeL2Bound())
                .setVariables(variables)
                .build();
    }

    private static double covered(Discrepancy audit) {
        return audit.getVariables().stream()
                .mapToDouble(variable -> variable.getCovered() ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private List<StimulusProtocol> trains(int count) {
        List<StimulusProtocol> trains = new ArrayList<>(count);
        PacingDistribution.of(cellModel).endless(SEED, "trust").limit(count).forEachRemaining(trains::add);
        return trains;
    }

    private List<StimulusProtocol> stronger(int count) {
        return PaperDistribution.of(cellModel).validation(SEED, count).stream()
                .map(protocol -> StimulusProtocol.newBuilder(protocol)
                        .setPulses(protocol.getPulses().stream()
                                .map(pulse -> new Pulse(
                                        pulse.getOnsetMs(), pulse.getDurationMs(), STRONGER * pulse.getAmplitude()))
                                .toList())
                        .build())
                .toList();
    }
}
