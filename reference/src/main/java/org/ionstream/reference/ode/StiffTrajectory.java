package org.ionstream.reference.ode;

/**
 * Integrates a stiff system over consecutive intervals onto a grid of samples, by a Rosenbrock method with step control, without
 * allocating. The step is carried from one interval to the next.
 *
 * <p>One thread, one solve.
 */
public final class StiffTrajectory {
    /** The first step after the system has changed moves no variable further than this many of its scales. */
    private static final double FIRST_MOVE = 0.1;

    /**
     * @param relativeTolerance of the error of a step
     * @param absoluteTolerances by variable
     * @param scales size of each variable
     * @param smallestStep below which the integration gives up
     * @param largestStep of any
     * @param largestEvaluations of the right-hand side
     * @param deadline of the whole
     */
    public record Settings(
            double relativeTolerance,
            double[] absoluteTolerances,
            double[] scales,
            double smallestStep,
            double largestStep,
            int largestEvaluations,
            Deadline deadline) {}

    private final RosenbrockTableau method;
    private final Settings settings;
    private final RosenbrockStepper stepper;
    private final StepControl control;
    private final double[] state;
    private final double sampleStep;
    private final double[][] values;
    private double time;
    private double carriedStep;
    private int next;
    private int steps;
    private int evaluations;

    /** @param samples at 0, sampleStep, 2 sampleStep, ... */
    public StiffTrajectory(
            RosenbrockTableau method,
            StiffSystem system,
            double[] initialState,
            double sampleStep,
            int samples,
            Settings settings) {
        this.method = method;
        this.settings = settings;
        this.stepper = new RosenbrockStepper(method, system);
        this.control = new StepControl(method.order());
        this.state = initialState.clone();
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
        stepper.startAt(time, state);
        evaluations++;
        double h = Math.min(carriedStep, firstStep());
        boolean repeated = false;
        while (time < end) {
            double left = end - time;
            boolean last = h >= left;
            // two halves rather than a long step and a sliver
            double tried = last ? left : Math.min(h, Math.max(left / 2, left - h));
            double error = attempt(tried);
            double proposed = tried * control.factor(error, repeated);
            repeated = !(error <= 1);
            if (repeated) {
                h = proposed;
                check(h);
                continue;
            }
            accept(last ? end : time + tried);
            h = Math.min(settings.largestStep(), tried < h ? Math.max(h, proposed) : proposed);
            if (!last) {
                stepper.startAt(time, state);
                evaluations++;
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

    /** Of the right-hand side; a Jacobian counts as one. */
    public int evaluations() {
        return evaluations;
    }

    private double attempt(double h) {
        settings.deadline().check(time, evaluations);
        evaluations += method.stages();
        if (evaluations > settings.largestEvaluations()) {
            throw new IntegrationException(
                    "%d evaluations of the right-hand side are used up at t=%s ms; raise largestEvaluations or loosen relativeTolerance (%s)"
                            .formatted(settings.largestEvaluations(), time, settings.relativeTolerance()));
        }
        return stepper.attempt(h) ? norm() : Double.POSITIVE_INFINITY;
    }

    private double norm() {
        double[] error = stepper.error();
        double[] start = stepper.start();
        double[] end = stepper.end();
        double sum = 0;
        for (int i = 0; i < error.length; i++) {
            double larger = Math.max(Math.abs(start[i]), Math.abs(end[i]));
            double ratio = error[i] / (settings.absoluteTolerances()[i] + settings.relativeTolerance() * larger);
            sum += ratio * ratio;
        }
        return Math.sqrt(sum / error.length);
    }

    private void check(double h) {
        if (h < settings.smallestStep()) {
            throw new IntegrationException(
                    "step %s ms is below the minimum %s ms at t=%s ms; loosen relativeTolerance (%s) or lower the stimulus amplitude"
                            .formatted(h, settings.smallestStep(), time, settings.relativeTolerance()));
        }
    }

    private void accept(double end) {
        double start = time;
        double h = end - start;
        steps++;
        if (next < samples() && next * sampleStep <= end) {
            stepper.prepareDenseOutput();
            while (next < samples() && next * sampleStep < end) {
                double theta = (next * sampleStep - start) / h;
                for (int variable = 0; variable < values.length; variable++) {
                    values[variable][next] = stepper.interpolated(variable, theta);
                }
                next++;
            }
        }
        System.arraycopy(stepper.end(), 0, state, 0, state.length);
        time = end;
        takeSamples(end);
    }

    /** Samples at the very time of the state. */
    private void takeSamples(double now) {
        while (next < samples() && next * sampleStep <= now) {
            for (int variable = 0; variable < values.length; variable++) {
                values[variable][next] = state[variable];
            }
            next++;
        }
    }

    private double firstStep() {
        double h = settings.largestStep();
        double[] slope = stepper.slope();
        for (int i = 0; i < slope.length; i++) {
            h = Math.min(h, FIRST_MOVE * settings.scales()[i] / Math.abs(slope[i]));
        }
        return Math.max(h, settings.smallestStep());
    }

    private int samples() {
        return values[0].length;
    }
}
