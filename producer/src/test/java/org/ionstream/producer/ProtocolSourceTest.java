package org.ionstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;

class ProtocolSourceTest {
    @Test
    void shouldGoOnWithTheSecondSourceAfterTheFirstSoMany() {
        ProtocolSource first = ProtocolSource.endless(() -> protocol("first"));
        ProtocolSource second = ProtocolSource.of(List.of(protocol("second"), protocol("last")));

        List<String> ids = ids(first.limit(3).then(second));

        assertThat(ids).containsExactly("first", "first", "first", "second", "last");
    }

    @Test
    void shouldGoOnWithTheSecondSourceAfterATime() {
        AtomicLong seconds = new AtomicLong(100);
        ProtocolSource first = ProtocolSource.endless(() -> {
            seconds.incrementAndGet();
            return protocol("first");
        });

        ProtocolSource switched = first.lasting(Duration.ofSeconds(2), () -> seconds.get() * 1_000_000_000)
                .then(ProtocolSource.of(List.of(protocol("second"))));

        assertThat(ids(switched)).containsExactly("first", "first", "second");
    }

    @Test
    void shouldChangeEveryProtocol() {
        ProtocolSource source = ProtocolSource.of(List.of(protocol("a")));

        StimulusProtocol changed =
                source.map(protocol -> protocol("changed " + protocol.getId())).next();

        assertThat(changed.getId()).isEqualTo("changed a");
    }

    @Test
    void shouldEndAtTheLimit() {
        ProtocolSource source = ProtocolSource.endless(() -> protocol("a")).limit(1);

        source.next();

        assertThatThrownBy(source::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void shouldCloseBothSources() {
        List<String> closed = new ArrayList<>();

        closing("first", closed)
                .limit(1)
                .then(closing("second", closed).map(protocol -> protocol))
                .close();

        assertThat(closed).containsExactlyInAnyOrder("first", "second");
    }

    private static ProtocolSource closing(String name, List<String> closed) {
        return new ProtocolSource() {
            @Override
            public boolean hasNext() {
                return false;
            }

            @Override
            public StimulusProtocol next() {
                throw new NoSuchElementException(name);
            }

            @Override
            public void close() {
                closed.add(name);
            }
        };
    }

    private static List<String> ids(ProtocolSource source) {
        List<String> ids = new ArrayList<>();
        source.forEachRemaining(protocol -> ids.add(protocol.getId()));
        return ids;
    }

    private static StimulusProtocol protocol(String id) {
        return CatalogueProtocol.of(CellModels.FITZHUGH_NAGUMO_1961, id, "test", List.of());
    }
}
