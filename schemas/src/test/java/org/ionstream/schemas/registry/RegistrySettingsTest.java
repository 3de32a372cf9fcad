package org.ionstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileOutputStream;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
    private static final String URL = "http://registry:8081";

    @Test
    void shouldFindNoRegistryAmongTheSettingsOfKafkaClients() {
        assertThat(RegistrySettings.of(Map.of("security.protocol", "SSL", "ssl.truststore.location", "a.p12")))
                .isEmpty();
        assertThat(RegistrySettings.isOwn("ssl.truststore.location")).isFalse();
        assertThat(RegistrySettings.isOwn("sasl.jaas.config")).isFalse();
    }

    @Test
    void shouldTakeTheNamesOfConfluentsClients() {
        RegistrySettings registry = RegistrySettings.of(Map.of(
                        "schema.registry.url", "http://a:8081/, https://b/apis/ccompat/v7",
                        "schema.registry.basic.auth.user.info", "modeller:hush",
                        "basic.auth.credentials.source", "USER_INFO",
                        "auto.register.schemas", "false"))
                .orElseThrow();

        assertThat(registry.urls()).map(Object::toString).containsExactly("http://a:8081", "https://b/apis/ccompat/v7");
        assertThat(registry.authorization()).isEqualTo("Basic bW9kZWxsZXI6aHVzaA==");
        assertThat(registry.registers()).isFalse();
        assertThat(registry.readOnly()).isFalse();
    }

    @Test
    void shouldMaskSecretsWhenShown() {
        RegistrySettings registry = RegistrySettings.of(Map.of(
                        "schema.registry.url", URL,
                        "bearer.auth.token", "hush",
                        "schema.registry.ssl.truststore.location", "trust.p12",
                        "schema.registry.ssl.truststore.password", "hush"))
                .orElseThrow();

        assertThat(registry.authorization()).isEqualTo("Bearer hush");
        assertThat(registry.toString()).contains(URL, "***", "trust.p12").doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry:8081", "ftp://registry", "http://", "http://me:hush@registry:8081", "http://a b"})
    void shouldRefuseWhatIsNoAddressWithoutRepeatingAPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistrySettings.at(url))
                .withMessageContaining("schema.registry.url")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("hush"));
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.ssl.keystore.location, a.p12, unknown settings",
        "basic.auth.credentials.source, URL, only USER_INFO",
        "auto.register.schemas, yes, say true or false"
    })
    void shouldRefuseWhatItDoesNotDo(String name, String value, String because) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistrySettings.of(Map.of("schema.registry.url", URL, name, value)))
                .withMessageContaining(because);
    }

    @Test
    void shouldReadATrustStoreAndSayWhenItCannot(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("trust.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            store.store(out, "hush".toCharArray());
        }

        assertThat(new TrustStore(file, "hush").context().getProtocol()).isEqualTo("TLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustStore(file, "wrong").context())
                .withMessageContaining("cannot read the trust store " + file);
    }
}
