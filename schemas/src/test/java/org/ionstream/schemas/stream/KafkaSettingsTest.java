package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    @Test
    void shouldLetOverridesWinEverywhere() {
        KafkaSettings kafka = new KafkaSettings("localhost:9092", Map.of("retry.backoff.ms", "7"));

        assertThat(kafka.transactionalProducer("t")).containsEntry("retry.backoff.ms", "7");
        assertThat(kafka.consumer("g")).containsEntry("retry.backoff.ms", "7").containsEntry("group.id", "g");
        assertThat(kafka.common()).containsEntry("retry.backoff.ms", "7");
    }

    @Test
    void shouldReadOnlyWhatIsCommittedAndSendWhatADeadLetterNeeds() {
        KafkaSettings kafka = KafkaSettings.at("localhost:9092");

        assertThat(kafka.consumer("g")).containsEntry("isolation.level", "read_committed");
        assertThat(kafka.producer()).containsEntry("max.request.size", KafkaSettings.LARGEST_RECORD_BYTES);
    }

    @Test
    void shouldMaskSecretsWhenShown() {
        KafkaSettings kafka = new KafkaSettings(
                "localhost:9092",
                Map.of(
                        "ssl.keystore.password", "hush",
                        "sasl.jaas.config", "hush",
                        "ssl.keystore.key", "hush",
                        "basic.auth.user.info", "hush",
                        "bearer.auth.token", "hush",
                        "sasl.oauthbearer.client.credentials.client.secret", "hush",
                        "client.id", "bench"));

        assertThat(kafka.toString())
                .contains("client.id=bench", "sasl.jaas.config=***")
                .doesNotContain("hush");
    }

    @Test
    void shouldRefuseNoServers() {
        assertThatIllegalArgumentException().isThrownBy(() -> KafkaSettings.at(" "));
    }
}
