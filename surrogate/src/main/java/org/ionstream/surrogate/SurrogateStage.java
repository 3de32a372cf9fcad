package org.ionstream.surrogate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ionstream.schemas.biomarker.TrajectoryBiomarkers;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trust;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Stage;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.Assessment;
import org.ionstream.surrogate.trust.BandAdjustments;

/**
 * Answers protocols with predicted trajectories, one run of the FNO per cell model and batch, each with a band and a bound of
 * its error. What the champion cannot answer, the reference is asked to: no model yet, a variant, parameters or an initial
 * state other than the published ones that models are trained on, a horizon beyond the model's, or a prediction that is not
 * finite or leaves the bounds of the cell model, which is never served. That holds for route SURROGATE too: a late answer is
 * better than none, and its source says who gave it. On route AUTO the reference also answers protocols that are unlike all
 * that the model is calibrated on, and those for which the bound of its error is above what the sender accepts, or above what
 * this installation serves to senders who do not say.
 *
 * <p>Called from one thread.
 */
public final class SurrogateStage implements Stage<SurrogateRequest> {
    /** Horizons computed as step x samples differ in the last bits. */
    private static final double ROUNDING = 1e-9;

    /** Departures from the published conditions that a detail names; the protocol has them all. */
    private static final int MOST_NAMED = 5;

    /** Handing fewer to another thread costs more than it saves. */
    private static final int ANSWERED_AT_ONCE = 32;

    /** Of all surrogates of the process. With the common pool, two processors would come to a new thread for every task. */
    private static final ExecutorService ANSWERING = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1), SurrogateStage::answeringThread);

    private final Topics topics;
    private final Champions champions;
    private final BandAdjustments adjustments;
    private final double largestError;
    private final Clock clock;

    /** Why the reference answers instead, with the numbers. */
    private record Detour(AuditReason reason, String detail) {}

    /** @param current of the stimulus on the champion's grid, shape [sample] */
    private record Question(SurrogateRequest request, float[] current) {}

    /** @param largestError relative L2 that is served on route AUTO to senders who do not say what they accept */
    public SurrogateStage(
            Topics topics, Champions champions, BandAdjustments adjustments, double largestError, Clock clock) {
        this.topics = topics;
        this.champions = champions;
        this.adjustments = adjustments;
        this.largestError = largestError;
        this.clock = clock;
    }

    private static Thread answeringThread(Runnable work) {
        Thread thread = new Thread(work, "surrogate-answers");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public List<Outgoing> answer(List<SurrogateRequest> batch) {
        champions.takeOffered();
        List<Outgoing> answers = new ArrayList<>(batch.size());
        Map<String, List<Question>> answerable = new LinkedHashMap<>();
        for (SurrogateRequest request : batch) {
            Optional<Detour> detour = detour(request.stimulus());
            if (detour.isPresent()) {
                answers.add(audit(request, detour.get(), true));
                continue;
            }
            String cellModel = request.stimulus().cellModel().id();
            Champion champion = champions.of(cellModel).orElseThrow();
            Question question = new Question(
                    request,
                    request.stimulus().cellMeans(champion.predictor().card().grid()));
            outOfRange(champion, question)
                    .ifPresentOrElse(
                            unlike -> answers.add(audit(request, unlike, true)),
                            () -> answerable
                                    .computeIfAbsent(cellModel, first -> new ArrayList<>())
                                    .add(question));
        }
        answerable.forEach((cellModel, questions) ->
                answers.addAll(predict(champions.of(cellModel).orElseThrow(), questions)));
        return answers;
    }

    private Optional<Detour> detour(Stimulus stimulus) {
        if (stimulus.protocol().getRoute() == Route.REFERENCE) {
            return Optional.of(new Detour(AuditReason.ASKED, "the sender asked for the reference"));
        }
        List<String> departures = stimulus.conditions().departures();
        if (!departures.isEmpty()) {
            return Optional.of(new Detour(
                    AuditReason.UNTRAINED_CONDITIONS,
                    "surrogates of %s are trained for the published cell only, not for %s"
                            .formatted(stimulus.cellModel().id(), listed(departures))));
        }
        String cellModel = stimulus.cellModel().id();
        Optional<Champion> champion = champions.of(cellModel);
        if (champion.isEmpty()) {
            return Optional.of(new Detour(AuditReason.NO_MODEL, "no model of %s is released yet".formatted(cellModel)));
        }
        ModelCard card = champion.get().predictor().card();
        double horizonMs = stimulus.protocol().getHorizonMs();
        if (horizonMs > card.grid().horizonMs() * (1 + ROUNDING)) {
            return Optional.of(new Detour(
                    AuditReason.OUT_OF_RANGE,
                    "horizon %s ms is beyond the %s ms of model %s"
                            .formatted(horizonMs, card.grid().horizonMs(), card.modelId())));
        }
        return Optional.empty();
    }

    /** Whether it is unlike all that the champion is calibrated on. */
    private static Optional<Detour> outOfRange(Champion champion, Question question) {
        return champion.errors()
                .filter(errors -> question.request().stimulus().protocol().getRoute() == Route.AUTO)
                .flatMap(errors -> errors.outOfRange(question.current()))
                .map(detail -> new Detour(AuditReason.OUT_OF_RANGE, detail));
    }

    private static String listed(List<String> departures) {
        String named = String.join(", ", departures.subList(0, Math.min(MOST_NAMED, departures.size())));
        return departures.size() <= MOST_NAMED
                ? named
                : named + " and %d more".formatted(departures.size() - MOST_NAMED);
    }

    /** While one part of the batch is predicted, other threads make the answers of those before. */
    private List<Outgoing> predict(Champion champion, List<Question> questions) {
        int largest = champion.predictor().largestBatch();
        List<CompletableFuture<List<Outgoing>>> answers = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += largest) {
            List<Question> part = questions.subList(from, Math.min(questions.size(), from + largest));
            long startedNs = System.nanoTime();
            float[][][] predicted = champion.predictor()
                    .predict(part.stream().map(Question::current).toArray(float[][]::new));
            long inferenceNs = (System.nanoTime() - startedNs) / part.size();
            for (int some = 0; some < part.size(); some += ANSWERED_AT_ONCE) {
                int first = some;
                int end = Math.min(part.size(), some + ANSWERED_AT_ONCE);
                answers.add(CompletableFuture.supplyAsync(
                        () -> IntStream.range(first, end)
                                .mapToObj(i -> answers(champion, part.get(i), predicted[i], inferenceNs))
                                .flatMap(List::stream)
                                .toList(),
                        ANSWERING));
            }
        }
        return answers.stream().flatMap(some -> some.join().stream()).toList();
    }

    /** One, or two if both sides are wanted. */
    private List<Outgoing> answers(Champion champion, Question question, float[][] predicted, long inferenceNs) {
        long startedNs = System.nanoTime();
        ModelCard card = champion.predictor().card();
        SurrogateRequest request = question.request();
        Optional<Assessment> assessment = assessment(champion, question.current(), predicted);
        Traces onModelGrid = new Traces(card.grid(), card.variables(), predicted);
        Traces onAskedGrid = onModelGrid.resample(request.stimulus().grid());
        Optional<Detour> fault = fault(onModelGrid, card, request)
                .or(() -> onAskedGrid == onModelGrid ? Optional.empty() : fault(onAskedGrid, card, request))
                .or(() -> doubt(request, card, assessment));
        if (fault.isPresent()) {
            return List.of(audit(request, fault.get(), true));
        }
        long computeMicros = (inferenceNs + System.nanoTime() - startedNs) / 1000;
        Outgoing prediction = prediction(request, champion, onAskedGrid, assessment, computeMicros);
        return request.stimulus().protocol().getRoute() == Route.BOTH
                ? List.of(prediction, audit(request, new Detour(AuditReason.ASKED, "the sender asked for both"), false))
                : List.of(prediction);
    }

    private Optional<Assessment> assessment(Champion champion, float[] current, float[][] predicted) {
        ModelCard card = champion.predictor().card();
        return champion.errors()
                .map(errors ->
                        adjustments.adjusted(card.modelId(), card.variables(), errors.assess(current, predicted)));
    }

    /** Whether the error may be larger than it should. */
    private Optional<Detour> doubt(SurrogateRequest request, ModelCard card, Optional<Assessment> assessment) {
        StimulusProtocol protocol = request.stimulus().protocol();
        Double wanted = protocol.getRelativeL2Wanted();
        if (protocol.getRoute() != Route.AUTO || wanted == null && assessment.isEmpty()) {
            return Optional.empty();
        }
        if (assessment.isEmpty()) {
            return Optional.of(new Detour(
                    AuditReason.ACCURACY_WANTED,
                    "a relative L2 error of %s is wanted, and model %s is not calibrated"
                            .formatted(wanted, card.modelId())));
        }
        double bound = assessment.get().relativeL2Bound();
        double limit = wanted == null ? largestError : wanted;
        return bound <= limit
                ? Optional.empty()
                : Optional.of(new Detour(
                        wanted == null ? AuditReason.UNCERTAIN : AuditReason.ACCURACY_WANTED,
                        "a relative L2 error of %s is wanted, model %s has up to %.3g here"
                                .formatted(limit, card.modelId(), bound)));
    }

    /** A fault anywhere, also in a variable or at a time that was not asked for: such a prediction is not to be trusted. */
    private static Optional<Detour> fault(Traces traces, ModelCard card, SurrogateRequest request) {
        CellModel cell = request.stimulus().cellModel();
        for (int row = 0; row < traces.values().length; row++) {
            StateVariable variable = cell.variables().get(row);
            float[] values = traces.values()[row];
            for (int sample = 0; sample < values.length; sample++) {
                if (!variable.contains(values[sample])) {
                    return Optional.of(new Detour(
                            AuditReason.NON_FINITE,
                            "model %s predicts %s = %s %s at t=%s ms, outside [%s, %s]"
                                    .formatted(
                                            card.modelId(),
                                            variable.name(),
                                            values[sample],
                                            variable.unit(),
                                            traces.grid().timeMs(sample),
                                            variable.lowest(),
                                            variable.highest())));
                }
            }
        }
        return Optional.empty();
    }

    private Outgoing prediction(
            SurrogateRequest request,
            Champion champion,
            Traces traces,
            Optional<Assessment> assessment,
            long computeMicros) {
        StimulusProtocol protocol = request.stimulus().protocol();
        Prediction prediction = Prediction.newBuilder()
                .setId(protocol.getId())
                .setCellModel(protocol.getCellModel())
                .setSource(Source.SURROGATE)
                .setReason(protocol.getRoute() == Route.SURROGATE ? RouteReason.ASKED : RouteReason.TRUSTED)
                .setOutcome(Outcome.OK)
                .setTrajectory(
                        protocol.getBiomarkersOnly()
                                ? null
                                : traces.select(protocol.getVariables()).toMessage())
                .setBiomarkers(TrajectoryBiomarkers.of(traces, request.stimulus()))
                .setModelId(champion.release().getModelId())
                .setModelSha256(champion.release().getSha256())
                .setExpectedRelativeL2(champion.predictor().card().expectedRelativeL2())
                .setTrust(assessment
                        .map(known -> trust(protocol, champion, known))
                        .orElse(null))
                .setPublishedAtMs(request.arrival().atMs())
                .setAnsweredAtMs(clock.millis())
                .setComputeMicros(computeMicros)
                .build();
        return topics.predictions
                .message(protocol.getId(), prediction)
                .causedBy(request.arrival().trace());
    }

    /** Radii of the variables that the trajectory has. */
    private static Trust trust(StimulusProtocol protocol, Champion champion, Assessment assessment) {
        List<String> all = champion.predictor().card().variables();
        List<String> wanted = protocol.getVariables().isEmpty() ? all : protocol.getVariables();
        List<Double> radii = protocol.getBiomarkersOnly()
                ? List.of()
                : wanted.stream()
                        .map(variable -> assessment.bandRadii()[all.indexOf(variable)])
                        .toList();
        return new Trust(
                champion.errors().orElseThrow().coverage(),
                assessment.expectedRelativeL2(),
                assessment.relativeL2Bound(),
                radii);
    }

    private Outgoing audit(SurrogateRequest request, Detour detour, boolean answerWanted) {
        StimulusProtocol protocol = request.stimulus().protocol();
        AuditRequest audit = new AuditRequest(
                protocol,
                detour.reason(),
                answerWanted,
                detour.detail(),
                request.arrival().atMs(),
                champions
                        .of(protocol.getCellModel())
                        .map(champion -> champion.release().getModelId())
                        .orElse(""));
        return topics.audits
                .message(protocol.getId(), audit)
                .causedBy(request.arrival().trace());
    }
}
