package org.ionstream.surrogate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.message.AuditRequest;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.TinyModel;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;

/**
 * A surrogate stage with a tiny model that predicts V = current + 0.5 and w = 2 current + 0.5 on 8 samples of 0.5 ms; both
 * must be in [-5, 5].
 */
final class TinyStage implements AutoCloseable {
    final Topics topics = Topics.standard();
    final Champions champions = new Champions();
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(1_234), ZoneOffset.UTC);
    final BandAdjustments adjustments = new BandAdjustments();
    private final SurrogateStage stage = new SurrogateStage(topics, champions, adjustments, 0.05, clock);

    TinyStage() {
        champions.offer(champion("tiny-1", 1));
    }

    @Override
    public void close() {
        champions.close();
    }

    List<Outgoing> answer(StimulusProtocol... protocols) {
        List<SurrogateRequest> batch = new ArrayList<>();
        for (StimulusProtocol protocol : protocols) {
            batch.add(new SurrogateRequest(Stimulus.of(protocol), Arrival.at(1_000)));
        }
        return stage.answer(batch);
    }

    List<Outgoing> answer(SurrogateRequest request) {
        return stage.answer(List.of(request));
    }

    Prediction onlyPrediction(StimulusProtocol.Builder protocol) {
        List<Outgoing> answers = answer(protocol.build());
        assertThat(answers).hasSize(1);
        return prediction(answers.get(0));
    }

    AuditRequest onlyAudit(StimulusProtocol.Builder protocol) {
        List<Outgoing> answers = answer(protocol.build());
        assertThat(answers).hasSize(1);
        return audit(answers.get(0));
    }

    Prediction prediction(Outgoing answer) {
        assertThat(answer.topic()).isEqualTo(topics.predictions.name());
        return topics.predictions.wire().decode(answer.value());
    }

    AuditRequest audit(Outgoing answer) {
        assertThat(answer.topic()).isEqualTo(topics.audits.name());
        return topics.audits.wire().decode(answer.value());
    }

    boolean isAudit(Outgoing answer) {
        return answer.topic().equals(topics.audits.name());
    }

    static StimulusProtocol.Builder protocol(String id) {
        return StimulusProtocol.newBuilder()
                .setId(id)
                .setCellModel(TinyModel.CELL.id())
                .setPulses(List.of(new Pulse(1.0, 1.0, 1.0)))
                .setHorizonMs(4)
                .setOutputStepMs(0.5);
    }

    static Champion champion(String modelId, float gain) {
        ModelRelease release = ModelRelease.newBuilder()
                .setModelId(modelId)
                .setCellModel(TinyModel.CELL.id())
                .setAlias(Champion.ALIAS)
                .setSha256("hash of " + modelId)
                .setArtifactBytes(1)
                .setArtifactChunks(1)
                .setArtifactOffset(0)
                .setReleasedAtMs(1)
                .setProvenance(new Provenance("", false, "{}", 7L, 10, 0, 0, 0.0, -1L, -1L, List.of(), 0.0, "0.1.0"))
                .build();
        FnoPredictor.Settings settings = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 4);
        OnnxModelFile file = OnnxModelFile.parse(TinyModel.bytes(modelId, gain, 0.5f));
        return new Champion(release, new FnoPredictor(file, settings), Optional.empty());
    }
}
