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
import org.ionstream.schemas.stream.Topics;
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

    private final OnnxModelFile file;
    private final Settings settings;
    private final Progress progress;
    private final Topics topics = Topics.standard();
    private final Champions champions = new Champions();
    private final List<List<SurrogateRequest>> batches;

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
        List<SwapLoad.Answers> expected = versions.stream().map(this::alone).toList();
        SwapLoad load = new SwapLoad(stage(champions), batches, expected);
        Thread thread = new Thread(load, "swap-load");
        double[] loadMs = new double[settings.swaps()];
        double[] takeOverMs = new double[settings.swaps()];
        try {
            swap(versions.get(0), load, thread);
            load.await(() -> load.rounds() >= QUIET_ROUNDS, LONGEST_WAIT);
            int quietRounds = load.rounds();
            for (int swap = 1; swap <= WARM_UP_SWAPS; swap++) {
                swap(versions.get(swap % VERSIONS), load, thread);
            }
            Sample before = Sample.now(0);
            int warmRounds = load.rounds();
            int bad = 0;
            progress.begin("swaps", settings.swaps());
            for (int swap = 0; swap < settings.swaps(); swap++) {
                byte[] next = versions.get((WARM_UP_SWAPS + 1 + swap) % VERSIONS);
                if (swap % SWAPS_PER_BAD_FILE == 0) {
                    offerBad(next, 1 + swap, load);
                    bad++;
                }
                double[] times = swap(next, load, thread);
                loadMs[swap] = times[0];
                takeOverMs[swap] = times[1];
                progress.advance(swap + 1);
            }
            double[] roundMs = load.roundMs();
            Sample after = Sample.now(0);
            load.stop(thread, LONGEST_WAIT);
            return new SwapReport(
                    machine,
                    LocalDate.now().toString(),
                    file.card().cellModel(),
                    settings,
                    load.verdict(),
                    bad,
                    new SwapReport.Times(
                            Spread.of(loadMs),
                            Spread.of(takeOverMs),
                            Spread.of(Arrays.copyOf(roundMs, quietRounds)),
                            Spread.of(Arrays.copyOfRange(roundMs, warmRounds, roundMs.length))),
                    before,
                    after,
                    loadMs,
                    takeOverMs);
        } finally {
            load.stop(thread, LONGEST_WAIT);
            champions.close();
        }
    }

    /** @return ms from bytes to a warm champion, and from the offer to the end of the first batch that it answered */
    private double[] swap(byte[] onnx, SwapLoad load, Thread thread) {
        long beganNs = System.nanoTime();
        OnnxModelFile next = OnnxModelFile.parse(onnx);
        Champion champion = Champion.unreleased(next, new FnoPredictor(next, settings.predictor()));
        long offeredNs = System.nanoTime();
        load.expect(next.card().modelId());
        champions.offer(champion);
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        load.await(() -> load.servedBy().equals(next.card().modelId()), LONGEST_WAIT);
        return new double[] {(offeredNs - beganNs) / 1e6, (load.servedSinceNs() - offeredNs) / 1e6};
    }

    /** Refused as a release is, and then the next batch comes from the champion before. */
    private void offerBad(byte[] onnx, int turn, SwapLoad load) {
        byte[] cut = Arrays.copyOf(onnx, (int) ((long) onnx.length * (turn % 97) / 97));
        try {
            OnnxModelFile bad = OnnxModelFile.parse(cut);
            champions.offer(Champion.unreleased(bad, new FnoPredictor(bad, settings.predictor())));
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
        OnnxModelFile version = OnnxModelFile.parse(onnx);
        try (Champions only = new Champions()) {
            only.offer(Champion.unreleased(version, new FnoPredictor(version, settings.predictor())));
            SurrogateStage stage = stage(only);
            return SwapLoad.Answers.of(
                    version.card().modelId(),
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
        return new SurrogateRequest(Stimulus.of(protocol), 0);
    }
}
