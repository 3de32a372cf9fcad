package org.ionstream.standalone.bench;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Arrival;
import org.ionstream.schemas.stream.Inlet;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.SurrogateRequest;
import org.ionstream.surrogate.SurrogateStage;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.model.Champion;
import org.ionstream.surrogate.model.Champions;
import org.ionstream.surrogate.trust.BandAdjustments;

/**
 * What the surrogate stage costs beside the bare model, from the bytes of protocols to those of predictions, without a broker.
 * Stage and model take turns on the same batches, on the wall clock: the stage makes answers on other threads while it predicts.
 */
final class StageCost {
    /**
     * Medians of the rounds, microseconds per protocol.
     *
     * @param bytes of a prediction, not compressed
     * @param decode from bytes to a checked stimulus
     * @param inputs its current on the model's grid
     * @param inference the bare model
     * @param outputs what of the check of the values, bands, biomarkers and encoding is not done while the model predicts
     */
    public record Row(StreamOutput output, long bytes, double decode, double inputs, double inference, double outputs) {
        /** Of the bare model's throughput. */
        public double share() {
            return inference / (decode + inputs + inference + outputs);
        }
    }

    private final OnnxModelFile file;
    private final CellModel model;
    private final FnoPredictor predictor;
    private final Topics topics = Topics.standard();
    private final Inlet<StimulusProtocol, SurrogateRequest> inlet =
            SurrogateRequest.inlet(topics.stimuli, ProtocolLimits.DEFAULT);
    private final List<Stimulus> protocols;
    private final int rounds;

    /**
     * @param predictor of the file
     * @param batch protocols in one prediction
     * @param rounds of one batch each
     */
    StageCost(OnnxModelFile file, FnoPredictor predictor, int batch, int rounds, long seed) {
        this.file = file;
        this.predictor = predictor;
        this.model = CellModels.byId(file.card().cellModel());
        this.protocols = GeneralSubset.on(file.card().grid(), model, batch, seed);
        this.rounds = rounds;
    }

    Row measure(StreamOutput output) {
        SurrogateStage stage = stage();
        List<byte[]> records = records(output);
        double[][] micros = new double[4][rounds];
        long bytes = 0;
        for (int round = -rounds; round < rounds; round++) { // as many before them only warm up
            long began = System.nanoTime();
            float[][] currents = currents();
            long sampled = System.nanoTime();
            predictor.predict(currents);
            long predicted = System.nanoTime();
            List<SurrogateRequest> requests = understood(records);
            long decoded = System.nanoTime();
            List<Outgoing> answers = stage.answer(requests);
            long answered = System.nanoTime();
            if (round >= 0) {
                double inputs = sampled - began;
                double inference = predicted - sampled;
                note(micros, round, decoded - predicted, inputs, inference, answered - decoded - inputs - inference);
                bytes = bytes(answers);
            }
        }
        return new Row(
                output,
                bytes / protocols.size(),
                Spread.of(micros[0]).median(),
                Spread.of(micros[1]).median(),
                Spread.of(micros[2]).median(),
                Spread.of(micros[3]).median());
    }

    /** Of the model alone, on the wall clock. */
    double barePerSecond() {
        float[][] currents = currents();
        long beganNs = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            predictor.predict(currents);
        }
        return rounds * protocols.size() / ((System.nanoTime() - beganNs) / 1e9);
    }

    /** The bytes of the whole predictions of one batch. */
    List<byte[]> predictions() {
        return stage().answer(understood(records(StreamOutput.ALL_VARIABLES))).stream()
                .map(Outgoing::value)
                .toList();
    }

    private List<byte[]> records(StreamOutput output) {
        return protocols.stream()
                .map(stimulus -> topics.stimuli.wire().encode(output.of(stimulus.protocol(), model)))
                .toList();
    }

    private List<SurrogateRequest> understood(List<byte[]> records) {
        List<SurrogateRequest> requests = new ArrayList<>(records.size());
        for (byte[] encoded : records) {
            requests.add(inlet.understand().apply(topics.stimuli.wire().decode(encoded), Arrival.at(0)));
        }
        return requests;
    }

    private void note(double[][] micros, int round, double... nanos) {
        for (int part = 0; part < nanos.length; part++) {
            micros[part][round] = nanos[part] / 1e3 / protocols.size();
        }
    }

    private float[][] currents() {
        TimeGrid grid = file.card().grid();
        return protocols.stream().map(stimulus -> stimulus.cellMeans(grid)).toArray(float[][]::new);
    }

    /** Predictions only: a batch of which some went to the reference would be cheaper than it should be. */
    private long bytes(List<Outgoing> answers) {
        long bytes = 0;
        for (Outgoing answer : answers) {
            if (!answer.topic().equals(topics.predictions.name())) {
                throw new IllegalStateException("%s answers %s on %s, not with a prediction"
                        .formatted(
                                file.card().modelId(),
                                new String(answer.key(), StandardCharsets.UTF_8),
                                answer.topic()));
            }
            bytes += answer.value().length;
        }
        return bytes;
    }

    private SurrogateStage stage() {
        Champions champions = new Champions();
        champions.offer(Champion.unreleased(file, predictor));
        return new SurrogateStage(
                topics, champions, new BandAdjustments(), Double.POSITIVE_INFINITY, Clock.systemUTC());
    }
}
