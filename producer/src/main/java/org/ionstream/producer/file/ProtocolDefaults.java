package org.ionstream.producer.file;

import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * What takes the place of what a protocol does not say. Null is nothing: horizon and output step are then the cell model's own,
 * and a protocol that names no cell model is an error.
 *
 * @param cellModel of protocols that name none
 * @param horizonMs of protocols that have none
 * @param outputStepMs of protocols that have none
 * @param currentOfLevelOne what a Myokit level of 1 is, in the cell model's stimulus unit
 */
public record ProtocolDefaults(CellModel cellModel, Double horizonMs, Double outputStepMs, double currentOfLevelOne) {
    public static final ProtocolDefaults NONE = new ProtocolDefaults(null, null, null, 1);

    /** A protocol of nothing but pulses. */
    public StimulusProtocol protocol(String id, List<Pulse> pulses) {
        CellModel model = cellModel(null, "cell model");
        return StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel(model.id())
                .setPulses(pulses)
                .setHorizonMs(horizonMs(null, model))
                .setOutputStepMs(outputStepMs(null, model))
                .build();
    }

    /**
     * @param written null or empty: left out
     * @throws IllegalArgumentException if it is unknown, or not named at all
     */
    public CellModel cellModel(String written, String field) {
        if (written != null && !written.isEmpty()) {
            return CellModels.byId(written);
        }
        if (cellModel == null) {
            throw new IllegalArgumentException(
                    "%s is missing; add it, or name the cell model with --cell-model, one of %s"
                            .formatted(field, CellModels.knownIds()));
        }
        return cellModel;
    }

    public double horizonMs(Double written, CellModel model) {
        return first(written, horizonMs, model.horizonMs());
    }

    public double outputStepMs(Double written, CellModel model) {
        return first(written, outputStepMs, model.stepMs());
    }

    private static double first(Double written, Double otherwise, double own) {
        if (written != null) {
            return written;
        }
        return otherwise == null ? own : otherwise;
    }
}
