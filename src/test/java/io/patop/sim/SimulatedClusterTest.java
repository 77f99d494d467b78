package io.patop.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The servers, from outside: with the JDK's HTTP client, over real sockets. */
class SimulatedClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void threeNodesAnswerForThemselvesAndForTheCluster() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
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
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(100))) {
            URI old = cluster.nodes().get(0).rest();
            cluster.apply(SimulatedFault.parse("kill leader"));
            await(() -> refuses(old));
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
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(100))) {
            URI old = cluster.nodes().get(2).rest();
            cluster.apply(SimulatedFault.parse("kill patroni3"));
            cluster.apply(SimulatedFault.parse("start patroni3"));
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
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            cluster.apply(SimulatedFault.parse("freeze patroni2"));
            URI uri = cluster.nodes().get(1).rest().resolve("/patroni");
            HttpRequest impatient =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofMillis(200)).build();
            assertThatThrownBy(() -> client.send(impatient, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            var patient = client.sendAsync(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            cluster.apply(SimulatedFault.parse("thaw patroni2"));
            assertThat(patient.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutTheDcsClusterIsDroppedUnansweredAfterRetryTimeout() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(100))) {
            cluster.apply(SimulatedFault.parse("dcs-down"));
            URI uri = cluster.nodes().get(1).rest();
            assertThatThrownBy(() -> get(uri, "/cluster"))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("received no bytes");
            assertThat(get(uri, "/patroni").path("cluster_unlocked").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void closingLeavesNoThreadPortSocketOrDirectory() throws Exception {
        SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults());
        URI rest = cluster.nodes().get(0).rest();
        Path directory = cluster.dockerSocket().getParent();
        assertThat(directory).isDirectoryContaining("glob:**/docker.sock");
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
        String threads = simulationThreads(cluster);
        assertThat(threads).isNotEmpty();
        cluster.close();
        assertThat(directory).doesNotExist();
        assertThatThrownBy(() -> get(rest, "/patroni")).isInstanceOf(ConnectException.class);
        assertThat(simulationThreads(cluster)).isEmpty();
        cluster.close();
    }

    /** Of a burst of connections nothing stays: the next fault comes sooner than a minute after the last. */
    @Test
    void theThreadsOfABurstEndSoon() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            URI node = cluster.nodes().get(0).rest();
            List<Socket> burst = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                burst.add(new Socket(node.getHost(), node.getPort()));
            }
            await(() -> count(cluster) > 50);
            for (Socket socket : burst) {
                socket.close();
            }
            await(() -> count(cluster) < 40);
        }
    }

    private static long count(SimulatedCluster cluster) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(cluster.threadNames()))
                .count();
    }

    private static String simulationThreads(SimulatedCluster cluster) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(cluster.threadNames()))
                .collect(Collectors.joining(" "));
    }

    @Test
    void twoAtOnceDoNotDisturbEachOther() throws Exception {
        try (SimulatedCluster one =
                        SimulatedCluster.start(SimulationOptions.defaults().withSpeed(100));
                SimulatedCluster other =
                        SimulatedCluster.start(SimulationOptions.defaults().withScope("other"))) {
            one.apply(SimulatedFault.parse("stop leader"));
            await(() -> !one.leader().equals(Optional.of("patroni1"))
                    && one.leader().isPresent());
            assertThat(other.leader()).contains("patroni1");
            assertThat(get(other, 0, "/patroni").path("patroni").path("scope").asText())
                    .isEqualTo("other");
            assertThat(one.dockerSocket()).isNotEqualTo(other.dockerSocket());
        }
    }

    @Test
    void aScriptIsPlayedAndWhatCannotBeDoneIsTold() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(100))) {
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            SimulatedCluster.Audience audience = new SimulatedCluster.Audience() {
                @Override
                public void done(SimulatedFault step) {
                    told.add("done: " + step);
                }

                @Override
                public void failed(SimulatedFault step, String why) {
                    told.add(step + ": " + why);
                }
            };
            cluster.play(Script.parse("1s switchover patroni2\n30s stop sync"), audience);
            await(() -> cluster.leader().equals(Optional.of("patroni2")));
            assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done: switchover patroni2");
            assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("stop sync: there is no sync now");
            assertThatThrownBy(() -> cluster.play(Script.parse("1s stop patroni8"), audience))
                    .isInstanceOf(SimulationException.class)
                    .hasMessageStartingWith("no member 'patroni8' (stop patroni8)");
        }
    }

    @Test
    void dockersSocketScalesAServiceAway() throws Exception {
        try (SimulatedCluster cluster =
                SimulatedCluster.start(SimulationOptions.defaults().withSpeed(100))) {
            JsonNode service = overSocket(cluster.dockerSocket(), "GET /v1.41/services/patroni_patroni1", "");
            ObjectNode spec = (ObjectNode) service.path("Spec");
            spec.withObject("/Mode/Replicated").put("Replicas", 0);
            overSocket(
                    cluster.dockerSocket(),
                    "POST /v1.41/services/patroni_patroni1/update?version="
                            + service.path("Version").path("Index").asLong(),
                    spec.toString());
            await(() -> cluster.leader().isPresent() && !cluster.leader().equals(Optional.of("patroni1")));
        }
    }

    private static JsonNode overSocket(Path socket, String request, String body) throws IOException {
        String answer = exchange(
                socket, request + " HTTP/1.1\r\nHost: docker\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
        return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    }

    private static String exchange(Path socket, String text) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void haproxysSocketAndPageGiveTheSameLines() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.start(SimulationOptions.defaults())) {
            String header = exchange(cluster.haproxySocket(), "show stat\n")
                    .lines()
                    .findFirst()
                    .orElseThrow();
            HttpRequest csv = HttpRequest.newBuilder(cluster.haproxyStats().resolve("/;csv"))
                    .build();
            String page = client.send(csv, HttpResponse.BodyHandlers.ofString()).body();
            assertThat(page).startsWith(header);
            assertThat(exchange(cluster.haproxySocket(), "show info;show version\n"))
                    .startsWith("Name: HAProxy")
                    .endsWith("\n2.6.12-1+deb12u4\n\n");
            assertThat(exchange(cluster.haproxySocket(), "prompt\nshow version\nquit\n"))
                    .isEqualTo("> 2.6.12-1+deb12u4\n\n> ");
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
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    private boolean refuses(URI node) throws Exception {
        try {
            get(node, "/patroni");
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException brokenOff) {
            return false;
        }
    }
}
