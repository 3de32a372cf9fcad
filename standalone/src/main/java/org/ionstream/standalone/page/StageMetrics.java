package org.ionstream.standalone.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What processes elsewhere measure: their {@code /metrics}, one after the other; of one that does not answer, a comment. */
public final class StageMetrics implements Supplier<String> {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST).build();
    private final List<URI> addresses;

    /** @throws IllegalArgumentException if one is not an address of HTTP */
    public StageMetrics(List<URI> addresses) {
        this.addresses = List.copyOf(addresses);
        for (URI address : this.addresses) {
            if (address.getHost() == null
                    || !String.valueOf(address.getScheme()).matches("https?")) {
                throw new IllegalArgumentException(
                        "'%s' is no address of metrics; give one such as http://surrogate:9404/metrics"
                                .formatted(address));
            }
        }
    }

    @Override
    public String get() {
        return addresses.stream().map(this::asked).toList().stream()
                .map(CompletableFuture::join)
                .collect(Collectors.joining("\n"));
    }

    private CompletableFuture<String> asked(URI address) {
        return http.sendAsync(HttpRequest.newBuilder(address).timeout(LONGEST).build(), BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode() == 200
                        ? answer.body()
                        : "# %s answers with status %d".formatted(address, answer.statusCode()))
                .exceptionally(reason -> "# %s does not answer".formatted(address));
    }
}
