package org.ionstream.reference.ode;

/**
 * Integrates a system over consecutive intervals onto a grid of samples, by a one-step method with step control, without
 * allocating. The steps end exactly where the intervals do and are as long as the error allows; samples are read off the dense
 * output. The step is carried from one interval to the next.
 *
 * <p>One thread, one solve.
 */
public final class Trajectory {
    /** The first step after the system has changed moves no variable further than this many of its scales. */
    private static final double FIRST_MOVE = 0.1;

    /**
     * @param relativeTolerance of the error of a step
     * @param absoluteTolerances by variable
     * @param scales size of each variable
     * @param smallestStep below which the integration gives up
     * @param largestStep of any
     * @param largestEvaluations of the right-hand side
     */
    public record Settings(
            double relativeTolerance,
            double[] absoluteTolerances,
            double[] scales,
            double smallestStep,
            double largestStep,
            int largestEvaluations) {}

    private final OneStepMethod method;
    private final Settings settings;
    private final double sampleStep;
    private final double[][] values;
    /** The state at a sample. */
    private final double[] sample;

    private final StepControl control = new StepControl();
    private double[] state;
    private double time;
    private double carriedStep;
    private int next;
    private int steps;

    /** @param samples at 0, sampleStep, 2 sampleStep, ... */
    public Trajectory(OneStepMethod method, double[] initialState, double sampleStep, int samples, Settings settings) {
        this.method = method;
        this.settings = settings;
        this.state = initialState.clone();
        this.sample = new double[initialState.length];
        this.sampleStep = sampleStep;
        this.values = new double[initialState.length][samples];
        this.carriedStep = settings.largestStep();
        takeSamples(0);
    }

    /**
     * Goes on to this time, exactly; the system may have changed since the last call.
     *
     * @throws IntegrationException if the work or the step leaves its bounds
     */
    public void advanceTo(double end) {
        if (time >= end) {
            return;
        }
        method.startAt(time, state);
        double h = Math.min(carriedStep, firstStep());
        control.restart();
        while (time < end) {
            double left = end - time;
            boolean last = h >= left;
            // two halves rather than a long step and a sliver
            double tried = last ? left : Math.min(h, Math.max(left / 2, left - h));
            double error = attempt(tried);
            double proposed = tried * control.factor(method.order(), tried, error);
            if (!(error <= 1)) {
                h = proposed;
                check(h, error);
                continue;
            }
            accept(last ? end : time + tried, tried);
            h = Math.min(settings.largestStep(), tried < h ? Math.max(h, proposed) : proposed);
            if (!last) {
                method.goOn(time);
            }
        }
        carriedStep = h;
    }

    /** Shape [variable][sample]. */
    public double[][] values() {
        return values;
    }

    /** Accepted. */
    public int steps() {
        return steps;
    }

    private double attempt(double h) {
        if (method.evaluations() + method.stages() > settings.largestEvaluations()) {
            throw new IntegrationException(
                    "%d evaluations of the right-hand side are used up at t=%s ms; raise largestEvaluations or loosen relativeTolerance (%s)"
                            .formatted(settings.largestEvaluations(), time, settings.relativeTolerance()));
        }
        return method.attempt(h) ? norm() : Double.POSITIVE_INFINITY;
    }

    private double norm() {
        double[] error = method.error();
        double[] start = method.start();
        double[] end = method.end();
        double[] absolute = settings.absoluteTolerances();
        double relative = settings.relativeTolerance();
        double sum = 0;
        for (int i = 0; i < error.length; i++) {
            double larger = Math.max(Math.abs(start[i]), Math.abs(end[i]));
            double ratio = error[i] / (absolute[i] + relative * larger);
            sum += ratio * ratio;
        }
        return Math.sqrt(sum / error.length);
    }

    /** Not a number is too short as well. */
    private void check(double h, double error) {
        if (h >= settings.smallestStep()) {
            return;
        }
        if (!Double.isFinite(error)) {
            throw new IntegrationException(
                    "values are not finite after t=%s ms, however short the step (%s ms, minimum %s ms); lower the stimulus amplitude or start from another state"
                            .formatted(time, h, settings.smallestStep()));
        }
        throw new IntegrationException(
                "step %s ms is below the minimum %s ms at t=%s ms, the error still %s tolerances; loosen relativeTolerance (%s) or lower the stimulus amplitude"
                        .formatted(h, settings.smallestStep(), time, error, settings.relativeTolerance()));
    }

    private void accept(double end, double h) {
        steps++;
        if (next < samples() && next * sampleStep < end) {
            method.prepareDenseOutput();
            while (next < samples() && next * sampleStep < end) {
                method.interpolate((next * sampleStep - time) / h, sample);
                record(sample);
            }
        }
        state = method.end();
        time = end;
        takeSamples(end);
    }

    /** Samples at the very time of the state. */
    private void takeSamples(double now) {
        while (next < samples() && next * sampleStep <= now) {
            record(state);
        }
    }

    private void record(double[] values) {
        for (int variable = 0; variable < values.length; variable++) {
            this.values[variable][next] = values[variable];
        }
        next++;
    }

    private double firstStep() {
        double h = settings.largestStep();
        double[] slope = method.slope();
        for (int i = 0; i < slope.length; i++) {
            h = Math.min(h, FIRST_MOVE * settings.scales()[i] / Math.abs(slope[i]));
        }
        return Math.max(h, settings.smallestStep());
    }

    private int samples() {
        return values[0].length;
    }
}
