package org.ionstream.standalone.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.RuntimeProfile;

/**
 * Measures how many trajectories a second a surrogate predicts, beside the reference solver on the same protocols in the same
 * run: round by round each batch size and the solver take their turn. A trajectory is timed from the current on the model's
 * grid to the values of all state variables in Java; solver and surrogate write the same samples.
 */
public final class SurrogateBench {
    /** Below this a solve is less exact than the better surrogates; nobody who is in a hurry asks for more. */
    static final double SOLVER_TOLERANCE = 1e-4;

    /** Of the thread that measures: what is done on one thread of a machine that also does something else. */
    private static final LongSupplier CPU_TIME = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

    private static final int PROFILED_BATCH = 32;
    private static final int COMPARED = 64;
    private static final int LARGEST_BATCH = 4096;

    /**
     * @param device AUTO, CPU or CUDA
     * @param batches protocols in one prediction, each from 1 to 4096
     * @param threads of the CPU within one operator, one or several numbers; of no account on CUDA
     * @param rounds that are timed
     * @param secondsPerTurn least time of one batch size in one round
     * @param seed of the protocols
     */
    public record Settings(
            ComputeDevice device,
            List<Integer> batches,
            List<Integer> threads,
            int rounds,
            double secondsPerTurn,
            long seed) {
        public Settings {
            batches = List.copyOf(batches);
            threads = List.copyOf(threads);
            if (batches.isEmpty() || batches.stream().anyMatch(batch -> batch < 1 || batch > LARGEST_BATCH)) {
                throw new IllegalArgumentException(
                        "batches of %s; give one or several from 1 to %d".formatted(batches, LARGEST_BATCH));
            }
            if (threads.isEmpty() || threads.stream().anyMatch(count -> count < 1)) {
                throw new IllegalArgumentException("threads %s; give one or several from 1 on".formatted(threads));
            }
            if (rounds < 1 || !(secondsPerTurn > 0 && secondsPerTurn <= 60)) {
                throw new IllegalArgumentException(
                        "%d rounds of %s s per batch size; rounds must be positive, seconds above 0 and at most 60"
                                .formatted(rounds, secondsPerTurn));
            }
        }

        int largestBatch() {
            return batches.stream().mapToInt(Integer::intValue).max().orElseThrow();
        }
    }

    private final OnnxModelFile file;
    private final Settings settings;
    private final Progress progress;
    private final CellModel model;
    private final List<Stimulus> protocols;
    private final float[][] currents;

    public SurrogateBench(OnnxModelFile file, Settings settings, Progress progress) {
        this.file = file;
        this.settings = settings;
        this.progress = progress;
        this.model = CellModels.byId(file.card().cellModel());
        TimeGrid grid = file.card().grid();
        this.protocols = GeneralSubset.on(grid, model, Math.max(COMPARED, settings.largestBatch()), settings.seed());
        this.currents =
                protocols.stream().map(stimulus -> stimulus.cellMeans(grid)).toArray(float[][]::new);
    }

    /** @throws IllegalStateException if CUDA is asked for and absent */
    public SurrogateThroughput measure() {
        ComputeDevice device = settings.device().resolved();
        List<Integer> threads = device == ComputeDevice.CUDA ? List.of(1) : settings.threads();
        List<FnoPredictor> predictors = new ArrayList<>();
        try {
            for (int count : threads) {
                predictors.add(predictor(device, count));
            }
            ModelCard card = file.card();
            List<SurrogateThroughput.Row> rows = new ArrayList<>();
            Spread solver = time(predictors, threads, rows);
            RuntimeProfile profile = RuntimeProfile.of(file, device, PROFILED_BATCH);
            return new SurrogateThroughput(
                    card.cellModel(),
                    card.modelId(),
                    card.samples(),
                    card.variables().size(),
                    card.expectedRelativeL2(),
                    device.name(),
                    solver,
                    rows,
                    profile.nodesByProvider(),
                    profile.timeShareByOperator(),
                    device == ComputeDevice.CUDA ? difference(predictors.get(0)) : Map.of());
        } finally {
            predictors.forEach(FnoPredictor::close);
        }
    }

    private FnoPredictor predictor(ComputeDevice device, int threads) {
        int largest = Integer.highestOneBit(2 * settings.largestBatch() - 1);
        return new FnoPredictor(file, new FnoPredictor.Settings(device, threads, largest));
    }

    /** @return of the solver; the surrogate's rows are added */
    private Spread time(List<FnoPredictor> predictors, List<Integer> threads, List<SurrogateThroughput.Row> rows) {
        List<Integer> batches = settings.batches();
        double[][] measured = new double[predictors.size() * batches.size()][settings.rounds()];
        double[] solved = new double[settings.rounds()];
        Method solver = Method.reference("", SOLVER_TOLERANCE, file.card().grid());
        progress.begin(model.id() + ", rounds", settings.rounds() + 1);
        for (int round = -1; round < settings.rounds(); round++) { // the first one only warms up
            for (int row = 0; row < measured.length; row++) {
                FnoPredictor predictor = predictors.get(row / batches.size());
                boolean alone = predictor.device() == ComputeDevice.CPU && threads.get(row / batches.size()) == 1;
                double speed = predictionsPerSecond(
                        predictor, batches.get(row % batches.size()), alone ? CPU_TIME : System::nanoTime);
                if (round >= 0) {
                    measured[row][round] = speed;
                }
            }
            double speed = solvesPerSecond(solver);
            if (round >= 0) {
                solved[round] = speed;
            }
            progress.advance(round + 2);
        }
        Spread ofSolver = Spread.of(solved);
        for (int row = 0; row < measured.length; row++) {
            Spread spread = Spread.of(measured[row]);
            rows.add(new SurrogateThroughput.Row(
                    threads.get(row / batches.size()),
                    batches.get(row % batches.size()),
                    spread,
                    spread.median() / ofSolver.median()));
        }
        return ofSolver;
    }

    /** Batch after batch, each of the next protocols. */
    private double predictionsPerSecond(FnoPredictor predictor, int batch, LongSupplier clock) {
        long startedNs = clock.getAsLong();
        long predicted = 0;
        double seconds;
        do {
            float[][] next = new float[batch][];
            for (int i = 0; i < batch; i++) {
                next[i] = currents[(int) ((predicted + i) % currents.length)];
            }
            predictor.predict(next);
            predicted += batch;
            seconds = (clock.getAsLong() - startedNs) / 1e9;
        } while (seconds < settings.secondsPerTurn());
        return predicted / seconds;
    }

    private double solvesPerSecond(Method solver) {
        long startedNs = CPU_TIME.getAsLong();
        int solved = 0;
        double seconds;
        do {
            solver.solver().apply(protocols.get(solved % protocols.size()));
            solved++;
            seconds = (CPU_TIME.getAsLong() - startedNs) / 1e9;
        } while (seconds < settings.secondsPerTurn() || solved < Math.min(COMPARED, protocols.size()));
        return solved / seconds;
    }

    /** Largest difference from the CPU's output by variable, in units of the variable's excursion in an action potential. */
    private Map<String, Double> difference(FnoPredictor onDevice) {
        float[][] compared =
                IntStream.range(0, COMPARED).mapToObj(i -> currents[i]).toArray(float[][]::new);
        Map<String, Double> differences = new TreeMap<>();
        try (FnoPredictor onCpu = predictor(ComputeDevice.CPU, 1)) {
            float[][][] there = onDevice.predict(compared);
            float[][][] here = onCpu.predict(compared);
            for (int protocol = 0; protocol < COMPARED; protocol++) {
                for (int variable = 0; variable < here[protocol].length; variable++) {
                    StateVariable state = model.variables().get(variable);
                    double largest = largestDifference(there[protocol][variable], here[protocol][variable]);
                    differences.merge(state.name(), largest / state.excursion(), Math::max);
                }
            }
        }
        return differences;
    }

    private static double largestDifference(float[] one, float[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
        }
        return largest;
    }
}
