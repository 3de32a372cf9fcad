package org.ionstream.surrogate.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys in PEM files (RFC 7468), as {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout} write them. */
public final class PemKeys {
    static final String ALGORITHM = "Ed25519";

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int MOST_BYTES = 10_000;

    @FunctionalInterface
    private interface Decoding<K extends Key> {
        K decoded(KeyFactory factory, byte[] bytes) throws GeneralSecurityException;
    }

    private PemKeys() {}

    /** @throws IllegalArgumentException if the file has none */
    static PrivateKey privateKey(Path file) {
        return key(file, PRIVATE, (factory, bytes) -> factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    }

    /** @throws IllegalArgumentException if the file has none */
    static PublicKey publicKey(Path file) {
        return key(file, PUBLIC, (factory, bytes) -> factory.generatePublic(new X509EncodedKeySpec(bytes)));
    }

    /**
     * Unless both files are there.
     *
     * @param signing secret, readable by its owner alone
     * @param trusted for all who serve
     * @return whether they were made
     * @throws IOException if a file cannot be written
     * @throws IllegalArgumentException if only one of both is there
     */
    public static boolean makePair(Path signing, Path trusted) throws IOException {
        if (Files.exists(signing) != Files.exists(trusted)) {
            throw new IllegalArgumentException(
                    "of %s and %s only one is there; restore the other, or remove it".formatted(signing, trusted));
        }
        if (Files.exists(signing)) {
            return false;
        }
        KeyPair pair = generated();
        Files.createDirectories(trusted.toAbsolutePath().getParent());
        Files.createDirectories(signing.toAbsolutePath().getParent());
        Files.writeString(trusted, pem(PUBLIC, pair.getPublic()), StandardOpenOption.CREATE_NEW);
        Files.createFile(signing, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(signing, pem(PRIVATE, pair.getPrivate()));
        return true;
    }

    private static KeyPair generated() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has Ed25519 from 15 on", e);
        }
    }

    private static <K extends Key> K key(Path file, String title, Decoding<K> decoding) {
        String body = body(file, title);
        try {
            return decoding.decoded(
                    KeyFactory.getInstance(ALGORITHM), Base64.getMimeDecoder().decode(body));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s is no Ed25519 key (%s); model keys makes a pair".formatted(file, e.getMessage()), e);
        }
    }

    private static String body(Path file, String title) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "%s has %,d bytes; a key has some hundred".formatted(file, Files.size(file)));
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            int begin = text.indexOf(begin(title));
            int end = text.indexOf(end(title));
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(
                        "%s has no '%s'; give a PEM file, as model keys writes it".formatted(file, begin(title)));
            }
            return text.substring(begin + begin(title).length(), end);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the key %s (%s)".formatted(file, e), e);
        }
    }

    private static String pem(String title, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "%s%n%s%n%s%n".formatted(begin(title), body, end(title));
    }

    private static String begin(String title) {
        return "-----BEGIN " + title + "-----";
    }

    private static String end(String title) {
        return "-----END " + title + "-----";
    }
}
