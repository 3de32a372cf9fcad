package org.ionstream.reference.ode;

import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.sampling.ODEStateInterpolator;
import org.hipparchus.ode.sampling.ODEStepHandler;

/**
 * Reads samples at 0, step, 2 step, ... off an integrator's dense output, over any number of consecutive integrations. The
 * integrator's steps stay as long as its error control allows; none is cut short to meet a sample.
 *
 * <p>One thread, one solve.
 */
public final class GridSampler implements ODEStepHandler {
    private final double stepMs;
    private final double[][] values;
    private int next;
    private int steps;
    private double finalTimeMs;
    private double carriedStepMs;

    /**
     * @param stepMs between samples
     * @param samples how many
     * @param initialState at t = 0, the first sample
     * @param largestStepMs what {@link #carriedStepMs()} is before the first step
     */
    public GridSampler(double stepMs, int samples, double[] initialState, double largestStepMs) {
        this.stepMs = stepMs;
        this.values = new double[initialState.length][samples];
        this.carriedStepMs = largestStepMs;
        record(initialState);
    }

    @Override
    public void init(ODEStateAndDerivative initialState, double finalTime) {
        finalTimeMs = finalTime;
    }

    @Override
    public void handleStep(ODEStateInterpolator interpolator) {
        double startMs = interpolator.getPreviousState().getTime();
        double endMs = interpolator.getCurrentState().getTime();
        steps++;
        boolean cutShort = endMs >= finalTimeMs - 4 * Math.ulp(finalTimeMs);
        carriedStepMs = cutShort ? Math.max(carriedStepMs, endMs - startMs) : endMs - startMs;
        while (next < samples() && next * stepMs <= endMs + 4 * Math.ulp(endMs)) {
            record(interpolator.getInterpolatedState(next * stepMs).getPrimaryState());
        }
    }

    /** Takes the samples up to a time that was reached without a step of the integrator. */
    public void arrive(double timeMs, double[] state) {
        while (next < samples() && next * stepMs <= timeMs + 4 * Math.ulp(timeMs)) {
            record(state);
        }
    }

    /** Shape [variable][sample]. */
    public double[][] values() {
        return values;
    }

    /** Steps accepted so far. */
    public int steps() {
        return steps;
    }

    /** The last step that was not cut short by the end of its integration: a good first step for the next one. */
    public double carriedStepMs() {
        return carriedStepMs;
    }

    private int samples() {
        return values[0].length;
    }

    private void record(double[] state) {
        for (int variable = 0; variable < state.length; variable++) {
            values[variable][next] = state[variable];
        }
        next++;
    }
}
