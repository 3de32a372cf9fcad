package org.ionstream.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A schema registry, by the part of Confluent's REST interface that all of them have. It keeps nothing: who asks remembers.
 * Each question is asked a few times, for a bounded time in all. Thread-safe.
 */
public final class SchemaRegistry {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int ROUNDS = 3;

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private record Answer(URI asked, int status, JsonNode body) {
        boolean isFound() {
            return status == 200;
        }

        /** The registry says that it does not have it; 404 alone is also said by who is no registry. */
        boolean isUnknown() {
            int code = body.path("error_code").asInt();
            return status == 404
                    && (code == SUBJECT_NOT_FOUND || code == VERSION_NOT_FOUND || code == SCHEMA_NOT_FOUND);
        }

        Optional<Schema> schema() {
            try {
                return body.path("schemaType").asText("AVRO").equals("AVRO")
                        ? Optional.of(
                                new Schema.Parser().parse(body.path("schema").asText()))
                        : Optional.empty();
            } catch (AvroRuntimeException e) {
                return Optional.empty();
            }
        }

        String says() {
            return body.path("message").asText(body.toString());
        }
    }

    private final RegistrySettings settings;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();

    public SchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(LONGEST_CONNECT);
        settings.trustStore().map(TrustStore::context).ifPresent(client::sslContext);
        this.http = client.build();
    }

    /** Whether records are written with registered schemas, or only read. */
    public boolean isWritten() {
        return !settings.readOnly();
    }

    /**
     * The number of a schema under a subject, which has it from now on.
     *
     * @throws RegistryException if the registry does not answer, or does not take the schema
     */
    public int register(String subject, Schema schema) {
        String path = "/subjects/" + subject + (settings.registers() ? "/versions" : "");
        Answer answer = ask(path, Optional.of(request(schema)));
        JsonNode id = answer.body().path("id");
        if (answer.isFound() && id.isInt()) {
            return id.intValue();
        }
        if (answer.isUnknown()) {
            throw new RegistryException(
                    "%s has no schema of this version under %s (%s); register it with 'ionstream topics create', or set %s=true"
                            .formatted(this, subject, answer.says(), RegistrySettings.REGISTERS));
        }
        if (answer.status() == 409) {
            throw new RegistryException(
                    "%s does not take the schema of this version under %s: %s; a later version or another program registered one that does not fit, compare them"
                            .formatted(this, subject, answer.says()));
        }
        throw refusal(answer);
    }

    /**
     * The schema of a number; none if the registry has no Avro schema of that number.
     *
     * @throws RegistryException if the registry does not answer
     */
    public Optional<Schema> find(int id) {
        return found(ask("/schemas/ids/" + id, Optional.empty()));
    }

    /**
     * What was registered last under a subject.
     *
     * @throws RegistryException if the registry does not answer
     */
    public Optional<Schema> latest(String subject) {
        return found(ask("/subjects/" + subject + "/versions/latest", Optional.empty()));
    }

    /** Addresses, for messages. */
    @Override
    public String toString() {
        return "schema registry " + settings.urls();
    }

    private Optional<Schema> found(Answer answer) {
        if (answer.isFound()) {
            return answer.schema();
        }
        if (answer.isUnknown()) {
            return Optional.empty();
        }
        throw refusal(answer);
    }

    private RegistryException refusal(Answer answer) {
        boolean unauthorized = answer.status() == 401 || answer.status() == 403;
        return new RegistryException("%s answers %d to %s: %s; %s"
                .formatted(
                        this,
                        answer.status(),
                        answer.asked().getPath(),
                        answer.says(),
                        unauthorized
                                ? "give it %s or %s".formatted(RegistrySettings.USER_INFO, RegistrySettings.TOKEN)
                                : "is %s the base of its Confluent interface?".formatted(RegistrySettings.URL)));
    }

    private String request(Schema schema) {
        return json.createObjectNode().put("schema", schema.toString()).toString();
    }

    /** @param body to post; none: get */
    private Answer ask(String path, Optional<String> body) {
        Exception last = null;
        for (int round = 0; round < ROUNDS; round++) {
            for (URI url : settings.urls()) {
                try {
                    Answer answer = ask(URI.create(url + path), body);
                    if (answer.status() < 500 && answer.status() != 429) {
                        return answer;
                    }
                    last = new IOException("status %d, %s".formatted(answer.status(), answer.says()));
                } catch (IOException | TimeoutException e) {
                    last = e;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new RegistryException("interrupted while asking " + this, e);
                }
            }
            if (round < ROUNDS - 1) {
                pause();
            }
        }
        throw new RegistryException(
                "%s does not answer %s (asked %d times, last: %s); start it, or look at %s"
                        .formatted(this, path, ROUNDS, last, RegistrySettings.URL),
                last);
    }

    private Answer ask(URI url, Optional<String> body) throws IOException, TimeoutException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", TYPE + ", application/json");
        if (!settings.authorization().isEmpty()) {
            request.header("Authorization", settings.authorization());
        }
        body.ifPresent(text -> request.header("Content-Type", TYPE).POST(BodyPublishers.ofString(text)));
        CompletableFuture<HttpResponse<String>> asked = http.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            HttpResponse<String> response = asked.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(url, response.statusCode(), parsed(response.body()));
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    /** What is no JSON is told as it came. */
    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return json.valueToTree(Map.of("message", body.length() > 200 ? body.substring(0, 200) : body));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
