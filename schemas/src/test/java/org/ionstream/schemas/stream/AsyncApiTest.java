package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private static final Path CHECKED_IN = Path.of("asyncapi.json");

    private final Topics topics = Topics.standard();
    private final JsonNode document = read(AsyncApi.of(topics));

    @Test
    void shouldBeTheDocumentInTheTree() throws IOException {
        assertThat(read(Files.readString(CHECKED_IN)))
                .as("schemas/asyncapi.json; make it anew with ionstream schema --asyncapi")
                .isEqualTo(document);
    }

    @Test
    void shouldHaveEveryTopicAsItIsCreated() {
        topics.configurations().forEach((topic, configuration) -> {
            JsonNode channel =
                    document.at("/channels/" + topic.substring(topics.prefix().length()));
            assertThat(channel.get("address").asText()).isEqualTo(topic);

            JsonNode described = channel.at("/bindings/kafka/topicConfiguration");

            assertThat(described).hasSize(configuration.size());
            configuration.forEach((setting, value) -> assertThat(
                            described.get(setting).isArray()
                                    ? described.get(setting).get(0).asText()
                                    : described.get(setting).asText())
                    .isEqualTo(value));
        });
        assertThat(document.get("channels"))
                .hasSameSizeAs(topics.configurations().keySet());
    }

    @Test
    void shouldDescribeEveryMessageByItsSchemaKeyAndHeaders() {
        for (Topic<?> topic : topics.all()) {
            Schema schema = topic.wire().schema();
            JsonNode message = document.at("/components/messages/" + schema.getName());

            assertThat(new Schema.Parser().parse(message.at("/payload/schema").toString()))
                    .isEqualTo(schema);
            assertThat(message.at("/bindings/kafka/key/description").asText()).isEqualTo(topic.key());
            assertThat(message.get("summary").asText()).hasSizeGreaterThan(20);
            assertThat(message.at("/headers/$ref").asText()).isEqualTo("#/components/schemas/Event");
        }
    }

    @Test
    void shouldDescribeTheHeadersThatRecordsHave() {
        RecordHeaders event = new RecordHeaders();
        EventHeaders.add(event, topics.stimuli.name(), new StimulusProtocol(), TraceContext.begun());
        Map<String, String> letter = DeadLetters.headers(event, "surrogate", "stimuli-0@1", "noise");

        JsonNode described = document.at("/components/schemas/Event");
        JsonNode ofLetters = document.at("/components/schemas/DeadLetter");

        List<String> required = new ArrayList<>();
        described.get("required").forEach(name -> required.add(name.asText()));
        assertThat(event).extracting(header -> header.key()).containsExactlyInAnyOrderElementsOf(required);
        assertThat(letter.keySet())
                .allSatisfy(name -> assertThat(ofLetters
                                .get("properties")
                                .path(name)
                                .path("description")
                                .asText())
                        .isNotEmpty());
    }

    @Test
    void shouldReferToNothingThatIsNotThere() {
        List<JsonNode> references = document.findValues("$ref");

        assertThat(references).hasSizeGreaterThan(80).allSatisfy(reference -> {
            assertThat(reference.asText()).startsWith("#/");
            assertThat(document.at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue();
        });
    }

    @Test
    void shouldReceiveWhatUsersSendAndSendTheRest() {
        List<String> received = new ArrayList<>();
        document.get("operations").forEach(operation -> {
            if (operation.get("action").asText().equals("receive")) {
                received.add(operation.at("/channel/$ref").asText());
            }
        });

        assertThat(received).containsExactly("#/channels/stimuli.v1", "#/channels/commands.v1");
        assertThat(document.get("operations")).hasSameSizeAs(document.get("channels"));
        assertThat(document.at("/operations/send-command-results.v1/messages/0/$ref")
                        .asText())
                .endsWith("/messages/" + CommandResult.class.getSimpleName());
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
