package org.ionstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS, whose certificate is signed by nobody known. */
@Timeout(60)
class TrustStoreTest {
    private static final String PASSWORD = "hush-hush";

    @TempDir
    private Path directory;

    private Path keys;
    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        keys = directory.resolve("keys.p12");
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        assertThat(new ProcessBuilder(keytool).redirectErrorStream(true).start().waitFor())
                .isZero();
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/schemas/ids/1", exchange -> {
            byte[] body = "{\"schema\":\"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldBelieveARegistryThatTheTrustStoreKnowsAndNoOther() {
        Map<String, String> known = Map.of(
                RegistrySettings.URL,
                url(),
                "schema.registry.ssl.truststore.location",
                keys.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD);

        assertThat(new SchemaRegistry(RegistrySettings.of(known).orElseThrow()).find(1))
                .contains(Schema.create(Schema.Type.STRING));
        assertThatThrownBy(() -> new SchemaRegistry(RegistrySettings.at(url())).find(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    private String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }
}
