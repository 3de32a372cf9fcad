package org.ionstream.producer.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program gets that embeds the client. */
class ClassPathTest {
    @Test
    void shouldHaveTheKafkaClients() {
        assertThatCode(() -> Class.forName("org.apache.kafka.clients.consumer.KafkaConsumer"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.streams.KafkaStreams",
                "kafka.server.KafkaBroker",
                "ai.djl.Model",
                "ai.onnxruntime.OrtEnvironment",
                "org.hipparchus.ode.ODEIntegrator",
                "picocli.CommandLine"
            })
    void shouldNotHaveWhatOnlyTheStagesNeed(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
