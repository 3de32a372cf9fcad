package org.ionstream.producer.pacing;

import java.util.List;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;

/** A way to pace a cell: pulses in order, not overlapping. */
public sealed interface Pacing permits PulseTrain, S1S2 {
    List<Pulse> pulses();

    /** The name in the protocol's tags. */
    String name();

    /** Over the cell model's own horizon and step; pulses beyond the horizon have no effect. */
    default StimulusProtocol protocol(CellModel model, String id) {
        return CatalogueProtocol.of(model, id, name(), pulses());
    }
}
