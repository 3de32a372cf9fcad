package org.ionstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchemaRegistryTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("Beat").fields().requiredDouble("onsetMs").endRecord();

    private final MemoryRegistry server = new MemoryRegistry();
    private final SchemaRegistry registry = server.client();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldRegisterASchemaAndFindItByItsNumberAndAsTheLatest() {
        int id = registry.register("beats-value", SCHEMA);

        assertThat(registry.find(id)).contains(SCHEMA);
        assertThat(registry.latest("beats-value")).contains(SCHEMA);
        assertThat(registry.find(id + 1)).isEmpty();
        assertThat(registry.latest("others-value")).isEmpty();
    }

    @Test
    void shouldFindNoAvroSchemaWhereThereIsAnother() throws Exception {
        int protobuf = server.put(
                "a-value", new ObjectMapper().readTree("{\"schema\":\"message A {}\",\"schemaType\":\"PROTOBUF\"}"));
        int broken = server.put("b-value", "{\"type\":\"record\"}");

        assertThat(registry.find(protobuf)).isEmpty();
        assertThat(registry.find(broken)).isEmpty();
    }

    @Test
    void shouldOnlyLookUpASchemaWhereItMayNotRegister() {
        SchemaRegistry reader = new SchemaRegistry(
                RegistrySettings.of(Map.of(RegistrySettings.URL, server.url(), RegistrySettings.REGISTERS, "false"))
                        .orElseThrow());

        assertThatThrownBy(() -> reader.register("beats-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no schema of this version under beats-value")
                .hasMessageContaining("ionstream topics create");
        int id = registry.register("beats-value", SCHEMA);

        assertThat(reader.register("beats-value", SCHEMA)).isEqualTo(id);
    }

    @Test
    void shouldSayWhenTheRegistryDoesNotTakeASchema() {
        server.fail(409);

        assertThatThrownBy(() -> registry.register("beats-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not take the schema of this version under beats-value: out of order");
    }

    @Test
    void shouldNameTheSettingWhenTheRegistryWantsCredentials() {
        server.want("Basic YTpi");
        SchemaRegistry known = new SchemaRegistry(
                RegistrySettings.of(Map.of(RegistrySettings.URL, server.url(), RegistrySettings.USER_INFO, "a:b"))
                        .orElseThrow());

        assertThatThrownBy(() -> registry.find(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("basic.auth.user.info");
        assertThat(known.find(1)).isEmpty();
    }

    /** A 404 of a page that is no registry must not make dead letters of good records. */
    @Test
    void shouldNotTakeTheAbsenceOfARegistryForTheAbsenceOfASchema() {
        SchemaRegistry elsewhere =
                new SchemaRegistry(RegistrySettings.at(server.url().replace("/api", "/pai")));

        assertThatThrownBy(() -> elsewhere.find(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("is schema.registry.url the base of its Confluent interface?");
    }

    @Test
    void shouldAskAFewTimesWhileTheRegistryIsOutOfOrder() {
        server.fail(503);

        assertThatThrownBy(() -> registry.find(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("asked 3 times, last: java.io.IOException: status 503, out of order");
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void shouldAskTheNextAddressWhereOneIsAway() throws Exception {
        int id = registry.register("beats-value", SCHEMA);
        String away;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            away = "http://localhost:" + free.getLocalPort();
        }

        assertThat(new SchemaRegistry(RegistrySettings.at(away + "," + server.url())).find(id))
                .contains(SCHEMA);
    }

    @Test
    void shouldGiveUpOnARegistryThatNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SchemaRegistry deaf = new SchemaRegistry(RegistrySettings.at("http://localhost:" + silent.getLocalPort()));
            long begun = System.nanoTime();

            assertThatThrownBy(() -> deaf.find(1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("does not answer /schemas/ids/1");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(25));
        }
    }
}
