package org.ionstream.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.DeadLetters;
import org.ionstream.surrogate.fno.TinyModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseFollowerTest {
    private static final String CELL = TinyModel.CELL.id();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FakeLog log = new FakeLog();
    private final Champions champions = new Champions();
    private final ReleaseFollower follower = log.follower(champions);
    private final Thread thread = new Thread(follower, "follower");

    @AfterEach
    void stop() throws InterruptedException {
        follower.stop();
        thread.join(LIMIT.toMillis());
        champions.close();
    }

    @Test
    void shouldBeReadyWithoutAnyRelease() throws InterruptedException {
        assertThat(follower.isReady()).isFalse();

        thread.start();

        assertThat(follower.awaitReady()).isTrue();
        assertThat(champions.releases()).isEmpty();
    }

    @Test
    void shouldLoadOnlyTheNewestOfTheReleasesAtStart() throws InterruptedException {
        ModelRelease superseded = log.release(TinyModel.bytes("tiny-1"));
        log.release(ModelRelease.newBuilder(superseded).setSha256("0000").build());
        log.release(TinyModel.bytes("tiny-3"));

        thread.start();

        assertThat(follower.awaitReady()).isTrue();
        assertThat(serving()).isEqualTo("tiny-3");
        assertThat(follower.refused()).isZero();
    }

    @Test
    void shouldFallBackToTheNewestGoodReleaseAtStart() throws InterruptedException {
        log.release(TinyModel.bytes("tiny-1"));
        ModelRelease good = log.release(TinyModel.bytes("tiny-2"));
        log.release(ModelRelease.newBuilder(good).setModelId("tiny-3").build());
        append(new byte[] {1, 2, 3});

        thread.start();

        assertThat(follower.awaitReady()).isTrue();
        assertThat(serving()).isEqualTo("tiny-2");
        assertThat(follower.refused()).isEqualTo(2);
    }

    @Test
    void shouldServeOnlyWhatATrustedKeyHasSigned(@TempDir Path folder) throws InterruptedException {
        FakeLog guarded = new FakeLog(ReleaseKeys.own(folder));
        ReleaseFollower strict = guarded.follower(champions);
        ModelRelease signed = guarded.release(TinyModel.bytes("tiny-1"));
        guarded.release(ModelRelease.newBuilder(signed)
                .setSignature(ByteBuffer.allocate(0))
                .build());
        Thread following = new Thread(strict, "strict follower");
        following.start();

        assertThat(strict.awaitReady()).isTrue();
        assertThat(serving()).isEqualTo("tiny-1");
        assertThat(strict.refused()).isOne();
        assertThat(new String(
                        guarded.deadLetters
                                .history()
                                .get(0)
                                .headers()
                                .lastHeader(DeadLetters.REASON)
                                .value(),
                        StandardCharsets.UTF_8))
                .contains("not signed");
        strict.stop();
        following.join(LIMIT.toMillis());
    }

    @Test
    void shouldFollowReleasesAfterTheStart() throws InterruptedException {
        log.release(TinyModel.bytes("tiny-1"));
        thread.start();
        follower.awaitReady();

        log.release(TinyModel.bytes("tiny-2"));

        await().atMost(LIMIT).until(this::serving, "tiny-2"::equals);
    }

    @Test
    void shouldKeepTheChampionWhateverBadReleaseComes() throws InterruptedException {
        ModelRelease good = log.release(TinyModel.bytes("tiny-1"));
        byte[] ofTomorrow = TinyModel.ofTomorrow("tiny-2");
        thread.start();
        follower.awaitReady();

        refused(
                1,
                "other hash",
                () -> log.release(changed(good).setSha256("0000").build()),
                "0 of 1 chunks");
        refused(
                2,
                "truncated",
                () -> log.release(changed(good).setArtifactChunks(2).build()),
                "1 of 2 chunks");
        refused(
                3,
                "other length",
                () -> log.release(changed(good).setArtifactBytes(9).build()),
                "says 9");
        refused(
                4,
                "other model",
                () -> log.release(changed(good).setModelId("tiny-9").build()),
                "tiny-9");
        refused(
                5,
                "other cell model",
                () -> log.release(changed(good).setCellModel("ohara-rudy-2011").build()),
                "ohara-rudy-2011");
        refused(6, "operators of tomorrow", () -> log.release(ofTomorrow), "tiny-2 cannot be loaded");

        log.release(TinyModel.bytes("tiny-3"));
        await().atMost(LIMIT).until(this::serving, "tiny-3"::equals);
    }

    @Test
    void shouldKeepBytesAndReasonOfABadRelease() throws InterruptedException {
        log.release(TinyModel.bytes("tiny-1"));
        thread.start();
        follower.awaitReady();
        byte[] poison = {(byte) 0xC3, 1, 2, 3};

        append(poison);

        await().atMost(LIMIT).until(() -> follower.refused() == 1);
        ProducerRecord<byte[], byte[]> letter = log.deadLetters.history().get(0);
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo(Champion.key(CELL, Champion.ALIAS));
        assertThat(header(letter, DeadLetters.REASON)).contains("4 bytes", "ModelRelease");
        assertThat(header(letter, DeadLetters.ORIGIN)).isEqualTo("ionstream.models.v1-0@1");
        assertThat(serving()).isEqualTo("tiny-1");
    }

    @Test
    void shouldRefuseAReleaseUnderAnotherKey() throws InterruptedException {
        ModelRelease release = log.release(TinyModel.bytes("tiny-1"));
        log.append(
                log.topics.models.name(),
                "hodgkin-huxley-1952/champion".getBytes(StandardCharsets.UTF_8),
                log.topics.models.wire().encode(release));

        thread.start();

        assertThat(follower.awaitReady()).isTrue();
        assertThat(follower.refused()).isEqualTo(1);
        assertThat(header(log.deadLetters.history().get(0), DeadLetters.REASON))
                .contains("fitzhugh-nagumo-1961/champion", "hodgkin-huxley-1952/champion");
    }

    @Test
    void shouldLeaveOtherAliasesAlone() throws InterruptedException {
        ModelRelease champion = log.release(TinyModel.bytes("tiny-1"));
        log.release(ModelRelease.newBuilder(champion)
                .setAlias("challenger")
                .setModelId("tiny-2")
                .build());

        thread.start();

        assertThat(follower.awaitReady()).isTrue();
        assertThat(serving()).isEqualTo("tiny-1");
        assertThat(follower.refused()).isZero();
    }

    @Test
    void shouldTryAgainWhenTheBrokerIsLost() throws InterruptedException {
        log.release(TinyModel.bytes("tiny-1"));
        log.breakNextReaders(1);

        thread.start();

        assertThat(follower.awaitReady()).isTrue();
        assertThat(serving()).isEqualTo("tiny-1");
        assertThat(follower.refused()).isZero();
    }

    @Test
    void shouldNotLetAnyoneWaitAfterItsEnd() throws InterruptedException {
        follower.stop();

        thread.start();

        assertThat(follower.awaitReady()).isFalse();
    }

    private void refused(int count, String why, Runnable release, String reason) {
        release.run();

        await(why).atMost(LIMIT).until(() -> follower.refused() == count);
        ProducerRecord<byte[], byte[]> letter = log.deadLetters.history().get(count - 1);
        assertThat(letter.topic()).isEqualTo(log.topics.models.deadLetters());
        assertThat(header(letter, DeadLetters.REASON)).contains(reason);
        assertThat(serving()).isEqualTo("tiny-1");
    }

    private static ModelRelease.Builder changed(ModelRelease release) {
        return ModelRelease.newBuilder(release);
    }

    private void append(byte[] value) {
        log.append(
                log.topics.models.name(), Champion.key(CELL, Champion.ALIAS).getBytes(StandardCharsets.UTF_8), value);
    }

    private String serving() {
        return champions.releases().get(CELL).getModelId();
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
