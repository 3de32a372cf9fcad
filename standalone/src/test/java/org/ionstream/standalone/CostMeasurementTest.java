package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.plan.BrokerMeasurement;
import org.ionstream.standalone.plan.CostMeasurement;
import org.ionstream.standalone.plan.Costs;
import org.ionstream.standalone.plan.StreamMeasurement;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

class CostMeasurementTest {
    private static final double SECONDS = 0.02;

    @Test
    void shouldMeasureWhatTheBrokerKeepsAndWhatTheStagesTake() {
        CellModel cellModel = CellModels.FITZHUGH_NAGUMO_1961;
        Topics topics = SharedBroker.newTopics(1);
        BrokerMeasurement broker = new BrokerMeasurement(SharedBroker.kafka(), topics);
        OnnxModelFile champion =
                OnnxModelFile.parse(BundledChampions.of(cellModel).orElseThrow());

        try (CostMeasurement measurement =
                new CostMeasurement(champion, protocols(cellModel), topics, SECONDS, broker::bytesOnDisk)) {
            Costs.OfCellModel costs = measurement.measure();
            Costs.Broker ofBroker = broker.measure(measurement.predictions(), SECONDS);

            assertThat(costs.bytes().predictionVariable())
                    .as("320 samples of 4 bytes, compressed")
                    .isBetween(200.0, 1280.0);
            assertThat(costs.bytes().referenceVariable()).isBetween(200.0, 1280.0);
            assertThat(costs.bytes().stimulus()).isBetween(20.0, 1000.0);
            assertThat(costs.seconds().solve()).isPositive();
            assertThat(costs.seconds().report()).isPositive();
            assertThat(costs.seconds().decode())
                    .isPositive()
                    .isLessThan(costs.seconds().inference());
            assertThat(ofBroker.writtenBytesPerSecond()).isPositive();
            assertThat(ofBroker.commitSeconds()).isPositive();
        }
    }

    @Test
    void shouldMeasureWhatTheWayFromTopicToTopicTakesForLargeAndSmallAnswers() {
        CellModel cellModel = CellModels.FITZHUGH_NAGUMO_1961;
        Topics topics = SharedBroker.newTopics(1);
        BrokerMeasurement broker = new BrokerMeasurement(SharedBroker.kafka(), topics);
        OnnxModelFile champion =
                OnnxModelFile.parse(BundledChampions.of(cellModel).orElseThrow());

        try (CostMeasurement measurement =
                new CostMeasurement(champion, protocols(cellModel), topics, SECONDS, broker::bytesOnDisk)) {
            Costs.Stream stream = new StreamMeasurement(
                            SharedBroker.kafka(), topics, measurement.protocols(), broker::bytesOnDisk)
                    .measure(measurement.biomarkers(), measurement.predictions());

            assertThat(stream.stage().of(2000)).isBetween(1e-6, 1e-3);
            assertThat(stream.stage().perByte()).as("compression").isNotNegative();
            assertThat(stream.broker().of(2000)).isPositive();
            assertThat(stream.client().of(2000)).isPositive();
        }
    }

    private static List<Stimulus> protocols(CellModel cellModel) {
        return PaperDistribution.of(cellModel).training(1, CostMeasurement.POLLED).stream()
                .map(Stimulus::of)
                .toList();
    }
}
