package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.InvalidProtocolException;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final List<Replay.Entry> PUBLISHED = LiveReferences.sample(3, 1);

    private final Replay replay = new Replay(2);

    @Test
    void shouldKeepTheNewest() {
        PUBLISHED.forEach(replay::add);

        assertThat(replay.all()).isEqualTo(PUBLISHED.subList(1, 3));
        assertThat(replay.since(PUBLISHED.get(2).atMs())).containsExactly(PUBLISHED.get(2));
    }

    @Test
    void shouldKeepAUniformSampleOfTheOlderOnesThatDoesNotDependOnTheirOrder() {
        List<Replay.Entry> entries = LiveReferences.sample(40, 2);
        Replay inOrder = new Replay(16);
        Replay shuffled = new Replay(16);
        List<Replay.Entry> otherwise = new ArrayList<>(entries);

        entries.forEach(inOrder::add);
        Collections.shuffle(otherwise, new Random(1));
        otherwise.forEach(shuffled::add);

        assertThat(inOrder.all())
                .hasSize(16)
                .containsAll(entries.subList(28, 40))
                .isSubsetOf(entries);
        assertThat(shuffled.all()).isEqualTo(inOrder.all());
        assertThat(inOrder.all()).isSortedAccordingTo(Comparator.comparingLong(Replay.Entry::atMs));
    }

    @Test
    void shouldNotTakeAReferenceOfAnotherCellForOneOfThePublishedCell() {
        replay.add(PUBLISHED.get(0));

        replay.add(entry(protocol().setParameters(Map.of("e", 0.2)).build()));
        replay.add(entry(protocol().setInitialState(Map.of("V", 0.5)).build()));
        replay.add(entry(protocol().setParameters(Map.of("e", 0.1)).build()));

        assertThat(replay.all())
                .extracting(kept -> kept.reference().getProtocol().getParameters())
                .containsExactly(Map.of(), Map.of("e", 0.1));
    }

    @Test
    void shouldRefuseWhatBreaksARule() {
        ReferenceSolution broken = ReferenceSolution.newBuilder(PUBLISHED.get(0).reference())
                .setProtocol(protocol().setParameters(Map.of("gNa", 1.0)).build())
                .build();

        assertThatThrownBy(() -> replay.add(new Replay.Entry(broken, 0, 0)))
                .isInstanceOf(InvalidProtocolException.class)
                .hasMessageContaining("no parameter 'gNa'");
    }

    private static StimulusProtocol.Builder protocol() {
        return StimulusProtocol.newBuilder(PUBLISHED.get(0).reference().getProtocol());
    }

    private static Replay.Entry entry(StimulusProtocol protocol) {
        return new Replay.Entry(LiveReferences.reference(protocol), 0, 0);
    }
}
