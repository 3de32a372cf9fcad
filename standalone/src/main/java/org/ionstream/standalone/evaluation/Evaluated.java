package org.ionstream.standalone.evaluation;

import java.util.List;

/**
 * @param report the numbers
 * @param examples best, median, 95th percentile and worst protocol
 */
public record Evaluated(ModelReport report, List<TraceExample> examples) {}
