package org.ionstream.reference;

import java.util.List;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.StiffIonicModel;
import org.ionstream.reference.ode.IntegrationException;
import org.ionstream.schemas.protocol.Stimulus.Segment;
import org.ionstream.schemas.wire.TimeGrid;

/** One solve of a cell model's equations under a stimulus. One thread. */
interface Integration {

    /** A stiff model, which brings its linear algebra, by an implicit method; any other by an explicit one. */
    static Integration of(IonicModel model, SolverSettings settings) {
        return model instanceof StiffIonicModel stiff
                ? new StiffIntegration(stiff, settings)
                : new ExplicitIntegration(model, settings);
    }

    /** Its name, for the record. */
    String method();

    /**
     * @return shape [variable][sample], in the model's order
     * @throws IntegrationException if the work or the step leaves its bounds, or the state is no longer finite
     */
    double[][] over(List<Segment> segments, TimeGrid grid);

    /** Accepted so far. */
    int steps();

    /** Of the right-hand side so far. */
    int evaluations();
}
