package org.ionstream.schemas.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The topics and messages of an installation as an AsyncAPI 3.0 document, for generators of clients and of documentation. All of
 * it comes from {@link Topics}, the Avro schemas and the headers that messages are written with. Operations are those of the
 * simulator: it receives what users send.
 */
public final class AsyncApi {
    private static final String VERSION = "3.0.0";
    private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";
    private static final String BINDING = "0.5.0";
    private static final String EVENT = "Event";
    private static final String DEAD_LETTER = "DeadLetter";
    private static final String MODEL_BYTES = "ModelArtifact";
    private static final String BYTES = "application/octet-stream";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics topics;
    private final ObjectNode channels = JSON.createObjectNode();
    private final ObjectNode operations = JSON.createObjectNode();
    private final ObjectNode messages = JSON.createObjectNode();

    private AsyncApi(Topics topics) {
        this.topics = topics;
        topics.all().forEach(this::add);
        messages.set(DEAD_LETTER, deadLetter());
        messages.set(MODEL_BYTES, modelBytes());
        channel(
                topics.modelArtifacts,
                MODEL_BYTES,
                "The ONNX bytes of released models in chunks of less than 1 MB. One partition.");
        send(topics.modelArtifacts, MODEL_BYTES);
    }

    /** @return JSON, always the same for the same topics */
    public static String of(Topics topics) {
        return new AsyncApi(topics).text();
    }

    private String text() {
        ObjectNode document = JSON.createObjectNode().put("asyncapi", VERSION);
        document.set("info", info());
        document.put("defaultContentType", EventHeaders.AVRO);
        document.set("channels", channels);
        document.set("operations", operations);
        ObjectNode components = document.putObject("components");
        components.set("messages", messages);
        ObjectNode schemas = components.putObject("schemas");
        schemas.set(EVENT, headers(EventHeaders.DESCRIBED, EventHeaders.ALWAYS));
        Map<String, String> ofDeadLetter = new TreeMap<>(DeadLetters.DESCRIBED);
        ofDeadLetter.putAll(EventHeaders.DESCRIBED);
        schemas.set(DEAD_LETTER, headers(ofDeadLetter, DeadLetters.DESCRIBED.keySet()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode info() {
        ObjectNode info = JSON.createObjectNode()
                .put("title", "Ionstream")
                .put("version", "v1")
                .put(
                        "description",
                        "A streaming simulator of ionic cell models. A value is an Avro record: behind C3 01 and the 8 bytes of"
                                + " its schema's fingerprint (Avro single-object encoding), or, in an installation with a schema"
                                + " registry, behind 00 and the schema's 4-byte number (Confluent's wire format)."
                                + " Consume results with isolation.level=read_committed.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        return info;
    }

    private void add(Topic<?> topic) {
        String message = topic.wire().schema().getName();
        messages.set(message, message(topic));
        String partitions = topic.partitioned()
                ? " As many partitions as the other topics with this key have."
                : " One partition, in order.";
        channel(topic.name(), message, topic.wire().schema().getDoc() + partitions);
        if (Set.of(topics.stimuli, topics.commands).contains(topic)) {
            operation("receive", topic.name(), message);
        } else {
            send(topic.name(), message);
        }
        channel(
                topic.deadLetters(),
                DEAD_LETTER,
                "Records of %s that could not be understood.".formatted(topic.name()));
        send(topic.deadLetters(), DEAD_LETTER);
    }

    private static ObjectNode message(Topic<?> topic) {
        ObjectNode message = keyed(topic.key())
                .put("name", topic.wire().schema().getFullName())
                .put("contentType", EventHeaders.AVRO)
                .put("summary", topic.wire().schema().getDoc());
        message.putObject("headers").put("$ref", "#/components/schemas/" + EVENT);
        message.putObject("payload").put("schemaFormat", AVRO).set("schema", parsed(topic));
        return message;
    }

    private static JsonNode parsed(Topic<?> topic) {
        try {
            return JSON.readTree(topic.wire().schema().toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode deadLetter() {
        ObjectNode message = keyed("of the record; none if it was too large to keep")
                .put("contentType", BYTES)
                .put("summary", "The record's bytes as they came, or none if they were too many.");
        message.putObject("headers").put("$ref", "#/components/schemas/" + DEAD_LETTER);
        return message;
    }

    private static ObjectNode modelBytes() {
        return keyed("SHA-256 of the file/number of the chunk")
                .put("contentType", BYTES)
                .put("summary", "A chunk of an ONNX file. It has no headers.");
    }

    private static ObjectNode keyed(String key) {
        ObjectNode message = JSON.createObjectNode();
        ObjectNode kafka = message.putObject("bindings").putObject("kafka").put("bindingVersion", BINDING);
        kafka.putObject("key").put("type", "string").put("description", key);
        return message;
    }

    private void channel(String topic, String message, String description) {
        ObjectNode channel =
                channels.putObject(name(topic)).put("address", topic).put("description", description);
        channel.putObject("messages").putObject(message).put("$ref", "#/components/messages/" + message);
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka").put("bindingVersion", BINDING);
        ObjectNode configuration = kafka.put("topic", topic).putObject("topicConfiguration");
        new TreeMap<>(topics.configurations().get(topic)).forEach((setting, value) -> {
            if (setting.equals("cleanup.policy")) {
                Stream.of(value.split(",")).forEach(configuration.putArray(setting)::add);
            } else {
                configuration.put(setting, Long.parseLong(value));
            }
        });
    }

    private void send(String topic, String message) {
        operation("send", topic, message);
    }

    private void operation(String action, String topic, String message) {
        ObjectNode operation = operations.putObject(action + "-" + name(topic)).put("action", action);
        operation.putObject("channel").put("$ref", "#/channels/" + name(topic));
        operation
                .putArray("messages")
                .addObject()
                .put("$ref", "#/channels/%s/messages/%s".formatted(name(topic), message));
    }

    /** @param always those that no record is without */
    private static ObjectNode headers(Map<String, String> described, Set<String> always) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        described.forEach(
                (name, text) -> properties.putObject(name).put("type", "string").put("description", text));
        described.keySet().stream().filter(always::contains).forEach(schema.putArray("required")::add);
        return schema;
    }

    private String name(String topic) {
        return topic.substring(topics.prefix().length());
    }
}
