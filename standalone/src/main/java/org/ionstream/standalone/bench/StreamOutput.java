package org.ionstream.standalone.bench;

import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;

/** How much of its trajectory a protocol asks for. */
enum StreamOutput {
    ALL_VARIABLES("all variables"),
    POTENTIAL("the potential"),
    BIOMARKERS("biomarkers only");

    private final String title;

    StreamOutput(String title) {
        this.title = title;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** Answered by the surrogate in any case: the bench is not to measure the reference. */
    StimulusProtocol of(StimulusProtocol protocol, CellModel model) {
        StimulusProtocol.Builder asked = StimulusProtocol.newBuilder(protocol).setRoute(Route.SURROGATE);
        return switch (this) {
            case ALL_VARIABLES -> asked.build();
            case POTENTIAL ->
                asked.setVariables(List.of(model.excitability().potential())).build();
            case BIOMARKERS -> asked.setBiomarkersOnly(true).build();
        };
    }
}
