package org.ionstream.surrogate.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.UnusableModelException;

/**
 * Who may release models: whoever can write to the topic still cannot have a model of his own run. A release is signed with
 * Ed25519 (RFC 8032) over what it puts into service: cell model, alias, model id, SHA-256 and length of the file, the time and
 * the model that is replaced; the file is bound by its hash. Scores, provenance and histograms are not signed. An old release
 * sent again is valid as it was: rights on the topic keep others from that. Immutable, thread-safe.
 */
public final class ReleaseKeys {
    /** Neither signs nor looks at signatures: for a broker that nobody else can write to. */
    public static final ReleaseKeys NONE = new ReleaseKeys(Optional.empty(), List.of(), true);

    private static final String STATEMENT = "ionstream release 1";

    private final Optional<PrivateKey> signing;
    private final List<PublicKey> trusted;
    private final boolean unsignedAllowed;

    private ReleaseKeys(Optional<PrivateKey> signing, List<PublicKey> trusted, boolean unsignedAllowed) {
        this.signing = signing;
        this.trusted = trusted;
        this.unsignedAllowed = unsignedAllowed;
    }

    /**
     * Keys from PEM files.
     *
     * @param signing PKCS #8, of who releases models; empty: releases are not signed
     * @param trusted X.509, of all whose releases are served; none, and unsigned allowed: no signature is looked at
     * @param unsignedAllowed whether releases without a signature are served too
     * @throws IllegalArgumentException if a file has no such key, if nothing could ever be served, or if what is signed would
     *     not be
     */
    public static ReleaseKeys read(Optional<Path> signing, List<Path> trusted, boolean unsignedAllowed) {
        ReleaseKeys keys = new ReleaseKeys(
                signing.map(PemKeys::privateKey),
                trusted.stream().map(PemKeys::publicKey).toList(),
                unsignedAllowed);
        if (trusted.isEmpty() && !unsignedAllowed) {
            throw new IllegalArgumentException(
                    "no key is trusted and unsigned models are not allowed, so none could be served; give --trusted-keys=FILE "
                            + "(model keys makes a pair), or --allow-unsigned on a broker that nobody else can write to");
        }
        if (signing.isPresent() && !trusted.isEmpty()) {
            byte[] probe = STATEMENT.getBytes(StandardCharsets.UTF_8);
            if (!keys.isSigned(probe, keys.signature(probe))) {
                throw new IllegalArgumentException("what %s signs is trusted by none of %s; give its public key too"
                        .formatted(signing.get(), trusted));
            }
        }
        return keys;
    }

    /**
     * A pair that belongs to one installation, made there if there is none yet.
     *
     * @param folder of both files
     */
    public static ReleaseKeys own(Path folder) {
        Path signing = folder.resolve("release-signing.pem");
        Path trusted = folder.resolve("release-trusted.pem");
        try {
            PemKeys.makePair(signing, trusted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write keys to " + folder, e);
        }
        return read(Optional.of(signing), List.of(trusted), false);
    }

    /** The same release, signed if there is a key for it. */
    ModelRelease signed(ModelRelease release) {
        return signing.isEmpty()
                ? release
                : ModelRelease.newBuilder(release)
                        .setSignature(ByteBuffer.wrap(signature(statement(release))))
                        .build();
    }

    /** Whether it may be served. */
    public boolean isTrusted(ModelRelease release) {
        return refusal(release).isEmpty();
    }

    /** @throws UnusableModelException why it must not be served */
    public void check(ModelRelease release) {
        refusal(release).ifPresent(reason -> {
            throw new UnusableModelException(reason);
        });
    }

    private Optional<String> refusal(ModelRelease release) {
        byte[] signature = new byte[release.getSignature().remaining()];
        release.getSignature().duplicate().get(signature);
        if (unsignedAllowed && (trusted.isEmpty() || signature.length == 0)) {
            return Optional.empty();
        }
        String name = "%s of %s".formatted(release.getModelId(), release.getCellModel());
        if (signature.length == 0) {
            return Optional.of(
                    "the release of %s is not signed; release it with --signing-key, or allow unsigned ones with --allow-unsigned"
                            .formatted(name));
        }
        return isSigned(statement(release), signature)
                ? Optional.empty()
                : Optional.of(
                        ("the release of %s is signed by none of the %d trusted keys, or was changed since; release it "
                                        + "again, or add its key to --trusted-keys")
                                .formatted(name, trusted.size()));
    }

    /** Each text with its length before it: no two releases have the same bytes. */
    private static byte[] statement(ModelRelease release) {
        StringBuilder statement = new StringBuilder(STATEMENT);
        List.of(
                        release.getCellModel(),
                        release.getAlias(),
                        release.getModelId(),
                        release.getSha256(),
                        Long.toString(release.getArtifactBytes()),
                        Long.toString(release.getReleasedAtMs()),
                        release.getReplacedModelId())
                .forEach(part ->
                        statement.append('\n').append(part.length()).append(' ').append(part));
        return statement.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] signature(byte[] statement) {
        try {
            Signature signature = Signature.getInstance(PemKeys.ALGORITHM);
            signature.initSign(signing.orElseThrow());
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the release cannot be signed", e);
        }
    }

    private boolean isSigned(byte[] statement, byte[] signature) {
        return trusted.stream().anyMatch(key -> isSigned(statement, signature, key));
    }

    private static boolean isSigned(byte[] statement, byte[] signature, PublicKey key) {
        try {
            Signature verification = Signature.getInstance(PemKeys.ALGORITHM);
            verification.initVerify(key);
            verification.update(statement);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // bytes that are no signature at all
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "%s, %d trusted keys%s"
                .formatted(
                        signing.isPresent() ? "signs releases" : "signs nothing",
                        trusted.size(),
                        unsignedAllowed ? ", unsigned models allowed" : "");
    }
}
