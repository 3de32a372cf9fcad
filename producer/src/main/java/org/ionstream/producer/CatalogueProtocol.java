package org.ionstream.producer;

import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;

/** A pulse protocol over its cell model's own horizon and step, asking for every state variable. */
public final class CatalogueProtocol {
    /** The tag that names the part of a distribution a protocol was drawn from. */
    public static final String SUBSET = "subset";

    private CatalogueProtocol() {}

    public static StimulusProtocol of(CellModel model, String id, String subset, List<Pulse> pulses) {
        return StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel(model.id())
                .setPulses(pulses)
                .setHorizonMs(model.horizonMs())
                .setOutputStepMs(model.stepMs())
                .setTags(Map.of(SUBSET, subset))
                .build();
    }
}
