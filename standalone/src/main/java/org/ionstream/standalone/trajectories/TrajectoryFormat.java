package org.ionstream.standalone.trajectories;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.wire.Traces;

/** One way to lay trajectories out in a file. */
interface TrajectoryFormat extends Closeable {
    /**
     * @param traces of the prediction
     * @param wanted variables; empty: those of the first trajectory
     */
    void add(Prediction prediction, Traces traces, List<String> wanted) throws IOException;

    /** @throws IllegalArgumentException naming the prediction and the variables that it lacks */
    static void check(Prediction prediction, Traces traces, List<String> columns) {
        if (!traces.variables().containsAll(columns)) {
            throw new IllegalArgumentException(
                    "prediction '%s' of %s has the variables %s, the file %s; choose --variables that all have, or one cell model"
                            .formatted(prediction.getId(), prediction.getCellModel(), traces.variables(), columns));
        }
    }
}
