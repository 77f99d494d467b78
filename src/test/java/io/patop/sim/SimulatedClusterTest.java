package io.patop.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The servers, from outside: with the JDK's HTTP client, over real sockets. */
class SimulatedClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void threeNodesAnswerForThemselvesAndForTheCluster() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(Options.defaults())) {
            assertThat(cluster.nodes()).hasSize(3);
            JsonNode members = get(cluster, 0, "/cluster").path("members");
            assertThat(members.findValuesAsText("role")).containsExactly("leader", "replica", "replica");
            for (int i = 0; i < 3; i++) {
                assertThat(members.path(i).path("api_url").asText())
                        .isEqualTo(cluster.nodes().get(i).rest() + "/patroni");
                assertThat(get(cluster, i, "/patroni").path("role").asText()).isEqualTo(i == 0 ? "master" : "replica");
            }
        }
    }

    @Test
    void aKilledLeaderRefusesConnectionsAndAnotherIsElected() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(Options.defaults().withSpeed(100))) {
            URI old = cluster.nodes().get(0).rest();
            cluster.apply(Fault.parse("kill leader"));
            assertThatThrownBy(() -> get(old, "/patroni")).isInstanceOf(ConnectException.class);
            await(() -> get(cluster, 1, "/cluster")
                            .path("members")
                            .findValuesAsText("role")
                            .contains("leader")
                    && !cluster.leader().orElse("patroni1").equals("patroni1"));
            String leader = cluster.leader().orElseThrow();
            int index = Integer.parseInt(leader.substring("patroni".length())) - 1;
            await(() -> get(cluster, index, "/patroni").path("timeline").asInt() == 2);
            assertThat(get(cluster, index, "/patroni").path("role").asText()).isEqualTo("master");
        }
    }

    @Test
    void aNodeThatComesBackHasANewAddress() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(Options.defaults().withSpeed(100))) {
            URI old = cluster.nodes().get(2).rest();
            cluster.apply(Fault.parse("kill patroni3"));
            cluster.apply(Fault.parse("start patroni3"));
            await(() -> !cluster.nodes().get(2).rest().equals(old));
            await(() -> get(cluster, 0, "/cluster")
                    .path("members")
                    .path(2)
                    .path("api_url")
                    .asText()
                    .startsWith(cluster.nodes().get(2).rest().toString()));
        }
    }

    @Test
    void aFrozenNodeTakesTheRequestAndAnswersOnlyWhenThawed() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(Options.defaults())) {
            cluster.apply(Fault.parse("freeze patroni2"));
            URI uri = cluster.nodes().get(1).rest().resolve("/patroni");
            HttpRequest impatient =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofMillis(200)).build();
            assertThatThrownBy(() -> client.send(impatient, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            var patient = client.sendAsync(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            cluster.apply(Fault.parse("thaw patroni2"));
            assertThat(patient.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutTheDcsClusterIsDroppedUnansweredAfterRetryTimeout() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(Options.defaults().withSpeed(100))) {
            cluster.apply(Fault.parse("dcs-down"));
            URI uri = cluster.nodes().get(1).rest();
            assertThatThrownBy(() -> get(uri, "/cluster"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("received no bytes");
            assertThat(get(uri, "/patroni").path("cluster_unlocked").asBoolean())
                    .isTrue();
        }
    }

    private JsonNode get(SimulatedCluster cluster, int node, String path) throws Exception {
        return get(cluster.nodes().get(node).rest(), path);
    }

    private JsonNode get(URI node, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(node.resolve(path)).timeout(PATIENCE).build();
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
