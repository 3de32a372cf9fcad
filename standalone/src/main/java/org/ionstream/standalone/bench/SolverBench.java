package org.ionstream.standalone.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ionstream.reference.CellEquations;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.reference.cell.StiffIonicModel;
import org.ionstream.reference.truth.RelativeError;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Measures work and precision of the reference solver beside plain Hipparchus, on one thread in one run: round by round each
 * method at each tolerance solves its protocols in turn, so that a machine that slows down slows all of them. Errors are
 * measured apart from the time, against Dormand-Prince 8(5,3) at a far tighter tolerance.
 */
public final class SolverBench {
    private static final double[] TOLERANCES = {1e-4, 1e-5, 1e-6, 1e-7, 1e-8};
    /** One decade further, so that its curve can be read at the errors of the reference solver. */
    private static final double[] ANCHOR_TOLERANCES = {1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9};

    private static final HipparchusPair TRUTH = HipparchusPair.DORMAND_PRINCE_853;
    private static final double TRUTH_TOLERANCE = 1e-13;
    private static final double TIGHTEST_TOLERANCE = 1e-12;
    /** An explicit method takes 0.1 s for one solve of a stiff model. */
    private static final int STIFF_ANCHOR_PROTOCOLS = 10;

    /**
     * @param protocols solved in a round by the reference solver, and by the anchor unless the model is stiff
     * @param rounds that are timed
     * @param warmUpSeconds whole rounds before, at least one and for so long
     * @param seed of the protocols
     */
    public record Settings(int protocols, int rounds, int warmUpSeconds, long seed) {
        public Settings {
            if (protocols < 1 || rounds < 1 || warmUpSeconds < 0) {
                throw new IllegalArgumentException(
                        "%d protocols, %d rounds, warm-up of %d s; protocols and rounds must be positive, the warm-up not negative"
                                .formatted(protocols, rounds, warmUpSeconds));
            }
        }

        int anchorProtocols(CellModel model) {
            boolean stiff = CellEquations.of(model).orElseThrow() instanceof StiffIonicModel;
            return stiff ? Math.min(STIFF_ANCHOR_PROTOCOLS, protocols) : protocols;
        }
    }

    private final CellModel model;
    private final Settings settings;
    private final Progress progress;
    private final List<Stimulus> protocols;
    private final TimeGrid grid;

    /** @throws IllegalArgumentException if the paper has no protocols for this model */
    public SolverBench(CellModel model, Settings settings, Progress progress) {
        this.model = model;
        this.settings = settings;
        this.progress = progress;
        this.protocols = GeneralSubset.of(model, settings.protocols(), settings.seed());
        this.grid = GeneralSubset.grid(model);
    }

    public WorkPrecision measure() {
        String title = methodOfReference();
        List<Measurement> reference = DoubleStream.of(TOLERANCES)
                .mapToObj(tolerance -> Method.reference(title, tolerance, protocols.size(), grid))
                .map(method -> new Measurement(method, settings.rounds()))
                .toList();
        List<Measurement> anchor = DoubleStream.of(ANCHOR_TOLERANCES)
                .mapToObj(tolerance ->
                        Method.of(HipparchusPair.DORMAND_PRINCE_54, tolerance, settings.anchorProtocols(model), grid))
                .map(method -> new Measurement(method, settings.rounds()))
                .toList();
        List<Measurement> all =
                Stream.concat(reference.stream(), anchor.stream()).toList();
        double truthDoubt = judge(all);
        time(all);
        return result(reference, anchor, truthDoubt);
    }

    private String methodOfReference() {
        SolverSettings loosest = new SolverSettings(TOLERANCES[0], Integer.MAX_VALUE);
        return new ReferenceSolver(loosest)
                .solve(protocols.get(0), grid)
                .solver()
                .getMethod();
    }

    private double judge(List<Measurement> all) {
        Method tightest = Method.reference("", TIGHTEST_TOLERANCE, protocols.size(), grid);
        progress.begin(model.id() + ", truth", protocols.size());
        double doubt = 0;
        for (int protocol = 0; protocol < protocols.size(); protocol++) {
            Stimulus stimulus = protocols.get(protocol);
            double[][] truth = TRUTH.solve(stimulus, grid, TRUTH_TOLERANCE).values();
            double[] distances =
                    RelativeError.l2(tightest.solver().apply(stimulus).values(), truth);
            doubt += Arrays.stream(distances).average().orElseThrow() / protocols.size();
            for (Measurement measurement : all) {
                measurement.judge(protocol, stimulus, truth);
            }
            progress.advance(protocol + 1);
        }
        return doubt;
    }

    private void time(List<Measurement> all) {
        long startedNs = System.nanoTime();
        do {
            all.forEach(measurement -> measurement.time(protocols, 0));
        } while (System.nanoTime() - startedNs < settings.warmUpSeconds() * 1e9);
        progress.begin(model.id() + ", rounds", settings.rounds());
        for (int round = 0; round < settings.rounds(); round++) {
            for (Measurement measurement : all) {
                measurement.time(protocols, round);
            }
            progress.advance(round + 1);
        }
    }

    private WorkPrecision result(List<Measurement> reference, List<Measurement> anchor, double truthDoubt) {
        List<String> variables = model.variableNames();
        int anchorProtocols = settings.anchorProtocols(model);
        List<WorkPrecision.Point> anchorPoints = anchor.stream()
                .map(measurement -> measurement.over(anchorProtocols, variables))
                .toList();
        return new WorkPrecision(
                model.id(),
                grid.timeMs(grid.samples() - 1),
                grid.samples(),
                "%s at rtol %.0e".formatted(TRUTH.title(), TRUTH_TOLERANCE),
                truthDoubt,
                reference.stream()
                        .map(measurement -> measurement.over(protocols.size(), variables))
                        .toList(),
                anchorPoints,
                reference.stream()
                        .map(measurement -> measurement.over(anchorProtocols, variables))
                        .map(point -> WorkPrecision.Comparison.of(point, anchorPoints))
                        .toList());
    }
}
