package org.ionstream.standalone.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.SolverSettings;
import org.ionstream.reference.truth.RelativeError;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Measures work and precision of the reference solver beside plain Hipparchus, on one thread in one run: round by round each
 * method at each tolerance solves the protocols in turn, so that a machine that slows down slows all of them. Errors are
 * measured apart from the time, against Dormand-Prince 8(5,3) at a far tighter tolerance.
 */
public final class SolverBench {
    /** A decade further than anybody asks of the reference solver, so that the curve can be read at its errors. */
    private static final List<Double> ANCHOR_TOLERANCES = List.of(1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9);

    private static final HipparchusPair TRUTH = HipparchusPair.DORMAND_PRINCE_853;
    private static final double TRUTH_TOLERANCE = 1e-13;
    private static final double TIGHTEST_TOLERANCE = 1e-12;

    /**
     * @param protocols that each method solves in each round
     * @param rounds that are timed
     * @param warmUpSeconds of all methods in turn, before
     * @param seed of the protocols
     * @param relativeTolerances of the reference solver, loosest first
     */
    public record Settings(int protocols, int rounds, int warmUpSeconds, long seed, List<Double> relativeTolerances) {
        public Settings {
            if (protocols < 1 || rounds < 1 || warmUpSeconds < 0) {
                throw new IllegalArgumentException(
                        "%d protocols, %d rounds, warm-up of %d s; protocols and rounds must be positive, the warm-up not negative"
                                .formatted(protocols, rounds, warmUpSeconds));
            }
            if (relativeTolerances.isEmpty()) {
                throw new IllegalArgumentException("no relative tolerance; give one or several");
            }
            relativeTolerances = relativeTolerances.stream()
                    .sorted(Comparator.reverseOrder())
                    .toList();
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
        List<Measurement> reference = settings.relativeTolerances().stream()
                .map(tolerance -> unmeasured(Method.reference(title, tolerance, grid)))
                .toList();
        List<Measurement> anchor = ANCHOR_TOLERANCES.stream()
                .map(tolerance -> unmeasured(Method.of(HipparchusPair.DORMAND_PRINCE_54, tolerance, grid)))
                .toList();
        List<Measurement> all =
                Stream.concat(reference.stream(), anchor.stream()).toList();
        double truthDoubt = judge(all);
        warmUp(all);
        time(all);
        return result(points(reference), points(anchor), truthDoubt);
    }

    private String methodOfReference() {
        return new ReferenceSolver(SolverSettings.AUDIT)
                .solve(protocols.get(0), grid)
                .solver()
                .getMethod();
    }

    private Measurement unmeasured(Method method) {
        return new Measurement(method, settings.rounds(), protocols.size());
    }

    private double judge(List<Measurement> all) {
        Method tightest = Method.reference("", TIGHTEST_TOLERANCE, grid);
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

    private void warmUp(List<Measurement> all) {
        long startedNs = System.nanoTime();
        for (int turn = 0; System.nanoTime() - startedNs < settings.warmUpSeconds() * 1e9; turn++) {
            Stimulus stimulus = protocols.get(turn % protocols.size());
            all.forEach(measurement -> measurement.warmUp(stimulus));
        }
    }

    private void time(List<Measurement> all) {
        progress.begin(model.id() + ", rounds", settings.rounds());
        for (int round = 0; round < settings.rounds(); round++) {
            for (Measurement measurement : all) {
                measurement.time(protocols, round);
            }
            progress.advance(round + 1);
        }
    }

    private List<WorkPrecision.Point> points(List<Measurement> measurements) {
        return measurements.stream()
                .map(measurement -> measurement.point(model.variableNames()))
                .toList();
    }

    private WorkPrecision result(
            List<WorkPrecision.Point> reference, List<WorkPrecision.Point> anchor, double truthDoubt) {
        return new WorkPrecision(
                model.id(),
                grid.timeMs(grid.samples() - 1),
                grid.samples(),
                "%s at rtol %.0e".formatted(TRUTH.title(), TRUTH_TOLERANCE),
                truthDoubt,
                reference,
                anchor,
                reference.stream()
                        .map(point -> WorkPrecision.Comparison.of(point, anchor))
                        .toList());
    }
}
