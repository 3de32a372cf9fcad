package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.ionstream.reference.ReferenceRequest;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.ReferenceStage;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.surrogate.SurrogateRequest;
import org.ionstream.surrogate.SurrogateStage;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both stages, called on lists, on what {@link HostileProtocols} makes: every record is refused with a remedy or answered once. */
class HostileProtocolsTest {
    /** What a reason says of what to do. */
    static final Pattern REMEDY = Pattern.compile(
            "must |at most|known are|it has|are allowed|name each|choose|send |write |give |order them|outside");

    private static final int CASES = 3_000;
    private static final int BATCH = 64;

    private final Topics topics = Topics.standard();
    private final Inlet<StimulusProtocol, SurrogateRequest> asked =
            SurrogateRequest.inlet(topics.stimuli, ProtocolLimits.DEFAULT);
    private final Inlet<StimulusProtocol, ReferenceRequest> readAlong =
            ReferenceRequest.protocols(topics.stimuli, ProtocolLimits.DEFAULT);
    private final Champions champions = new Champions();
    private final SurrogateStage surrogate =
            new SurrogateStage(topics, champions, new BandAdjustments(), 0.1, Clock.systemUTC());
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final ReferenceStage reference = new ReferenceStage(
            topics, new ReferenceSolver(new SolverSettings(1e-4, 20_000, 1_000)), 1, pool, Clock.systemUTC());

    @AfterEach
    void close() {
        champions.close();
        pool.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldRefuseOrAnswerOnceWhateverComes(long seed) {
        champions.offer(fitzHughNagumo());
        HostileProtocols hostile = new HostileProtocols(seed);
        List<StimulusProtocol> understood = new ArrayList<>();
        Map<String, Integer> refused = new HashMap<>();

        for (int turn = 0; turn < CASES; turn++) {
            HostileProtocols.Hostile next = hostile.next(turn);
            int serial = turn;
            read(next.value(), next.kind())
                    .ifPresentOrElse(
                            protocol -> {
                                assertThat(next.refused()).as(next.kind()).isFalse();
                                understood.add(protocol);
                            },
                            () -> refused.merge(next.kind(), 1, Integer::sum));
            if (serial % 5 == 0) {
                understood.add(hostile.honest("honest " + serial));
            }
        }

        assertThat(refused).hasSizeGreaterThanOrEqualTo(9);
        assertThat(understood).hasSizeGreaterThan(CASES / 5);
        for (int from = 0; from < understood.size(); from += BATCH) {
            assertAnsweredOnce(understood.subList(from, Math.min(understood.size(), from + BATCH)));
        }
    }

    @Test
    void shouldRefuseWhatIsLarge() {
        for (HostileProtocols.Hostile large : new HostileProtocols(3).large()) {
            assertThat(read(large.value(), large.kind())).as(large.kind()).isEmpty();
        }
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] whole = topics.stimuli.wire().encode(new HostileProtocols(4).honest("whole"));

        for (int length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length), "truncated")).isEmpty();
        }
        assertThat(read(whole, "whole")).isPresent();
    }

    /** Empty: refused, with a reason that says what to do. Both stages agree. */
    private Optional<StimulusProtocol> read(byte[] value, String kind) {
        Optional<StimulusProtocol> bySurrogate =
                read(asked, value, kind).map(request -> request.stimulus().protocol());
        Optional<StimulusProtocol> byReference =
                read(readAlong, value, kind).map(request -> request.stimulus().protocol());
        assertThat(bySurrogate).isEqualTo(byReference);
        return bySurrogate;
    }

    private static <R> Optional<R> read(Inlet<StimulusProtocol, R> inlet, byte[] value, String kind) {
        try {
            return Optional.of(inlet.understand().apply(inlet.topic().wire().decode(value), Arrival.at(0)));
        } catch (UnreadableMessageException e) {
            assertThat(e.getMessage()).as(kind).containsPattern(REMEDY);
            return Optional.empty();
        }
    }

    private void assertAnsweredOnce(List<StimulusProtocol> protocols) {
        List<SurrogateRequest> requests = protocols.stream()
                .map(protocol -> asked.understand().apply(protocol, Arrival.at(0)))
                .toList();
        Map<String, Integer> answers = new HashMap<>();
        for (Outgoing answer : surrogate.answer(requests)) {
            assertThat(answer.key()).isNotNull();
            answers.merge(new String(answer.key(), StandardCharsets.UTF_8), 1, Integer::sum);
            if (answer.topic().equals(topics.predictions.name())) {
                assertFinite(topics.predictions.wire().decode(answer.value()));
            } else {
                topics.audits.wire().decode(answer.value());
            }
        }
        Map<String, Integer> wanted = new HashMap<>();
        protocols.forEach(protocol -> wanted.merge(
                key(protocol),
                protocol.getRoute() == Route.BOTH
                                && champions.of(protocol.getCellModel()).isPresent()
                        ? 2
                        : 1,
                Integer::sum));
        assertThat(answers).containsExactlyInAnyOrderEntriesOf(wanted);
        List<Outgoing> solved = reference.answer(protocols.stream()
                .map(protocol -> readAlong.understand().apply(protocol, Arrival.at(0)))
                .toList());
        assertThat(solved)
                .extracting(answer -> new String(answer.key(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(
                        protocols.stream().map(HostileProtocolsTest::key).toList());
        solved.forEach(answer -> assertSolvedOrGivenUp(topics.references.wire().decode(answer.value())));
    }

    /** As it comes back from bytes. */
    private static String key(StimulusProtocol protocol) {
        return new String(protocol.getId().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static void assertFinite(Prediction prediction) {
        assertThat(prediction.getOutcome()).isEqualTo(Outcome.OK);
        assertThat(prediction.getTrajectory() == null
                        || Traces.of(prediction.getTrajectory()).isFinite())
                .isTrue();
    }

    private static void assertSolvedOrGivenUp(ReferenceSolution solution) {
        if (solution.getOutcome() == Outcome.OK) {
            assertThat(Traces.of(solution.getTrajectory()).isFinite()).isTrue();
        } else {
            assertThat(solution.getDetail()).isNotBlank();
        }
    }

    private static Champion fitzHughNagumo() {
        OnnxModelFile file = OnnxModelFile.parse(
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());
        return Champion.unreleased(
                file, new FnoPredictor(file, new FnoPredictor.Settings(ComputeDevice.CPU, 1, BATCH)));
    }
}
