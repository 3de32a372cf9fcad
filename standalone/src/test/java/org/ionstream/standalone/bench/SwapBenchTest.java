package org.ionstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.SurrogateRequest;
import org.ionstream.surrogate.SurrogateStage;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

/** No figure of time is asserted: they depend on the machine. */
class SwapBenchTest {
    private static final SwapBench.Settings TEN = new SwapBench.Settings(10, 8, 1, 1);

    private final OnnxModelFile file = OnnxModelFile.parse(
            BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow());

    @Test
    void shouldSwapUnderLoadWithoutMixingModelsAndRefuseBadFiles() {
        SwapReport report = new SwapBench(file, TEN, new Progress(line -> {})).measure();

        assertThat(report.verdict().mixed()).isZero();
        assertThat(report.verdict().unexpected()).isZero();
        assertThat(report.verdict().otherBits()).isZero();
        assertThat(report.verdict().refused()).isEqualTo(4).isEqualTo(report.badFiles());
        assertThat(report.verdict().batches()).isGreaterThan(3 * 21);
        assertThat(report.loadMs()).hasSize(10).doesNotContain(0);
        assertThat(report.isSound()).isTrue();
        assertThat(text(report))
                .contains("10 hot swaps of fitzhugh-nagumo-1961 under load", "4 of 4 bad files refused: sound");
    }

    @Test
    void shouldNoticeAnswersThatAreNotTheModelsOwn() {
        SwapReport.Verdict verdict = verdictOnOneAnswer(true, file.card().modelId());

        assertThat(verdict.otherBits()).isEqualTo(verdict.answers()).isPositive();
    }

    @Test
    void shouldNoticeAModelThatIsNotInService() {
        SwapReport.Verdict verdict = verdictOnOneAnswer(false, "another");

        assertThat(verdict.otherBits()).isZero();
        assertThat(verdict.unexpected()).isEqualTo(verdict.batches()).isPositive();
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SwapBench.Settings(0, 8, 1, 1))
                .withMessageContaining("0 swaps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SwapBench.Settings(1, 7, 1, 1))
                .withMessageContaining("power of two");
    }

    private SwapReport.Verdict verdictOnOneAnswer(boolean spoilt, String inService) {
        StimulusProtocol protocol = StimulusProtocol.newBuilder(
                        GeneralSubset.on(file.card().grid(), CellModels.FITZHUGH_NAGUMO_1961, 1, 1)
                                .get(0)
                                .protocol())
                .setRoute(Route.SURROGATE)
                .build();
        List<List<SurrogateRequest>> batches =
                List.of(List.of(new SurrogateRequest(Stimulus.of(protocol), Arrival.at(0))));
        try (Champions champions = new Champions()) {
            champions.offer(Champion.unreleased(file, new FnoPredictor(file, TEN.predictor())));
            SurrogateStage stage =
                    new SurrogateStage(Topics.standard(), champions, new BandAdjustments(), 1, Clock.systemUTC());
            SwapLoad.Answers alone = SwapLoad.Answers.of(file.card().modelId(), List.of(stage.answer(batches.get(0))));
            Map<String, ByteBuffer> other = new HashMap<>();
            alone.byBatch().get(0).forEach((id, bits) -> other.put(id, ByteBuffer.wrap(new byte[] {1})));
            SwapLoad load = new SwapLoad(
                    stage, batches, List.of(spoilt ? new SwapLoad.Answers(alone.modelId(), List.of(other)) : alone));
            load.expect(inService);
            Thread thread = new Thread(load);
            thread.start();
            load.await(() -> load.rounds() > 2, Duration.ofSeconds(30));
            load.stop(thread, Duration.ofSeconds(30));
            return load.verdict();
        }
    }

    private static String text(SwapReport report) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        return text.toString();
    }
}
