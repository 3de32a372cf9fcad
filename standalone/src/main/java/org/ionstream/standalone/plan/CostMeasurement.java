package org.ionstream.standalone.plan;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.Solution;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.biomarker.TrajectoryBiomarkers;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.SurrogateRequest;
import org.ionstream.surrogate.SurrogateStage;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.trainer.drift.DiscrepancyJoin;

/** Measures what a protocol of one cell model costs every stage: time of one thread, and bytes as the broker keeps them. */
public final class CostMeasurement implements AutoCloseable {
    private static final int BATCH = 32;

    /** Protocols of a full poll: with fewer, waking those who help is most of what they cost. */
    public static final int POLLED = 16 * BATCH;

    /** Processor time, so that other work on the machine counts little: of this thread, or of all where others help. */
    private static final LongSupplier THREAD = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

    private static final LongSupplier PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime;

    private final CellModel cellModel;
    private final double leastSeconds;
    private final ToDoubleFunction<List<Outgoing>> bytesOnDisk;
    private final Topics topics;
    private final List<Stimulus> whole;
    private final OnnxModelFile file;
    private final FnoPredictor predictor;
    private final Optional<CalibratedErrors> errors;
    private final Champions champions = new Champions();
    private final SurrogateStage stage;

    /**
     * @param onnx champion
     * @param protocols of the model's grid, {@link #POLLED} of them
     * @param topics of the broker
     * @param leastSeconds that a part is timed, on average
     * @param bytesOnDisk what a broker makes of each of these records
     */
    public CostMeasurement(
            OnnxModelFile onnx,
            List<Stimulus> protocols,
            Topics topics,
            double leastSeconds,
            ToDoubleFunction<List<Outgoing>> bytesOnDisk) {
        this.bytesOnDisk = bytesOnDisk;
        this.topics = topics;
        this.cellModel = CellModels.byId(onnx.card().cellModel());
        this.leastSeconds = leastSeconds;
        this.file = onnx;
        this.whole = List.copyOf(protocols);
        FnoPredictor.Settings settings = new FnoPredictor.Settings(ComputeDevice.CPU, 1, BATCH);
        this.predictor = new FnoPredictor(onnx, settings);
        Champion champion = Champion.unreleased(onnx, predictor);
        this.errors = champion.errors();
        champions.offer(champion);
        this.stage = new SurrogateStage(topics, champions, new BandAdjustments(), Double.MAX_VALUE, Clock.systemUTC());
    }

    public Costs.OfCellModel measure() {
        List<Outgoing> predictions = predictions(whole);
        List<Solution> solutions = whole.stream().map(CostMeasurement::solve).toList();
        List<ReferenceSolution> references = IntStream.range(0, whole.size())
                .mapToObj(i -> reference(whole.get(i), solutions.get(i)))
                .toList();
        return new Costs.OfCellModel(
                cellModel.id(),
                cellModel.variables().size(),
                whole.get(0).grid().samples(),
                seconds(predictions, solutions, references),
                bytes(predictions, solutions, references));
    }

    /** That are answered. */
    public List<StimulusProtocol> protocols() {
        return whole.stream().map(Stimulus::protocol).toList();
    }

    /** Their predictions, all variables wanted. */
    public List<Outgoing> predictions() {
        return predictions(whole);
    }

    /** The same with biomarkers only. */
    public List<Outgoing> biomarkers() {
        return predictions(whole.stream()
                .map(stimulus -> Stimulus.of(StimulusProtocol.newBuilder(stimulus.protocol())
                        .setBiomarkersOnly(true)
                        .build()))
                .toList());
    }

    @Override
    public void close() {
        champions.close();
    }

    private Costs.Seconds seconds(
            List<Outgoing> predictions, List<Solution> solutions, List<ReferenceSolution> references) {
        TimeGrid grid = file.card().grid();
        float[][] currents =
                whole.stream().map(stimulus -> stimulus.cellMeans(grid)).toArray(float[][]::new);
        List<Prediction> decoded = predictions.stream().map(this::decoded).toList();
        double[] seconds = perProtocol(
                new Part(THREAD, () -> predictor.predict(currents)),
                new Part(THREAD, () -> whole.forEach(stimulus -> prepare(stimulus, grid))),
                new Part(PROCESS, () -> predictions(whole)),
                new Part(THREAD, () -> whole.forEach(CostMeasurement::solve)),
                new Part(THREAD, () -> {
                    for (int i = 0; i < whole.size(); i++) {
                        message(reference(whole.get(i), solutions.get(i)));
                    }
                }),
                new Part(THREAD, () -> predictions.forEach(this::decoded)),
                new Part(THREAD, () -> {
                    for (int i = 0; i < whole.size(); i++) {
                        DiscrepancyJoin.of(decoded.get(i), references.get(i));
                    }
                }));
        double answer = Math.max(0, seconds[2] - seconds[0] - seconds[1]);
        return new Costs.Seconds(seconds[0], seconds[1], answer, seconds[3], seconds[4], seconds[5], seconds[6]);
    }

    private Costs.Bytes bytes(
            List<Outgoing> predictions, List<Solution> solutions, List<ReferenceSolution> references) {
        String first = cellModel.variables().get(0).name();
        List<Stimulus> one = whole.stream()
                .map(stimulus -> Stimulus.of(StimulusProtocol.newBuilder(stimulus.protocol())
                        .setVariables(List.of(first))
                        .build()))
                .toList();
        double ofOne = onDisk(predictions(one));
        double predictionVariable =
                (onDisk(predictions) - ofOne) / (cellModel.variables().size() - 1);
        double referenceOfOne = onDisk(IntStream.range(0, whole.size())
                .mapToObj(i -> message(reference(one.get(i), solutions.get(i))))
                .toList());
        double referenceVariable =
                (onDisk(references.stream().map(this::message).toList()) - referenceOfOne)
                        / (cellModel.variables().size() - 1);
        return new Costs.Bytes(
                onDisk(whole.stream()
                        .map(stimulus -> topics.stimuli.message(stimulus.id(), stimulus.protocol()))
                        .toList()),
                ofOne - predictionVariable,
                predictionVariable,
                referenceOfOne - referenceVariable,
                referenceVariable,
                onDisk(IntStream.range(0, whole.size())
                        .mapToObj(i -> topics.discrepancies.message(
                                whole.get(i).id(), DiscrepancyJoin.of(decoded(predictions.get(i)), references.get(i))))
                        .toList()));
    }

    private List<Outgoing> predictions(List<Stimulus> stimuli) {
        List<Outgoing> answers = stage.answer(stimuli.stream()
                .map(stimulus -> new SurrogateRequest(stimulus, Arrival.at(0)))
                .toList());
        List<Outgoing> predictions = answers.stream()
                .filter(answer -> answer.topic().equals(topics.predictions.name()))
                .toList();
        if (predictions.size() != stimuli.size()) {
            throw new IllegalStateException("the champion of %s answered %d of %d protocols of its own distribution"
                    .formatted(cellModel.id(), predictions.size(), stimuli.size()));
        }
        return predictions;
    }

    private Prediction decoded(Outgoing prediction) {
        return topics.predictions.wire().decode(prediction.value());
    }

    private Outgoing message(ReferenceSolution reference) {
        return topics.references.message(reference.getId(), reference);
    }

    private static Solution solve(Stimulus stimulus) {
        return new ReferenceSolver(SolverSettings.AUDIT).solve(stimulus);
    }

    private ReferenceSolution reference(Stimulus stimulus, Solution solution) {
        var traces = solution.toTraces(cellModel);
        return ReferenceSolution.newBuilder()
                .setId(stimulus.id())
                .setCellModel(cellModel.id())
                .setProtocol(stimulus.protocol())
                .setReason(AuditReason.UNIFORM)
                .setProbability(1)
                .setOutcome(solution.outcome())
                .setDetail(solution.detail())
                .setTrajectory(traces.select(stimulus.protocol().getVariables()).toMessage())
                .setBiomarkers(TrajectoryBiomarkers.of(traces, stimulus))
                .setSolver(solution.solver())
                .build();
    }

    private void prepare(Stimulus stimulus, TimeGrid grid) {
        float[] current = stimulus.cellMeans(grid);
        errors.ifPresent(calibrated -> calibrated.outOfRange(current));
    }

    /** Work on all protocols, and the clock that it is told by. */
    private record Part(LongSupplier nanoseconds, Runnable work) {
        long once() {
            long began = nanoseconds.getAsLong();
            work.run();
            return nanoseconds.getAsLong() - began;
        }
    }

    /** In turns, as one is the difference of others and a machine's speed wanders; the first half only warms up. */
    private double[] perProtocol(Part... parts) {
        inTurns(parts);
        return inTurns(parts);
    }

    private double[] inTurns(Part[] parts) {
        long[] spent = new long[parts.length];
        int rounds = 0;
        do {
            for (int i = 0; i < parts.length; i++) {
                spent[i] += parts[i].once();
            }
            rounds++;
        } while (LongStream.of(spent).sum() < leastSeconds * parts.length * 1e9);
        double protocols = (double) rounds * whole.size();
        return LongStream.of(spent)
                .mapToDouble(nanos -> nanos / 1e9 / protocols)
                .toArray();
    }

    private double onDisk(List<Outgoing> records) {
        return bytesOnDisk.applyAsDouble(records);
    }
}
