package org.ionstream.trainer.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A shared secret; two are compared in a time that does not tell how much of them is equal. Not shown in logs. */
public final class Token {
    private static final int LEAST_CHARACTERS = 16;
    private static final String SCHEME = "Bearer ";

    private final byte[] secret;

    /** @throws IllegalArgumentException if it is too short to be one */
    public Token(String secret) {
        if (secret.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the token has %d characters; at least %d are needed, e.g. from openssl rand -hex 16"
                            .formatted(secret.length(), LEAST_CHARACTERS));
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param authorization header; null: none
     * @throws RefusedException with 401 unless it has this token
     */
    void check(String authorization) {
        if (!isIn(authorization)) {
            boolean given = authorization != null && authorization.startsWith(SCHEME);
            throw new RefusedException(
                    401, given ? "wrong token" : "no token; send the header Authorization: Bearer TOKEN");
        }
    }

    /** @param authorization header; null: none */
    public boolean isIn(String authorization) {
        boolean given = authorization != null && authorization.startsWith(SCHEME);
        byte[] theirs = given ? authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8) : new byte[0];
        return MessageDigest.isEqual(secret, theirs);
    }

    @Override
    public String toString() {
        return "***";
    }
}
