package org.ionstream.reference;
import org.ionstream.schemas.message.*;
import org.ionstream.schemas.wire.*;
public record Solution(Outcome outcome, String detail, TimeGrid grid, double[][] values, SolverStatistics solver) {}
