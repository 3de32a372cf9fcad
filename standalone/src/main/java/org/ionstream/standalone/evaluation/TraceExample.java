package org.ionstream.standalone.evaluation;

import org.ionstream.schemas.wire.Traces;

/**
 * One protocol as predicted and as solved, to be looked at.
 *
 * @param rank such as "median"
 * @param protocol what is known of it
 * @param predicted on the served grid
 * @param reference on the served grid
 * @param current mean over each cell of that grid
 */
public record TraceExample(
        String rank, ModelReport.OfProtocol protocol, Traces predicted, Traces reference, float[] current) {}
