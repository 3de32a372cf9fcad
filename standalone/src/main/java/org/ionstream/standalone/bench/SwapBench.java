package org.ionstream.standalone.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.surrogate.SurrogateRequest;
import org.ionstream.surrogate.SurrogateStage;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.release.Candidate;

/**
 * Swaps champions under load: one thread answers batch after batch as the surrogate does, another checks, loads, warms and
 * offers one version after the other. The versions are a champion and the same network with its weights a hundred
 * thousandth larger, which is enough for other bits in every answer. Now and then a file that is cut short comes in between.
 */
public final class SwapBench {
    /** So that a version that is served two swaps too long is noticed. */
    private static final int VERSIONS = 3;

    private static final float LARGER = 1e-5f;
    /** Before memory is looked at: compiled code and pools fill. */
    private static final int WARM_UP_SWAPS = 10;

    private static final int SWAPS_PER_BAD_FILE = 5;
    /** Lengths that files are cut to. */
    private static final int CUTS = 97;

    private static final int QUIET_ROUNDS = 30;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /**
     * @param swaps that are timed
     * @param largestBatch in one run of the graph, a power of two
     * @param threads of the CPU within one operator
     * @param seed of the protocols
     */
    public record Settings(int swaps, int largestBatch, int threads, long seed) {
        public Settings {
            if (swaps < 1 || swaps > 100_000) {
                throw new IllegalArgumentException("%d swaps; give 1 to 100000".formatted(swaps));
            }
            new FnoPredictor.Settings(ComputeDevice.CPU, threads, largestBatch);
        }

        FnoPredictor.Settings predictor() {
            return new FnoPredictor.Settings(ComputeDevice.CPU, threads, largestBatch);
        }
    }

    /** Of each swap: from bytes to a warm champion, and from the offer to the end of the first batch that it answered. */
    private record Swaps(double[] loadMs, double[] takeOverMs) {}

    private final OnnxModelFile file;
    private final Settings settings;
    private final Progress progress;
    private final Topics topics = Topics.standard();
    private final Champions champions = new Champions();
    private final List<List<SurrogateRequest>> batches;
    private int swapped;
    private int badFiles;

    /** @param file made by this program's trainer */
    public SwapBench(OnnxModelFile file, Settings settings, Progress progress) {
        this.file = file;
        this.settings = settings;
        this.progress = progress;
        this.batches = batches();
    }

    /** @throws IllegalStateException if a champion is not served in two minutes */
    public SwapReport measure() {
        Machine machine = Machine.here();
        List<byte[]> versions = versions();
        SwapLoad load = new SwapLoad(
                stage(champions), batches, versions.stream().map(this::alone).toList());
        Thread thread = new Thread(load, "swap-load");
        try {
            offer(warm(versions.get(0)), load);
            thread.start();
            load.await(() -> load.rounds() >= QUIET_ROUNDS, LONGEST_WAIT);
            int quietRounds = load.rounds();
            swap(WARM_UP_SWAPS, versions, load);
            Sample before = Sample.now(0);
            int warmRounds = load.rounds();
            Swaps swaps = swap(settings.swaps(), versions, load);
            double[] roundMs = load.roundMs();
            Sample after = Sample.now(0);
            load.stop(thread, LONGEST_WAIT);
            SwapReport.Times times = new SwapReport.Times(
                    Spread.of(swaps.loadMs()),
                    Spread.of(swaps.takeOverMs()),
                    Spread.of(Arrays.copyOf(roundMs, quietRounds)),
                    Spread.of(Arrays.copyOfRange(roundMs, warmRounds, roundMs.length)));
            return new SwapReport(
                    machine,
                    LocalDate.now().toString(),
                    file.card().cellModel(),
                    settings,
                    load.verdict(),
                    badFiles,
                    times,
                    before,
                    after,
                    swaps.loadMs(),
                    swaps.takeOverMs());
        } finally {
            load.stop(thread, LONGEST_WAIT);
            champions.close();
        }
    }

    /** To the next version each time, with a bad file before every few of them. */
    private Swaps swap(int count, List<byte[]> versions, SwapLoad load) {
        Swaps swaps = new Swaps(new double[count], new double[count]);
        progress.begin("swaps", count);
        for (int i = 0; i < count; i++) {
            swapped++;
            byte[] next = versions.get(swapped % VERSIONS);
            if (swapped % SWAPS_PER_BAD_FILE == 0) {
                offerBad(next, load);
            }
            long beganNs = System.nanoTime();
            Champion champion = warm(next);
            long offeredNs = System.nanoTime();
            offer(champion, load);
            String modelId = champion.release().getModelId();
            load.await(() -> load.servedBy().equals(modelId), LONGEST_WAIT);
            swaps.loadMs()[i] = (offeredNs - beganNs) / 1e6;
            swaps.takeOverMs()[i] = (load.servedSinceNs() - offeredNs) / 1e6;
            progress.advance(i + 1);
        }
        return swaps;
    }

    /** @throws UnusableModelException if it must not be served */
    private Champion warm(byte[] onnx) {
        OnnxModelFile next = OnnxModelFile.parse(onnx);
        return Champion.unreleased(next, new FnoPredictor(next, settings.predictor()));
    }

    private void offer(Champion champion, SwapLoad load) {
        load.expect(champion.release().getModelId());
        champions.offer(champion);
    }

    /** Refused as a release is, and then the next batch comes from the champion before. */
    private void offerBad(byte[] onnx, SwapLoad load) {
        badFiles++;
        byte[] cut = Arrays.copyOf(onnx, (int) ((long) onnx.length * (swapped % CUTS) / CUTS));
        try {
            champions.offer(warm(cut));
        } catch (UnusableModelException e) {
            load.refused();
        }
        int rounds = load.rounds();
        load.await(() -> load.rounds() > rounds, LONGEST_WAIT);
    }

    private List<byte[]> versions() {
        Candidate champion = Candidate.of(file);
        List<byte[]> versions = new ArrayList<>();
        versions.add(file.bytes());
        for (int version = 1; version < VERSIONS; version++) {
            float[] values = champion.parameters().vector().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= 1 + version * LARGER;
            }
            FnoParameters larger = FnoParameters.of(champion.parameters().architecture(), values);
            Candidate other = new Candidate(
                    champion.cellModel(), larger, champion.normalisation(), champion.recipe(), champion.provenance());
            versions.add(other.toOnnx(file.card().grid(), file.card().expectedRelativeL2()));
        }
        return versions;
    }

    /** What a version answers when no other has ever been there. */
    private SwapLoad.Answers alone(byte[] onnx) {
        try (Champions only = new Champions()) {
            Champion version = warm(onnx);
            only.offer(version);
            SurrogateStage stage = stage(only);
            return SwapLoad.Answers.of(
                    version.release().getModelId(),
                    batches.stream().map(stage::answer).toList());
        }
    }

    private SurrogateStage stage(Champions serving) {
        return new SurrogateStage(topics, serving, new BandAdjustments(), Double.POSITIVE_INFINITY, Clock.systemUTC());
    }

    /** One protocol, some more, and more than go into one run of the graph. */
    private List<List<SurrogateRequest>> batches() {
        int largest = settings.largestBatch();
        List<List<SurrogateRequest>> all = new ArrayList<>();
        for (int size : new int[] {1, largest / 2 + 1, 2 * largest + 3}) {
            all.add(
                    GeneralSubset.on(
                                    file.card().grid(),
                                    CellModels.byId(file.card().cellModel()),
                                    size,
                                    settings.seed())
                            .stream()
                            .map(SwapBench::forTheSurrogate)
                            .toList());
        }
        return all;
    }

    private static SurrogateRequest forTheSurrogate(Stimulus stimulus) {
        StimulusProtocol protocol = StimulusProtocol.newBuilder(stimulus.protocol())
                .setRoute(Route.SURROGATE)
                .build();
        return new SurrogateRequest(Stimulus.of(protocol), Arrival.at(0));
    }
}
