package org.ionstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.ionstream.producer.ProtocolPublisher;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.Test;

/** Topics that have just been created. */
class FreshTopicsTest {
    /** One in seven was stuck when a producer began before the leaders were ready. */
    private static final int ROUNDS = 30;

    private static final int PROTOCOLS = 1_500;

    @Test
    void shouldTakeABurstOfProtocolsAtOnce() {
        KafkaSettings impatient = new KafkaSettings(
                SharedBroker.kafka().bootstrapServers(),
                Map.of("delivery.timeout.ms", "20000", "request.timeout.ms", "10000"));
        List<StimulusProtocol> protocols =
                PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(5, PROTOCOLS);

        for (int round = 0; round < ROUNDS; round++) {
            Topics topics = SharedBroker.newTopics(3);
            try (var publisher =
                    new ProtocolPublisher(impatient, topics, new ProtocolPublisher.Settings(0, 0, 500, true))) {
                assertThat(publisher.publish(ProtocolSource.of(protocols))).isEqualTo(PROTOCOLS);
            }
        }
    }
}
