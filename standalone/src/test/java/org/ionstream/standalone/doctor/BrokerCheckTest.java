package org.ionstream.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.ionstream.standalone.doctor.Finding.Level;
import org.junit.jupiter.api.Test;

class BrokerCheckTest {
    @Test
    void shouldWarnOfOldTransactionsWithTheRemedyThatTheBrokersAllow() {
        assertThat(BrokerCheck.transactions(2, 2).level()).isEqualTo(Level.OK);

        assertThat(BrokerCheck.transactions(1, 2).level()).isEqualTo(Level.WARN);
        assertThat(BrokerCheck.transactions(1, 2).remedy()).contains("kafka-features.sh", "transaction.version=2");
        assertThat(BrokerCheck.transactions(0, 0).remedy()).contains("Kafka 4.0");
    }
}
