package org.ionstream.standalone.simulation;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.ionstream.reference.ReferenceRequest;
import org.ionstream.reference.ReferenceSolver;
import org.ionstream.reference.ReferenceStage;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.SurrogateRequest;
import org.ionstream.surrogate.SurrogateStage;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;

/**
 * The surrogate's stage and the reference's, called one after the other without a broker: a protocol gets the answer that it
 * would get in the stream. Called from one thread.
 */
public final class LocalStream implements AutoCloseable {
    private final Champions champions = new Champions();
    private final ExecutorService pool =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final Clock clock = Clock.systemUTC();
    private final SurrogateStage surrogate;
    private final ReferenceStage reference;

    /** @param largestError relative L2 that is served on route AUTO to protocols that do not say */
    public LocalStream(SolverSettings solver, double largestError) {
        Topics topics = Topics.standard();
        this.surrogate = new SurrogateStage(topics, champions, new BandAdjustments(), largestError, clock);
        this.reference = new ReferenceStage(topics, new ReferenceSolver(solver), 0, pool, clock);
    }

    /** Serves from now on. */
    public void load(OnnxModelFile file) {
        champions.offer(Champion.unreleased(file, new FnoPredictor(file, FnoPredictor.Settings.ON_CPU)));
    }

    /**
     * @param protocols with different ids
     * @return in their order
     * @throws org.ionstream.schemas.protocol.InvalidProtocolException if one breaks a rule
     */
    public List<Answer> answer(List<StimulusProtocol> protocols) {
        long now = clock.millis();
        List<SurrogateRequest> asked = protocols.stream()
                .map(protocol -> new SurrogateRequest(Stimulus.of(protocol), now))
                .toList();
        List<Outgoing> first = surrogate.answer(asked);
        List<AuditRequest> audits = messages(first, AuditRequest.class).toList();
        List<Outgoing> second =
                reference.answer(audits.stream().map(LocalStream::request).toList());
        Map<String, Prediction> predictions = messages(
                        Stream.concat(first.stream(), second.stream()).toList(), Prediction.class)
                .collect(Collectors.toMap(Prediction::getId, Function.identity()));
        Map<String, ReferenceSolution> references = messages(second, ReferenceSolution.class)
                .collect(Collectors.toMap(ReferenceSolution::getId, Function.identity()));
        Map<String, String> reasons = audits.stream()
                .collect(Collectors.toMap(audit -> audit.getProtocol().getId(), AuditRequest::getDetail));
        return protocols.stream()
                .map(protocol -> {
                    Prediction prediction = predictions.get(protocol.getId());
                    String remark = prediction.getSource() == Source.SURROGATE
                            ? outOfRange(protocol)
                            : reasons.getOrDefault(protocol.getId(), "");
                    return new Answer(protocol, prediction, references.get(protocol.getId()), remark);
                })
                .toList();
    }

    /** Route SURROGATE and BOTH do not ask whether the protocol is like those that the model is calibrated on. */
    private String outOfRange(StimulusProtocol protocol) {
        Champion champion = champions.of(protocol.getCellModel()).orElseThrow();
        float[] current =
                Stimulus.of(protocol).cellMeans(champion.predictor().card().grid());
        return champion.errors()
                .flatMap(errors -> errors.outOfRange(current))
                .map(detail -> "not to be relied on: " + detail)
                .orElse("");
    }

    @Override
    public void close() {
        champions.close();
        pool.shutdownNow();
    }

    private static <T extends SpecificRecord> Stream<T> messages(List<Outgoing> sent, Class<T> kind) {
        return sent.stream()
                .flatMap(outgoing -> outgoing.message().stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static ReferenceRequest request(AuditRequest audit) {
        return new ReferenceRequest(
                Stimulus.of(audit.getProtocol()),
                audit.getReason(),
                audit.getAnswerWanted(),
                audit.getPublishedAtMs(),
                audit.getModelId());
    }

    /** What a release says of a file that is on no topic. */
}
