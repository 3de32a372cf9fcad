package org.ionstream.trainer.trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Discrepancy;
import org.ionstream.schemas.message.DiscrepancyStatus;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.VariableDiscrepancy;
import org.ionstream.surrogate.trust.Assessment;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.ionstream.surrogate.trust.Feature;

/**
 * What the join of the stream would make of predictions and references that are measured already, one after another: each
 * audit adjusts the bands of those after it. Not thread-safe.
 */
public final class SimulatedAudits {
    private final CellModel cellModel;
    private final String modelId;
    private final double expectedRelativeL2;
    private final double largestError;
    private final BandAdjustments adjustments = new BandAdjustments();
    private BandWatch watch = BandWatch.START;

    /**
     * @param expectedRelativeL2 of the model, as its card says
     * @param largestError bound above which, as for protocols out of range, route AUTO asks the reference; infinite: everything
     *     is predicted
     */
    public SimulatedAudits(CellModel cellModel, String modelId, double expectedRelativeL2, double largestError) {
        this.cellModel = cellModel;
        this.modelId = modelId;
        this.expectedRelativeL2 = expectedRelativeL2;
        this.largestError = largestError;
    }

    /** The next audit, of a protocol whose errors are known. */
    public Discrepancy next(MeasuredErrors measured, int protocol) {
        Discrepancy audit = of(measured, protocol);
        BandWatch after = watch.plus(audit, Calibrator.COVERAGE);
        if (after.audits() != watch.audits()) {
            watch = after;
            adjustments.take(watch.toMessage(cellModel.id(), modelId, 0));
        }
        return audit;
    }

    private Discrepancy of(MeasuredErrors measured, int protocol) {
        List<String> names = cellModel.variableNames();
        Assessment assessment =
                adjustments.adjusted(modelId, names, measured.assessments().get(protocol));
        Discrepancy.Builder audit = Discrepancy.newBuilder()
                .setId(Integer.toString(protocol))
                .setCellModel(cellModel.id())
                .setModelId(modelId)
                .setInputs(inputs(measured.features()[protocol]));
        if (Double.isFinite(largestError)) {
            if (!measured.inRange().get(protocol)) {
                return left(audit, RouteReason.OUT_OF_RANGE);
            }
            if (assessment.relativeL2Bound() > largestError) {
                return left(audit, RouteReason.UNCERTAIN);
            }
        }
        List<VariableDiscrepancy> variables = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            double largest = measured.error(protocol, 1 + row);
            boolean covered = largest <= assessment.bandRadii()[row];
            variables.add(new VariableDiscrepancy(names.get(row), 0.0, 0.0, 0.0, largest, covered));
        }
        return audit.setSource(Source.SURROGATE)
                .setReason(RouteReason.TRUSTED)
                .setStatus(DiscrepancyStatus.COMPARED)
                .setRelativeL2(measured.error(protocol, 0))
                .setExpectedRelativeL2(expectedRelativeL2)
                .setRelativeL2Bound(assessment.relativeL2Bound())
                .setVariables(variables)
                .build();
    }

    private static Discrepancy left(Discrepancy.Builder audit, RouteReason reason) {
        return audit.setSource(Source.REFERENCE)
                .setReason(reason)
                .setStatus(DiscrepancyStatus.NOT_COMPARABLE)
                .build();
    }

    private static Map<String, Double> inputs(double[] features) {
        Map<String, Double> inputs = new HashMap<>();
        Feature.OF_CURRENT.forEach(feature -> inputs.put(feature.name(), features[feature.ordinal()]));
        return inputs;
    }
}
