package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BrokerContactTest {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final BrokerContact contact = new BrokerContact(bytes::get, nanos::get);

    @Test
    void shouldBeginWithoutContact() {
        assertThat(contact.isRecent()).isFalse();
    }

    @Test
    void shouldHaveContactWhileBytesArrive() {
        for (int answer = 0; answer < 5; answer++) {
            bytes.addAndGet(40);
            nanos.addAndGet(BrokerContact.LONGEST_SILENCE.toNanos());

            assertThat(contact.isRecent()).isTrue();
        }
    }

    @Test
    void shouldLoseContactAfterTheLongestSilenceAndFindItAgain() {
        bytes.set(40);
        contact.look();
        nanos.addAndGet(BrokerContact.LONGEST_SILENCE.toNanos() - 1);
        assertThat(contact.isRecent()).isTrue();

        nanos.incrementAndGet();
        assertThat(contact.isRecent()).isFalse();

        bytes.incrementAndGet();
        assertThat(contact.isRecent()).isTrue();
    }
}
