package org.ionstream.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.TinyModel;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseKeysTest {
    private static final Path BY_OPENSSL = Path.of("src/test/resources/keys");
    private static final Path OPENSSL_SIGNING = BY_OPENSSL.resolve("openssl-signing.pem");
    private static final Path OPENSSL_TRUSTED = BY_OPENSSL.resolve("openssl-trusted.pem");

    @TempDir
    private Path folder;

    private final ModelRelease release = new FakeLog().release(TinyModel.bytes("tiny-1"));

    @Test
    void shouldTrustWhatItsOwnPairSignsAlsoAfterARestartAndOnTheWire() {
        ModelRelease signed = ReleaseKeys.own(folder).signed(release);

        ModelRelease received = Topics.standard()
                .models
                .wire()
                .decode(Topics.standard().models.wire().encode(signed));

        assertThat(ReleaseKeys.own(folder).isTrusted(received)).isTrue();
        assertThat(received).isEqualTo(signed);
    }

    @Test
    void shouldKeepTheSecretForItsOwner() throws IOException {
        ReleaseKeys.own(folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("release-signing.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(ReleaseKeys.own(folder)).hasToString("signs releases, 1 trusted keys");
    }

    @Test
    void shouldReadWhatOpensslWrites() {
        ReleaseKeys keys = ReleaseKeys.read(Optional.of(OPENSSL_SIGNING), List.of(OPENSSL_TRUSTED), false);

        assertThat(keys.isTrusted(keys.signed(release))).isTrue();
    }

    @Test
    void shouldRefuseAReleaseOfWhichAnythingThatPutsItIntoServiceWasChanged() {
        ReleaseKeys keys = ReleaseKeys.own(folder);
        ModelRelease signed = keys.signed(release);
        List<Consumer<ModelRelease.Builder>> changes = List.of(
                changed -> changed.setCellModel("another"),
                changed -> changed.setAlias(release.getModelId()),
                changed -> changed.setModelId("tiny-2"),
                changed -> changed.setSha256("0".repeat(64)),
                changed -> changed.setArtifactBytes(1),
                changed -> changed.setReleasedAtMs(1),
                changed -> changed.setReplacedModelId("tiny-0"),
                changed -> changed.setModelId(release.getModelId() + "\n1 x"),
                changed -> changed.setSignature(ByteBuffer.wrap(new byte[64])),
                changed -> changed.setSignature(ByteBuffer.wrap(new byte[3])));

        assertThat(changes).allSatisfy(change -> {
            ModelRelease.Builder changed = ModelRelease.newBuilder(signed);
            change.accept(changed);
            assertThatThrownBy(() -> keys.check(changed.build()))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining("none of the 1 trusted keys");
        });
    }

    @Test
    void shouldRefuseWhatIsNotSignedUnlessItIsAllowed() {
        ReleaseKeys.own(folder);
        List<Path> trusted = List.of(folder.resolve("release-trusted.pem"));
        ReleaseKeys strict = ReleaseKeys.read(Optional.empty(), trusted, false);
        ReleaseKeys mild = ReleaseKeys.read(Optional.empty(), trusted, true);
        ModelRelease foreign =
                ReleaseKeys.read(Optional.of(OPENSSL_SIGNING), List.of(), true).signed(release);

        assertThatThrownBy(() -> strict.check(release))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("not signed", "--allow-unsigned");
        assertThat(mild.isTrusted(release)).isTrue();
        assertThat(mild.isTrusted(foreign)).as("signed by somebody else").isFalse();
        assertThat(ReleaseKeys.NONE.isTrusted(foreign)).isTrue();
    }

    @Test
    void shouldTrustEachOfSeveralKeysWhileOneIsReplacedByAnother() {
        ReleaseKeys before = ReleaseKeys.own(folder);
        List<Path> both = List.of(OPENSSL_TRUSTED, folder.resolve("release-trusted.pem"));
        ReleaseKeys after = ReleaseKeys.read(Optional.of(OPENSSL_SIGNING), both, false);

        assertThat(after.isTrusted(before.signed(release))).isTrue();
        assertThat(after.isTrusted(after.signed(release))).isTrue();
    }

    @Test
    void shouldSayWhatIsWrongWithKeysBeforeAnythingIsReleased() throws IOException {
        Path noKey = Files.writeString(folder.resolve("no-key.pem"), "hello");
        Path cut = Files.writeString(
                folder.resolve("cut.pem"), Files.readString(OPENSSL_TRUSTED).replaceFirst("MCow.{20}", "MC"));
        Path other = BY_OPENSSL.resolve("another-algorithm.pem");
        ReleaseKeys.own(folder);
        List<Path> own = List.of(folder.resolve("release-trusted.pem"));

        assertWrong("--allow-unsigned", Optional.empty(), List.of());
        assertWrong("is trusted by none of", Optional.of(OPENSSL_SIGNING), own);
        assertWrong("has no '-----BEGIN PUBLIC KEY-----'", Optional.empty(), List.of(noKey));
        assertWrong("has no '-----BEGIN PUBLIC KEY-----'", Optional.empty(), List.of(OPENSSL_SIGNING));
        assertWrong("is no Ed25519 key", Optional.empty(), List.of(cut));
        assertWrong("is no Ed25519 key", Optional.of(other), own);
        assertWrong("cannot read the key", Optional.empty(), List.of(folder.resolve("absent.pem")));
    }

    @Test
    void shouldNotMakeHalfAPairWhole() throws IOException {
        ReleaseKeys.own(folder);
        Files.delete(folder.resolve("release-trusted.pem"));

        assertThatThrownBy(() -> ReleaseKeys.own(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only one is there");
    }

    private static void assertWrong(String message, Optional<Path> signing, List<Path> trusted) {
        assertThatThrownBy(() -> ReleaseKeys.read(signing, trusted, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
