package org.ionstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.InvalidProtocolException;
import org.ionstream.schemas.stream.Outgoing;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import org.junit.jupiter.api.Test;

class ProtocolPublisherTest {
    private static final Topic<StimulusProtocol> STIMULI = Topics.standard().stimuli;

    private final FakeSender sender = new FakeSender();
    private final FakeClock clock = new FakeClock();

    @Test
    void shouldSendTheCountAtTheRateKeyedById() {
        var publisher = publisher(new ProtocolPublisher.Settings(20, 100, 10, true));

        long published = publisher.publish(paper());

        assertThat(published).isEqualTo(100);
        assertThat(publisher.published()).isEqualTo(100);
        assertThat(clock.nanos / 1e9).isBetween(4.9, 5.0);
        assertThat(sender.sent).hasSize(100).allSatisfy(message -> {
            assertThat(message.topic()).isEqualTo("ionstream.stimuli.v1");
            assertThat(new String(message.key()))
                    .isEqualTo(STIMULI.wire().decode(message.value()).getId());
        });
    }

    @Test
    void shouldSendAllOfAFiniteSourceWithoutDelayAtRateZero() {
        var protocols = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(1, 50);

        long published =
                publisher(new ProtocolPublisher.Settings(0, 0, 10, true)).publish(ProtocolSource.of(protocols));

        assertThat(published).isEqualTo(50);
        assertThat(clock.nanos).isZero();
    }

    @Test
    void shouldWaitForRoomWhenTooManyAreInFlight() throws InterruptedException {
        sender.acknowledgeAtOnce = false;
        var publisher = publisher(new ProtocolPublisher.Settings(0, 5, 3, true));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread publishing = new Thread(() -> publisher.publish(paper()));
        publishing.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));

        publishing.start();
        int most = 0;
        while (publishing.isAlive()) {
            most = Math.max(most, sender.acknowledgeWaiting());
            publishing.join(1);
        }

        assertThat(thrown.get()).isNull();
        assertThat(most).isBetween(1, 3);
        assertThat(publisher.published()).isEqualTo(5);
    }

    @Test
    void shouldReportWhatTheBrokerDidNotTake() {
        sender.refuses = 4;
        var publisher = publisher(new ProtocolPublisher.Settings(0, 10, 100, true));

        assertThatThrownBy(() -> publisher.publish(paper()))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("ionstream.stimuli.v1")
                .hasMessageContaining("4 others were")
                .hasMessageContaining("broker said no")
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(sender.sent).hasSize(4);
    }

    @Test
    void shouldReportWhatCouldNotBeHandedOver() {
        sender.throwing = new KafkaException("producer is closed");

        assertThatThrownBy(() -> publisher(new ProtocolPublisher.Settings(0, 10, 1, true))
                        .publish(paper()))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("producer is closed");
    }

    @Test
    void shouldNotSendAProtocolThatBreaksARule() {
        var publisher = publisher(new ProtocolPublisher.Settings(0, 0, 10, true));

        assertThatThrownBy(() -> publisher.publish(ProtocolSource.of(List.of(overlapping()))))
                .isInstanceOf(InvalidProtocolException.class);
        assertThat(sender.sent).isEmpty();
    }

    @Test
    void shouldSendAProtocolThatBreaksARuleIfTold() {
        var publisher = publisher(new ProtocolPublisher.Settings(0, 0, 10, false));

        assertThat(publisher.publish(ProtocolSource.of(List.of(overlapping())))).isEqualTo(1);
    }

    @Test
    void shouldEndWhenStopped() {
        var publisher = publisher(new ProtocolPublisher.Settings(1, 0, 10, true));
        clock.atSecond(10, publisher::stop);

        long published = publisher.publish(paper());

        assertThat(published).isBetween(10L, 11L);
    }

    @Test
    void shouldFlushAndCloseTheSender() {
        publisher(new ProtocolPublisher.Settings(1, 0, 10, true)).close();

        assertThat(sender.flushed).isTrue();
        assertThat(sender.closed).isTrue();
    }

    @Test
    void shouldRefuseANegativeRate() {
        assertThatThrownBy(() -> new ProtocolPublisher.Settings(-1, 0, 10, true))
                .hasMessageContaining("-1.0");
    }

    private ProtocolPublisher publisher(ProtocolPublisher.Settings settings) {
        return new ProtocolPublisher(sender, STIMULI, settings, clock);
    }

    private static ProtocolSource paper() {
        return PaperDistribution.of(CellModels.HODGKIN_HUXLEY_1952).endless(1, "test");
    }

    private static StimulusProtocol overlapping() {
        return CatalogueProtocol.of(
                CellModels.HODGKIN_HUXLEY_1952,
                "overlapping",
                "test",
                List.of(new Pulse(0.0, 10.0, 5.0), new Pulse(5.0, 10.0, 5.0)));
    }

    private static final class FakeClock implements Waiting {
        private long nanos;
        private long eventNanos = Long.MAX_VALUE;
        private Runnable event;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void sleep(long duration) {
            nanos += duration;
            if (nanos >= eventNanos) {
                event.run();
            }
        }

        void atSecond(long second, Runnable happening) {
            eventNanos = second * 1_000_000_000;
            event = happening;
        }
    }

    private static final class FakeSender implements Sender {
        private final List<Outgoing> sent = new ArrayList<>();
        private final Deque<Consumer<Exception>> unanswered = new ArrayDeque<>();
        private boolean acknowledgeAtOnce = true;
        private int refuses = Integer.MAX_VALUE;
        private KafkaException throwing;
        private boolean flushed;
        private boolean closed;

        @Override
        public synchronized void send(Outgoing message, Consumer<Exception> done) {
            if (throwing != null) {
                throw throwing;
            }
            if (sent.size() == refuses) {
                done.accept(new TimeoutException("broker said no"));
                return;
            }
            sent.add(message);
            if (acknowledgeAtOnce) {
                done.accept(null);
            } else {
                unanswered.add(done);
            }
        }

        synchronized int acknowledgeWaiting() {
            int waiting = unanswered.size();
            unanswered.forEach(done -> done.accept(null));
            unanswered.clear();
            return waiting;
        }

        @Override
        public void flush() {
            acknowledgeWaiting();
            flushed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
