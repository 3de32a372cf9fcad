package org.ionstream.schemas.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that a registry's may be signed with, where the JDK's own are not enough: a JKS or PKCS12 file. */
record TrustStore(Path file, String password) {
    /** @throws IllegalArgumentException if the file cannot be read so */
    SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cannot read the trust store %s (%s); look at %s and its password"
                            .formatted(file, e.getMessage(), RegistrySettings.TRUST_STORE),
                    e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return file.toString();
    }
}
