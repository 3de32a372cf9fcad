package org.ionstream.schemas.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where a schema registry with Confluent's REST interface is, and how to talk to it. The names of the settings are those of
 * Confluent's clients, so that one file serves both.
 *
 * @param urls of the same registry; asked in turn until one answers
 * @param authorization header of that name; empty: none
 * @param registers whether a schema that the registry does not have is registered, or is an error
 * @param readOnly records with registered schemas are read, and written without them: the first step of a switch, while some
 *     processes do not know of the registry yet
 * @param trustStore if the JDK's own certificates are not enough
 */
public record RegistrySettings(
        List<URI> urls, String authorization, boolean registers, boolean readOnly, Optional<TrustStore> trustStore) {
    public static final String URL = "schema.registry.url";
    public static final String USER_INFO = "basic.auth.user.info";
    public static final String TOKEN = "bearer.auth.token";
    public static final String REGISTERS = "auto.register.schemas";
    public static final String READ_ONLY = "schema.registry.read.only";
    static final String TRUST_STORE = "schema.registry.ssl.truststore.location";

    private static final String TRUST_STORE_PASSWORD = "schema.registry.ssl.truststore.password";
    private static final String PREFIX = "schema.registry.";
    /** What each of these may say: nothing else is built. */
    private static final Map<String, String> SOURCES =
            Map.of("basic.auth.credentials.source", "USER_INFO", "bearer.auth.credentials.source", "STATIC_TOKEN");

    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no address in %s; give http://host:port".formatted(URL));
        }
    }

    /** Without a password, at one address. */
    public static RegistrySettings at(String url) {
        return of(Map.of(URL, url)).orElseThrow();
    }

    /** Whether a setting in a file of Kafka settings is the registry's and no Kafka client's. */
    public static boolean isOwn(String name) {
        return name.startsWith(PREFIX)
                || name.startsWith("basic.auth.")
                || name.startsWith("bearer.auth.")
                || name.equals(REGISTERS);
    }

    /**
     * The registry that settings name, if they do; those of Kafka clients are passed over.
     *
     * @throws IllegalArgumentException if one of the registry's is unknown or has no meaning
     */
    public static Optional<RegistrySettings> of(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>();
        settings.forEach((name, value) -> {
            if (isOwn(name)) {
                own.put(withoutPrefix(name), value.strip());
            }
        });
        String urls = own.remove(URL);
        if (urls == null || urls.isEmpty()) {
            return Optional.empty();
        }
        SOURCES.forEach((name, only) -> {
            String source = own.getOrDefault(name, only);
            if (!source.equals(only)) {
                throw new IllegalArgumentException("%s=%s; only %s is known".formatted(name, source, only));
            }
            own.remove(name);
        });
        RegistrySettings registry = new RegistrySettings(
                addresses(urls),
                authorization(own.remove(USER_INFO), own.remove(TOKEN)),
                flag(REGISTERS, own.remove(REGISTERS), true),
                flag(READ_ONLY, own.remove(READ_ONLY), false),
                trustStore(own.remove(TRUST_STORE), own.remove(TRUST_STORE_PASSWORD)));
        if (!own.isEmpty()) {
            throw new IllegalArgumentException("%s: unknown settings of the schema registry; known are %s"
                    .formatted(
                            new TreeSet<>(own.keySet()),
                            List.of(URL, USER_INFO, TOKEN, REGISTERS, READ_ONLY, TRUST_STORE, TRUST_STORE_PASSWORD)));
        }
        return Optional.of(registry);
    }

    /** For the log at start: without what is secret. */
    @Override
    public String toString() {
        return "RegistrySettings[urls=%s, authorization=%s, registers=%s, readOnly=%s, trustStore=%s]"
                .formatted(urls, authorization.isEmpty() ? "none" : "***", registers, readOnly, trustStore);
    }

    /** Confluent's clients take the names of the credentials both ways. */
    private static String withoutPrefix(String name) {
        String bare = name.substring(name.startsWith(PREFIX) ? PREFIX.length() : 0);
        return bare.startsWith("basic.auth.") || bare.startsWith("bearer.auth.") ? bare : name;
    }

    private static List<URI> addresses(String urls) {
        List<URI> addresses = new ArrayList<>();
        for (String url : urls.split(",")) {
            try {
                URI address = new URI(url.strip().replaceAll("/+$", ""));
                boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
                if (!http || address.getHost() == null || address.getUserInfo() != null) {
                    throw new IllegalArgumentException(
                            "an address in %s is not http(s)://host:port/path without a user; users go into %s"
                                    .formatted(URL, USER_INFO));
                }
                addresses.add(address);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("%s: %s".formatted(URL, e.getReason()), e);
            }
        }
        return addresses;
    }

    private static String authorization(String userInfo, String token) {
        if (userInfo != null && token != null) {
            throw new IllegalArgumentException("both %s and %s are given; give one".formatted(USER_INFO, TOKEN));
        }
        if (userInfo != null) {
            return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        }
        return token == null ? "" : "Bearer " + token;
    }

    private static boolean flag(String name, String value, boolean otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("%s=%s; say true or false".formatted(name, value));
        }
        return value.equals("true");
    }

    private static Optional<TrustStore> trustStore(String file, String password) {
        return file == null
                ? Optional.empty()
                : Optional.of(new TrustStore(Path.of(file), password == null ? "" : password));
    }
}
