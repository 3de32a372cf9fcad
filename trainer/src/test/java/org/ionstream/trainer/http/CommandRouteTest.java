package org.ionstream.trainer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ionstream.schemas.message.Command;
import org.ionstream.schemas.message.CommandKind;
import org.ionstream.schemas.message.CommandResult;
import org.ionstream.schemas.message.CommandStatus;
import org.ionstream.schemas.operation.HttpEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandRouteTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String RETRAIN = "{\"cellModel\":\"fitzhugh-nagumo-1961\",\"kind\":\"RETRAIN\"}";

    private final List<Command> sent = new CopyOnWriteArrayList<>();
    private final Map<String, CommandResult> results = new ConcurrentHashMap<>();
    private final HttpEndpoint server =
            new HttpEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "choose another");
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void route() {
        server.route(
                CommandRoute.PATH,
                new CommandRoute(new Token(TOKEN), sent::add, id -> Optional.ofNullable(results.get(id))));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldSendACommandAndAnswerWithItsId() throws Exception {
        HttpResponse<String> response = post(
                "{\"id\":\"c-1\",\"cellModel\":\"fitzhugh-nagumo-1961\",\"kind\":\"PROMOTE\",\"modelId\":\"m-7\",\"why\":\"better\"}");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("commandId").asText()).isEqualTo("c-1");
        assertThat(sent).hasSize(1);
        Command command = sent.get(0);
        assertThat(command.getId()).isEqualTo("c-1");
        assertThat(command.getKind()).isEqualTo(CommandKind.PROMOTE);
        assertThat(command.getCellModel()).isEqualTo("fitzhugh-nagumo-1961");
        assertThat(command.getModelId()).isEqualTo("m-7");
        assertThat(command.getWhy()).isEqualTo("better");
    }

    @Test
    void shouldGiveACommandWithoutIdOneOfItsOwn() throws Exception {
        String first = json(post(RETRAIN)).get("commandId").asText();
        String second = json(post(RETRAIN)).get("commandId").asText();

        assertThat(first).isNotEmpty().isNotEqualTo(second);
    }

    @Test
    void shouldTellTheLastAnswerToACommand() throws Exception {
        HttpResponse<String> before = get("/commands/c-1", TOKEN);
        results.put(
                "c-1",
                new CommandResult(
                        "c-1",
                        "fitzhugh-nagumo-1961",
                        CommandKind.STATUS,
                        "",
                        CommandStatus.FINISHED,
                        "champion m-7",
                        5L,
                        ""));
        HttpResponse<String> after = get("/commands/c-1", TOKEN);

        assertThat(before.statusCode()).isEqualTo(404);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(json(after).get("status").asText()).isEqualTo("FINISHED");
        assertThat(json(after).get("detail").asText()).isEqualTo("champion m-7");
    }

    @Test
    void shouldRefuseCommandsAndAnswersWithoutTheToken() throws Exception {
        for (String token : new String[] {null, "", "0123456789abcdeg", TOKEN + "0"}) {
            HttpResponse<String> order = send(request("/commands", token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(RETRAIN)));
            HttpResponse<String> question = get("/commands/c-1", token);

            assertThat(order.statusCode()).isEqualTo(401);
            assertThat(question.statusCode()).isEqualTo(401);
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoCommandWithTheReason() throws Exception {
        assertRefused(400, "kind is 'DANCE'", "{\"cellModel\":\"x\",\"kind\":\"DANCE\"}");
        assertRefused(400, "kind is 'UNKNOWN'", "{\"cellModel\":\"x\",\"kind\":\"UNKNOWN\"}");
        assertRefused(400, "cellModel is empty", "{\"kind\":\"RETRAIN\"}");
        assertRefused(400, "colour", "{\"cellModel\":\"x\",\"kind\":\"RETRAIN\",\"colour\":\"red\"}");
        assertRefused(400, "not a command", "{\"cellModel\":");
        assertRefused(400, "null", "null");
        assertRefused(400, "id has 129 characters", "{\"id\":\"" + "i".repeat(129) + "\",\"cellModel\":\"x\"}");
        assertRefused(413, "more than 16384 bytes", "{\"why\":\"" + "w".repeat(20_000) + "\"}");
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldChangeNothingOnGetAndTakeNoForms() throws Exception {
        HttpResponse<String> form = send(request("/commands", TOKEN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("kind=RETRAIN")));

        assertThat(get("/commands", TOKEN).statusCode()).isEqualTo(405);
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(get("/elsewhere", TOKEN).statusCode()).isEqualTo(404);
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldLimitTheNumberOfCommands() throws Exception {
        for (int i = 0; i < 60; i++) {
            assertThat(post(RETRAIN).statusCode()).isEqualTo(202);
        }

        assertThat(post(RETRAIN).statusCode()).isEqualTo(429);
        assertThat(sent).hasSize(60);
    }

    @Test
    void shouldRefuseAShortToken() {
        assertThatThrownBy(() -> new Token("secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 characters");
        assertThat(new Token(TOKEN)).hasToString("***");
    }

    private void assertRefused(int status, String reason, String body) throws Exception {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("error").asText()).contains(reason);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(request("/commands", TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return send(request(path, token).GET());
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(server.port(), path)));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
