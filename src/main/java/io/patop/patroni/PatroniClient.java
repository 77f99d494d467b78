package io.patop.patroni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a Patroni node's REST API, one bounded request at a time: in time (connect, and the whole answer) and
 * in size. A node that is down, slow or not Patroni is an {@link Answer} with the reason, never an exception.
 *
 * <p>Patroni answers in HTTP/1.0 and closes each connection (3.0.2 and 4.1.4), so nothing is kept open
 * between requests. Redirects are not followed: Patroni sends none, and another host is not the node.
 */
public final class PatroniClient implements NodeApi {

    /**
     * The bounds of one request.
     *
     * @param connect to be connected, name lookup included
     * @param answer to have the whole answer
     * @param bytes of the largest body that is read
     */
    public record Bounds(Duration connect, Duration answer, int bytes) {

        /** Enough for a busy node and for 10,000 members, little enough for a dead one. */
        public static final Bounds DEFAULT = new Bounds(Duration.ofMillis(1500), Duration.ofSeconds(3), 8 << 20);
    }

    /** Turns a body into a value. */
    private interface Reading<T> {
        T read(JsonNode tree) throws PatroniJson.NotPatroni;
    }

    private final HttpClient http;
    private final Bounds bounds;

    /** A client whose connections and name lookups run on the executor given. */
    public PatroniClient(Executor executor, Bounds bounds) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bounds.connect())
                .executor(executor)
                .build();
        this.bounds = bounds;
    }

    @Override
    public CompletableFuture<Answer<ClusterView>> cluster(ApiUrl url) {
        return get(url, "/cluster", PatroniJson::cluster);
    }

    @Override
    public CompletableFuture<Answer<NodeStatus>> node(ApiUrl url) {
        return get(url, "/patroni", PatroniJson::node);
    }

    @Override
    public CompletableFuture<Answer<History>> history(ApiUrl url) {
        return get(url, "/history", PatroniJson::history);
    }

    @Override
    public CompletableFuture<Answer<DynamicConfig>> config(ApiUrl url) {
        return get(url, "/config", PatroniJson::config);
    }

    private <T> CompletableFuture<Answer<T>> get(ApiUrl url, String path, Reading<T> reading) {
        long start = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(url.at(path))
                .timeout(bounds.answer())
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, response -> new BoundedBody(bounds.bytes()));
        // A copy is timed, so that cancelling the exchange really ends the connection.
        return exchange.copy()
                .orTimeout(bounds.answer().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, thrown) -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    if (thrown != null) {
                        exchange.cancel(true);
                        return new Answer.Missing<>(RequestFailures.of(thrown, url, bounds), took);
                    }
                    return read(url, path, response, reading, took);
                });
    }

    private static <T> Answer<T> read(
            ApiUrl url, String path, HttpResponse<byte[]> response, Reading<T> reading, Duration took) {
        if (response.statusCode() != 200) {
            return new Answer.Missing<>(
                    new Failure(
                            Failure.Kind.NOT_UNDERSTOOD,
                            url + path + " answers with HTTP " + response.statusCode() + ", not with Patroni's 200"),
                    took);
        }
        try {
            return new Answer.Given<>(reading.read(PatroniJson.tree(response.body())), took);
        } catch (PatroniJson.NotPatroni notPatroni) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.NOT_UNDERSTOOD, url + path + ": " + notPatroni.getMessage()), took);
        }
    }

    /** Whether a failed exchange was our own giving up. */
    static boolean isTimeout(Throwable thrown) {
        return thrown instanceof TimeoutException || thrown instanceof java.net.http.HttpTimeoutException;
    }
}
