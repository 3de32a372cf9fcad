package org.ionstream.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.message.AuditReason;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.Beat;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.RouteReason;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.TraceContext;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tiny model predicts V = current + 0.5 and w = 2 current + 0.5 on 8 samples of 0.5 ms; both must be in [-5, 5]. */
class SurrogateStageTest {
    private final TinyStage tiny = new TinyStage();

    @AfterEach
    void close() {
        tiny.close();
    }

    @Test
    void shouldAnswerWithTheTrajectoryAndWhereItIsFrom() {
        StimulusProtocol protocol = TinyStage.protocol("a").build();

        List<Outgoing> answers = tiny.answer(protocol);

        Prediction prediction = tiny.prediction(answers.get(0));
        assertThat(answers).hasSize(1);
        assertThat(new String(answers.get(0).key())).isEqualTo("a");
        assertThat(prediction.getId()).isEqualTo("a");
        assertThat(prediction.getSource()).isEqualTo(Source.SURROGATE);
        assertThat(prediction.getReason()).isEqualTo(RouteReason.TRUSTED);
        assertThat(prediction.getOutcome()).isEqualTo(Outcome.OK);
        assertThat(prediction.getModelId()).isEqualTo("tiny-1");
        assertThat(prediction.getModelSha256()).isEqualTo("hash of tiny-1");
        assertThat(prediction.getExpectedRelativeL2()).isEqualTo(0.02);
        assertThat(prediction.getPublishedAtMs()).isEqualTo(1_000);
        assertThat(prediction.getAnsweredAtMs()).isEqualTo(1_234);
        Traces traces = Traces.of(prediction.getTrajectory());
        assertThat(traces.grid()).isEqualTo(new TimeGrid(0.5, 8));
        assertThat(traces.of("V")).containsExactly(0.5f, 0.5f, 1.5f, 1.5f, 0.5f, 0.5f, 0.5f, 0.5f);
        assertThat(traces.of("w")).containsExactly(0.5f, 0.5f, 2.5f, 2.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    }

    @Test
    void shouldAnswerAndAskWithinTheTraceOfTheProtocol() {
        TraceContext cause = TraceContext.begun();
        StimulusProtocol answered = TinyStage.protocol("a").build();
        StimulusProtocol left =
                TinyStage.protocol("b").setRoute(Route.REFERENCE).build();

        for (StimulusProtocol protocol : List.of(answered, left)) {
            SurrogateRequest request = new SurrogateRequest(Stimulus.of(protocol), new Arrival(1_000, cause));
            Outgoing answer = tiny.answer(request).get(0);

            TraceContext trace = answer.event().orElseThrow().trace();
            assertThat(tiny.isAudit(answer)).isEqualTo(protocol == left);
            assertThat(trace.traceLow()).isEqualTo(cause.traceLow());
            assertThat(trace.traceHigh()).isEqualTo(cause.traceHigh());
            assertThat(trace.span()).isNotEqualTo(cause.span());
        }
    }

    @Test
    void shouldAnswerOnlyWantedVariablesInTheOrderAsked() {
        Prediction prediction = tiny.onlyPrediction(TinyStage.protocol("a").setVariables(List.of("w")));

        assertThat(prediction.getTrajectory().getVariables()).containsExactly("w");
        assertThat(Traces.of(prediction.getTrajectory()).of("w")[2]).isEqualTo(2.5f);
    }

    @Test
    void shouldAnswerWithBiomarkersWhateverVariablesAreWanted() {
        Prediction prediction = tiny.onlyPrediction(TinyStage.protocol("a").setVariables(List.of("w")));

        Beat beat = prediction.getBiomarkers().getBeats().get(0);
        assertThat(beat.getOnsetMs()).isEqualTo(1);
        assertThat(beat.getRestingPotential()).isEqualTo(1.5);
        assertThat(beat.getPeakPotential()).isEqualTo(1.5);
        assertThat(beat.getApd90FromMaxUpstrokeMs()).isNull();
        assertThat(prediction.getBiomarkers().getCapturedStimuli()).isZero();
    }

    @Test
    void shouldLeaveOutTheTrajectoryIfOnlyBiomarkersAreWanted() {
        Prediction prediction = tiny.onlyPrediction(TinyStage.protocol("a").setBiomarkersOnly(true));

        assertThat(prediction.getOutcome()).isEqualTo(Outcome.OK);
        assertThat(prediction.getTrajectory()).isNull();
        assertThat(prediction.getBiomarkers().getStimuli()).isEqualTo(1);
    }

    @Test
    void shouldAnswerOnTheGridAsked() {
        Prediction prediction =
                tiny.onlyPrediction(TinyStage.protocol("a").setHorizonMs(3).setOutputStepMs(0.25));

        Traces traces = Traces.of(prediction.getTrajectory());
        assertThat(traces.grid()).isEqualTo(new TimeGrid(0.25, 12));
        assertThat(traces.of("V")[4]).isEqualTo(1.5f);
        assertThat(traces.of("V")[5]).isCloseTo(1.5f, within(0.2f));
    }

    @Test
    void shouldSayThatTheSurrogateWasAskedFor() {
        assertThat(tiny.onlyPrediction(TinyStage.protocol("a").setRoute(Route.SURROGATE))
                        .getReason())
                .isEqualTo(RouteReason.ASKED);
    }

    @Test
    void shouldLeaveAProtocolToTheReferenceWhenAskedTo() {
        AuditRequest audit = tiny.onlyAudit(TinyStage.protocol("a").setRoute(Route.REFERENCE));

        assertThat(audit.getReason()).isEqualTo(AuditReason.ASKED);
        assertThat(audit.getAnswerWanted()).isTrue();
        assertThat(audit.getProtocol().getId()).isEqualTo("a");
        assertThat(audit.getPublishedAtMs()).isEqualTo(1_000);
    }

    @Test
    void shouldAnswerAndAskTheReferenceWhenBothAreWanted() {
        List<Outgoing> answers =
                tiny.answer(TinyStage.protocol("a").setRoute(Route.BOTH).build());

        assertThat(answers).hasSize(2);
        assertThat(tiny.prediction(answers.get(0)).getSource()).isEqualTo(Source.SURROGATE);
        assertThat(tiny.audit(answers.get(1)).getReason()).isEqualTo(AuditReason.ASKED);
        assertThat(tiny.audit(answers.get(1)).getAnswerWanted()).isFalse();
    }

    @Test
    void shouldAskTheReferenceWhereThereIsNoModel() {
        for (Route route : List.of(Route.AUTO, Route.SURROGATE, Route.BOTH)) {
            AuditRequest audit = tiny.onlyAudit(
                    TinyStage.protocol("a").setCellModel("hodgkin-huxley-1952").setRoute(route));

            assertThat(audit.getReason()).isEqualTo(AuditReason.NO_MODEL);
            assertThat(audit.getAnswerWanted()).isTrue();
            assertThat(audit.getDetail()).contains("hodgkin-huxley-1952");
        }
    }

    @Test
    void shouldAskTheReferenceBeyondTheHorizonOfTheModel() {
        AuditRequest audit =
                tiny.onlyAudit(TinyStage.protocol("a").setHorizonMs(4.5).setRoute(Route.BOTH));

        assertThat(audit.getReason()).isEqualTo(AuditReason.OUT_OF_RANGE);
        assertThat(audit.getAnswerWanted()).isTrue();
        assertThat(audit.getDetail()).contains("4.5 ms", "4.0 ms", "tiny-1");
    }

    @Test
    void shouldLeaveOtherParametersAndInitialStatesToTheReference() {
        for (Route route : List.of(Route.AUTO, Route.SURROGATE, Route.BOTH)) {
            AuditRequest audit = tiny.onlyAudit(TinyStage.protocol("a")
                    .setRoute(route)
                    .setParameters(Map.of("e", 0.2))
                    .setInitialState(Map.of("V", 0.5)));

            assertThat(audit.getReason()).isEqualTo(AuditReason.UNTRAINED_CONDITIONS);
            assertThat(audit.getAnswerWanted()).isTrue();
            assertThat(audit.getDetail())
                    .contains("fitzhugh-nagumo-1961", "e = 0.2 1/ms (published 0.1)", "V = 0.5 at t=0 (published 0.0)");
            assertThat(audit.getProtocol().getParameters()).containsEntry("e", 0.2);
        }
    }

    @Test
    void shouldNameAFewOfManyDeparturesOnly() {
        AuditRequest audit = tiny.onlyAudit(TinyStage.protocol("a")
                .setParameters(Map.of("b", 4.0, "beta", 0.2, "delta", 1.1, "c", 2.0, "e", 0.2, "gamma", 1.0)));

        assertThat(audit.getDetail()).endsWith("and 1 more");
    }

    @Test
    void shouldAnswerWhereThePublishedConditionsAreSpelledOut() {
        Prediction prediction = tiny.onlyPrediction(TinyStage.protocol("a")
                .setParameters(Map.of("e", 0.1))
                .setPublishedState("rest")
                .setInitialState(Map.of("w", 0.0)));

        assertThat(prediction.getSource()).isEqualTo(Source.SURROGATE);
    }

    @Test
    void shouldNeverServeAValueOutsideThePhysicalBounds() {
        AuditRequest audit = tiny.onlyAudit(TinyStage.protocol("a").setPulses(List.of(new Pulse(1.0, 1.0, 3.0))));

        assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
        assertThat(audit.getAnswerWanted()).isTrue();
        assertThat(audit.getDetail()).contains("tiny-1", "w = 6.5", "t=1.0 ms", "[-5.0, 5.0]");
    }

    @Test
    void shouldNotTrustAModelWhoseFaultIsInAVariableThatWasNotAskedFor() {
        AuditRequest audit = tiny.onlyAudit(TinyStage.protocol("a")
                .setPulses(List.of(new Pulse(1.0, 1.0, 3.0)))
                .setVariables(List.of("V")));

        assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
    }

    @Test
    void shouldNeverServeAValueThatIsNotFinite() {
        for (float gain : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            tiny.champions.offer(TinyStage.champion("broken", gain));

            AuditRequest audit = tiny.onlyAudit(TinyStage.protocol("a"));

            assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
            assertThat(audit.getDetail()).contains("broken").containsAnyOf("NaN", "Infinity");
        }
    }

    @Test
    void shouldNeverServeAnInterpolatedValueOutsideTheBounds() {
        // On the model's grid w rises from 0.5 to 4.9, within its bounds; the cubic between the samples overshoots.
        AuditRequest audit = tiny.onlyAudit(TinyStage.protocol("a")
                .setPulses(List.of(new Pulse(1.0, 1.0, 2.2)))
                .setOutputStepMs(0.125));

        assertThat(audit.getReason()).isEqualTo(AuditReason.NON_FINITE);
        assertThat(audit.getDetail()).contains("w = 5.");
    }

    @Test
    void shouldAnswerEveryProtocolOfAMixedBatchAsIfItWereAlone() {
        List<StimulusProtocol> mixed = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            double amplitude = i == 4 ? 100 : 0.25 * i;
            mixed.add(TinyStage.protocol("p" + i)
                    .setPulses(List.of(new Pulse(0.5, 1.0, amplitude)))
                    .setRoute(i == 7 ? Route.REFERENCE : Route.AUTO)
                    .build());
        }

        List<Outgoing> together = tiny.answer(mixed.toArray(StimulusProtocol[]::new));

        assertThat(together)
                .extracting(answer -> new String(answer.key()))
                .containsExactlyInAnyOrder(
                        mixed.stream().map(StimulusProtocol::getId).toArray(String[]::new));
        assertThat(together).filteredOn(tiny::isAudit).hasSize(2);
        for (Outgoing answer : together) {
            Outgoing alone = tiny.answer(mixed.stream()
                            .filter(protocol -> protocol.getId().equals(new String(answer.key())))
                            .toArray(StimulusProtocol[]::new))
                    .get(0);
            assertThat(tiny.isAudit(answer)).isEqualTo(tiny.isAudit(alone));
            if (!tiny.isAudit(answer)) {
                assertThat(tiny.prediction(answer).getTrajectory())
                        .isEqualTo(tiny.prediction(alone).getTrajectory());
            }
        }
    }

    @Test
    void shouldServeAnOfferedChampionFromTheNextBatchOn() {
        tiny.answer(TinyStage.protocol("a").build());
        tiny.champions.offer(TinyStage.champion("tiny-2", 2));

        Prediction prediction = tiny.onlyPrediction(TinyStage.protocol("b"));

        assertThat(prediction.getModelId()).isEqualTo("tiny-2");
        assertThat(Traces.of(prediction.getTrajectory()).of("V")[2]).isEqualTo(2.5f);
    }
}
