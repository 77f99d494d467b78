package io.patop.watch;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.NodeApi;
import io.patop.patroni.PatroniJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Nodes that answer at once, not at all, or never, as a test has it; and remember what they were asked. */
public final class FakeNodes implements NodeApi {

    /** All requests so far, as {@code a:8091/patroni}. */
    public final List<String> asked = new ArrayList<>();

    private final Map<String, String> clusters = new HashMap<>();
    private final Map<String, String> statuses = new HashMap<>();
    private final Map<String, Failure.Kind> clusterFailures = new HashMap<>();
    private final Set<String> hanging = new HashSet<>();
    private final Set<String> clustersHanging = new HashSet<>();
    private final Map<String, List<CompletableFuture<Answer<ClusterView>>>> clustersUnanswered = new HashMap<>();
    private final Map<String, List<CompletableFuture<Answer<NodeStatus>>>> unanswered = new HashMap<>();

    /** The node at that host and port sees the cluster so. */
    public FakeNodes sees(String node, String... members) {
        clusters.put(node, "{\"members\":[" + String.join(",", members) + "]}");
        clusterFailures.remove(node);
        return this;
    }

    public FakeNodes answers(String node, String status) {
        statuses.put(node, status);
        hanging.remove(node);
        return this;
    }

    public FakeNodes down(String node) {
        statuses.remove(node);
        clusters.remove(node);
        return this;
    }

    /** Its {@code /cluster} fails in that way, and its {@code /patroni} answers as before. */
    public FakeNodes clusterFails(String node, Failure.Kind kind) {
        clusterFailures.put(node, kind);
        return this;
    }

    /** Its {@code /patroni} is never answered. */
    public FakeNodes hangs(String node) {
        hanging.add(node);
        return this;
    }

    /** Its {@code /cluster} is not answered until {@link #letsCluster} or {@link #clusterTimesOut}. */
    public FakeNodes clusterHangs(String node) {
        clustersHanging.add(node);
        return this;
    }

    /** What hangs there is answered with what the node sees now. */
    public FakeNodes letsCluster(String node) {
        clustersHanging.remove(node);
        clustersUnanswered
                .getOrDefault(node, List.of())
                .forEach(request -> request.complete(given(clusters.get(node), PatroniJson::cluster)));
        return this;
    }

    /** What hangs there runs into its bound. */
    public FakeNodes clusterTimesOut(String node) {
        clustersUnanswered
                .getOrDefault(node, List.of())
                .forEach(request -> request.complete(missing(node, Failure.Kind.TIMED_OUT)));
        return this;
    }

    /** What hangs there runs into its bound, and from then on it answers again. */
    public FakeNodes lets(String node) {
        hanging.remove(node);
        return timesOut(node);
    }

    /** What hangs there runs into its bound. */
    public FakeNodes timesOut(String node) {
        unanswered
                .getOrDefault(node, List.of())
                .forEach(request -> request.complete(missing(node, Failure.Kind.TIMED_OUT)));
        return this;
    }

    /** How often that was asked. */
    public long times(String request) {
        return asked.stream().filter(request::equals).count();
    }

    @Override
    public CompletableFuture<Answer<ClusterView>> cluster(ApiUrl url) {
        String node = ask(url, "/cluster");
        if (clustersHanging.contains(node)) {
            CompletableFuture<Answer<ClusterView>> request = new CompletableFuture<>();
            clustersUnanswered
                    .computeIfAbsent(node, unknown -> new ArrayList<>())
                    .add(request);
            return request;
        }
        if (clusterFailures.containsKey(node)) {
            return CompletableFuture.completedFuture(missing(node, clusterFailures.get(node)));
        }
        return CompletableFuture.completedFuture(
                clusters.containsKey(node)
                        ? given(clusters.get(node), PatroniJson::cluster)
                        : missing(node, Failure.Kind.REFUSED));
    }

    @Override
    public CompletableFuture<Answer<NodeStatus>> node(ApiUrl url) {
        String node = ask(url, "/patroni");
        if (hanging.contains(node)) {
            CompletableFuture<Answer<NodeStatus>> request = new CompletableFuture<>();
            unanswered.computeIfAbsent(node, unknown -> new ArrayList<>()).add(request);
            return request;
        }
        return CompletableFuture.completedFuture(
                statuses.containsKey(node)
                        ? given(statuses.get(node), PatroniJson::node)
                        : missing(node, Failure.Kind.REFUSED));
    }

    @Override
    public CompletableFuture<Answer<History>> history(ApiUrl url) {
        ask(url, "/history");
        return CompletableFuture.completedFuture(given("[]", PatroniJson::history));
    }

    @Override
    public CompletableFuture<Answer<DynamicConfig>> config(ApiUrl url) {
        ask(url, "/config");
        return CompletableFuture.completedFuture(given("{\"ttl\":30}", PatroniJson::config));
    }

    private String ask(ApiUrl url, String path) {
        String node = url.host() + ":" + url.port();
        asked.add(node + path);
        return node;
    }

    private interface Reading<T> {
        T read(com.fasterxml.jackson.databind.JsonNode tree) throws IOException;
    }

    private static <T> Answer<T> given(String json, Reading<T> reading) {
        try {
            return new Answer.Given<>(
                    reading.read(PatroniJson.tree(json.getBytes(StandardCharsets.UTF_8))), Duration.ofMillis(2));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static <T> Answer<T> missing(String node, Failure.Kind kind) {
        return new Answer.Missing<>(new Failure(kind, node + ": " + kind.text()), Duration.ofMillis(2));
    }
}
