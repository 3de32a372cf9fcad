package org.ionstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.Variations;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.stream.TraceContext;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferenceStageTest {
    private static final Clock AT_900 = Clock.fixed(Instant.ofEpochMilli(900), ZoneOffset.UTC);

    private final Topics topics = Topics.standard();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopThreads() {
        pool.shutdownNow();
    }

    @Test
    void shouldSolveItsShareOfAllProtocols() {
        List<ReferenceRequest> batch = IntStream.range(0, 400)
                .mapToObj(i -> uniform(protocol("protocol-" + i, List.of())))
                .toList();

        List<ReferenceSolution> references = references(stage(0.25).answer(batch));

        assertThat(references.size() / 400.0).isCloseTo(0.25, within(0.06));
        assertThat(references).allSatisfy(reference -> {
            assertThat(UniformAudit.covers(reference.getId(), 0.25)).isTrue();
            assertThat(reference.getReason()).isEqualTo(AuditReason.UNIFORM);
            assertThat(reference.getProbability()).isEqualTo(0.25);
            assertThat(reference.getOutcome()).isEqualTo(Outcome.OK);
        });
    }

    @Test
    void shouldKeepTheOrderOfTheBatch() {
        List<ReferenceRequest> batch = IntStream.range(0, 30)
                .mapToObj(i -> uniform(protocol("protocol-" + i, List.of())))
                .toList();

        List<ReferenceSolution> references = references(stage(1).answer(batch));

        assertThat(references)
                .extracting(ReferenceSolution::getId)
                .containsExactlyElementsOf(
                        batch.stream().map(request -> request.stimulus().id()).toList());
    }

    @Test
    void shouldAnswerTheUserWhereTheSurrogateCannot() {
        ReferenceRequest request = targeted(protocol("lonely", List.of("w")), AuditReason.OUT_OF_RANGE, true);

        List<Outgoing> answers = stage(0).answer(List.of(request));

        Prediction prediction = predictions(answers).get(0);
        assertThat(prediction.getSource()).isEqualTo(Source.REFERENCE);
        assertThat(prediction.getReason()).isEqualTo(RouteReason.OUT_OF_RANGE);
        assertThat(prediction.getPublishedAtMs()).isEqualTo(700);
        assertThat(prediction.getAnsweredAtMs()).isEqualTo(900);
        assertThat(Traces.of(prediction.getTrajectory()).variables()).containsExactly("w");
        ReferenceSolution reference = references(answers).get(0);
        assertThat(reference.getReason()).isEqualTo(AuditReason.OUT_OF_RANGE);
        assertThat(reference.getProbability()).isEqualTo(1);
    }

    @Test
    void shouldAnswerForTheCellThatTheProtocolDescribes() {
        StimulusProtocol published = protocol("cell", List.of("w"));
        StimulusProtocol slower = StimulusProtocol.newBuilder(published)
                .setParameters(Map.of("e", 0.05))
                .setInitialState(Map.of("w", 0.25))
                .build();

        List<Outgoing> answers = stage(0).answer(List.of(targeted(slower, AuditReason.UNTRAINED_CONDITIONS, true)));

        Prediction prediction = predictions(answers).get(0);
        assertThat(prediction.getReason()).isEqualTo(RouteReason.UNTRAINED_CONDITIONS);
        assertThat(Traces.of(prediction.getTrajectory()).of("w")[0]).isEqualTo(0.25f);
        assertThat(references(answers).get(0).getProtocol()).isEqualTo(slower);
    }

    @Test
    void shouldSendBiomarkersWhateverVariablesAreWanted() {
        ReferenceRequest request = targeted(protocol("lonely", List.of("w")), AuditReason.OUT_OF_RANGE, true);

        List<Outgoing> answers = stage(0).answer(List.of(request));

        Biomarkers biomarkers = predictions(answers).get(0).getBiomarkers();
        assertThat(biomarkers.getCapturedStimuli()).isEqualTo(1);
        assertThat(biomarkers.getBeats().get(0).getPeakPotential()).isGreaterThan(1);
        assertThat(biomarkers.getBeats().get(0).getPeakCalciumMm()).isNull();
        assertThat(references(answers).get(0).getBiomarkers()).isEqualTo(biomarkers);
    }

    @Test
    void shouldLeaveOutTheTrajectoryOfAnAnswerButNotOfTheReferenceIfOnlyBiomarkersAreWanted() {
        StimulusProtocol protocol = StimulusProtocol.newBuilder(protocol("brief", List.of()))
                .setBiomarkersOnly(true)
                .build();

        List<Outgoing> answers = stage(0).answer(List.of(targeted(protocol, AuditReason.NO_MODEL, true)));

        Prediction prediction = predictions(answers).get(0);
        assertThat(prediction.getOutcome()).isEqualTo(Outcome.OK);
        assertThat(prediction.getTrajectory()).isNull();
        assertThat(prediction.getBiomarkers().getActionPotentials()).isEqualTo(1);
        assertThat(references(answers).get(0).getTrajectory()).isNotNull();
    }

    @Test
    void shouldNotAnswerTheUserTwice() {
        ReferenceRequest request = targeted(protocol("both", List.of()), AuditReason.ASKED, false);

        List<Outgoing> answers = stage(0).answer(List.of(request));

        assertThat(predictions(answers)).isEmpty();
        assertThat(references(answers)).hasSize(1);
    }

    @Test
    void shouldLeaveTheReferenceOfAnAuditedProtocolToTheUniformPath() {
        StimulusProtocol protocol = protocol("twice", List.of());
        List<ReferenceRequest> batch = List.of(uniform(protocol), targeted(protocol, AuditReason.NO_MODEL, true));

        List<Outgoing> answers = stage(1).answer(batch);

        assertThat(predictions(answers)).hasSize(1);
        assertThat(references(answers)).extracting(ReferenceSolution::getReason).containsExactly(AuditReason.UNIFORM);
    }

    @Test
    void shouldSendTheOutcomeWhenTheSolverGivesUp() {
        ReferenceStage hurried =
                new ReferenceStage(topics, new ReferenceSolver(new SolverSettings(1e-8, 20, 60_000)), 0, pool, AT_900);

        List<Outgoing> answers =
                hurried.answer(List.of(targeted(protocol("hard", List.of()), AuditReason.ASKED, true)));

        Prediction prediction = predictions(answers).get(0);
        assertThat(prediction.getOutcome()).isEqualTo(Outcome.SOLVER_GAVE_UP);
        assertThat(prediction.getTrajectory()).isNull();
        assertThat(prediction.getBiomarkers()).isNull();
        assertThat(prediction.getDetail()).contains("20 evaluations", "raise largestEvaluations");
        assertThat(references(answers).get(0).getOutcome()).isEqualTo(Outcome.SOLVER_GAVE_UP);
    }

    @Test
    void shouldAnswerWithinTheTraceOfTheRequest() {
        ReferenceRequest request = targeted(protocol("traced", List.of()), AuditReason.OUT_OF_RANGE, true);

        List<TraceContext> traces = stage(0).answer(List.of(request)).stream()
                .map(answer -> answer.event().orElseThrow().trace())
                .toList();

        TraceContext cause = request.arrival().trace();
        assertThat(traces).hasSize(2).allSatisfy(trace -> {
            assertThat(trace.traceHigh()).isEqualTo(cause.traceHigh());
            assertThat(trace.traceLow()).isEqualTo(cause.traceLow());
            assertThat(trace.span()).isNotEqualTo(cause.span());
        });
        assertThat(traces.get(0).span()).isNotEqualTo(traces.get(1).span());
    }

    @Test
    void shouldSendTheOutcomeWhenThereAreNoEquations() {
        CellModel unsolved = new CellModel("unheard-of-2030", "", "", List.of(), "", null, 100, 1, Variations.NONE);
        Stimulus stimulus = new Stimulus(protocol("new", List.of()), unsolved, List.of(), new TimeGrid(1, 10));

        List<Outgoing> answers = stage(0).answer(
                        List.of(new ReferenceRequest(stimulus, AuditReason.NO_MODEL, true, Arrival.at(700), "fhn-1")));

        assertThat(predictions(answers).get(0).getOutcome()).isEqualTo(Outcome.NO_SOLVER);
    }

    @Test
    void shouldSolveEveryCellModelOfTheCatalogue() {
        List<ReferenceRequest> batch = CellModels.all().stream()
                .map(model -> uniform(StimulusProtocol.newBuilder(protocol(model.id(), List.of()))
                        .setCellModel(model.id())
                        .build()))
                .toList();

        List<ReferenceSolution> references = references(stage(1).answer(batch));

        assertThat(references).hasSize(CellModels.all().size()).allSatisfy(reference -> {
            assertThat(reference.getOutcome()).isEqualTo(Outcome.OK);
            assertThat(reference.getTrajectory().getVariables())
                    .isEqualTo(CellModels.byId(reference.getCellModel()).variableNames());
        });
    }

    private ReferenceStage stage(double auditShare) {
        return new ReferenceStage(topics, new ReferenceSolver(SolverSettings.AUDIT), auditShare, pool, AT_900);
    }

    private static ReferenceRequest uniform(StimulusProtocol protocol) {
        return new ReferenceRequest(Stimulus.of(protocol), AuditReason.UNIFORM, false, Arrival.at(700), "");
    }

    private static ReferenceRequest targeted(StimulusProtocol protocol, AuditReason reason, boolean answerWanted) {
        return new ReferenceRequest(Stimulus.of(protocol), reason, answerWanted, Arrival.at(700), "fhn-1");
    }

    private static StimulusProtocol protocol(String id, List<String> variables) {
        return StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel(CellModels.FITZHUGH_NAGUMO_1961.id())
                .setPulses(List.of(new Pulse(0.0, 2.0, 0.5)))
                .setHorizonMs(20)
                .setOutputStepMs(1)
                .setVariables(variables)
                .build();
    }

    private List<ReferenceSolution> references(List<Outgoing> answers) {
        return answers.stream()
                .filter(answer -> answer.topic().equals(topics.references.name()))
                .map(answer -> topics.references.wire().decode(answer.value()))
                .toList();
    }

    private List<Prediction> predictions(List<Outgoing> answers) {
        return answers.stream()
                .filter(answer -> answer.topic().equals(topics.predictions.name()))
                .map(answer -> topics.predictions.wire().decode(answer.value()))
                .toList();
    }
}
