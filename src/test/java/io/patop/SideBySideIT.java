package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same fault on the real cluster and on the simulated one with the same timing, both seen by the same
 * program: the same story of the leader and of its successor, within the bounds that Patroni's settings give.
 */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class SideBySideIT {

    private static final Duration TTL = Duration.ofSeconds(20);
    private static final Duration LOOP_WAIT = Duration.ofSeconds(2);
    private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What cannot be missed, however quickly it passes. */
    private static final Set<String> OF_LEADER = Set.of("api_lost", "member_left", "api_back", "replica_caught_up");

    private static final Set<String> OF_SUCCESSOR = Set.of("leader_changed", "promoted");

    private final RealCluster real;

    @TempDir
    Path directory;

    SideBySideIT(RealCluster real) {
        this.real = real;
    }

    /** A cluster that is watched, with a way to break and to mend its leader. */
    private interface Side {
        String events() throws IOException;

        void fault(String leader) throws Exception;

        void mend(String leader) throws Exception;
    }

    /** The story of one fault: kinds of events of the leader and of its successor, and how long it took. */
    private record Story(List<String> leader, List<String> successor, Duration untilNewLeader) {}

    @Test
    void aCleanStopIsTheSameStory() throws Exception {
        Story simulated = onSimulated(SimulatedFault.Kind.STOP, List.of(SimulatedFault.Kind.START));
        Story actual = onReal(
                leader -> real.inside(PATIENCE, "docker", "service", "scale", "-d", "patroni_" + leader + "=0"),
                leader -> real.inside(PATIENCE, "docker", "service", "scale", "-d", "patroni_" + leader + "=1"));

        assertSame(simulated, actual);
        for (Story story : List.of(simulated, actual)) {
            assertThat(story.untilNewLeader())
                    .isBetween(Duration.ZERO, LOOP_WAIT.multipliedBy(2).plus(RETRY_TIMEOUT));
        }
    }

    /**
     * The frozen leader is killed, never thawed: one thawed in the middle of its loop may write the leader key by
     * what it knew before (seen on 3.0.2 with etcd3), take the lead back on the old timeline, or not.
     */
    @Test
    void aFrozenLeaderIsTheSameStory() throws Exception {
        Story simulated =
                onSimulated(SimulatedFault.Kind.FREEZE, List.of(SimulatedFault.Kind.KILL, SimulatedFault.Kind.START));
        Story actual = onReal(
                leader -> real.inside(
                        PATIENCE, "bash", "-c", "docker pause $(docker ps -q -f name=patroni_" + leader + ")"),
                leader -> real.inside(
                        PATIENCE, "bash", "-c", "docker kill $(docker ps -q -f name=patroni_" + leader + ")"));

        assertSame(simulated, actual);
        for (Story story : List.of(simulated, actual)) {
            // The key was renewed up to loop_wait before the fault, which is seen when a request of 3 s fails.
            assertThat(story.untilNewLeader())
                    .isBetween(
                            TTL.minus(LOOP_WAIT).minusSeconds(5),
                            TTL.plus(LOOP_WAIT).plus(RETRY_TIMEOUT).plusSeconds(3));
        }
    }

    private static void assertSame(Story simulated, Story actual) {
        assertThat(simulated.leader()).as("the old leader, simulated and real").isEqualTo(actual.leader());
        assertThat(simulated.successor())
                .as("the new leader, simulated and real")
                .isEqualTo(actual.successor());
    }

    private interface Doing {
        void to(String leader) throws Exception;
    }

    private Story onReal(Doing fault, Doing mend) throws Exception {
        real.awaitHealth();
        real.inside(
                PATIENCE,
                "docker",
                "run",
                "-d",
                "--name",
                "beside",
                "--network=patroni_patroni",
                "--volume=" + real.socket() + ":/var/run/docker.sock",
                "patop",
                "watch",
                "-f",
                "json");
        try {
            String told = real.inside(
                    PATIENCE,
                    "docker",
                    "run",
                    "--rm",
                    "--network=patroni_patroni",
                    "patop",
                    "list",
                    "-f",
                    "json",
                    "-u",
                    "patroni1:8091,patroni2:8091,patroni3:8091");
            return story(leader(told), new Side() {
                @Override
                public String events() throws IOException {
                    return real.inside(PATIENCE, "docker", "logs", "beside");
                }

                @Override
                public void fault(String leader) throws Exception {
                    fault.to(leader);
                }

                @Override
                public void mend(String leader) throws Exception {
                    mend.to(leader);
                }
            });
        } finally {
            real.inside(PATIENCE, "docker", "rm", "-f", "beside");
            real.awaitHealth();
        }
    }

    private Story onSimulated(SimulatedFault.Kind fault, List<SimulatedFault.Kind> mend) throws Exception {
        Path events = directory.resolve("events");
        SimulationOptions options = SimulationOptions.defaults().withTiming(TTL, LOOP_WAIT, RETRY_TIMEOUT);
        try (SimulatedCluster cluster = SimulatedCluster.start(options)) {
            ProcessBuilder watch = new ProcessBuilder(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-jar",
                    "target/patop.jar",
                    "watch",
                    "-f",
                    "json",
                    "-u",
                    cluster.nodes().get(0).rest().toString());
            watch.environment().put("DOCKER_HOST", "unix://" + cluster.dockerSocket());
            Process process = watch.redirectErrorStream(true)
                    .redirectOutput(events.toFile())
                    .start();
            try {
                return story(cluster.leader().orElseThrow(), new Side() {
                    @Override
                    public String events() throws IOException {
                        return Files.readString(events);
                    }

                    @Override
                    public void fault(String leader) throws Exception {
                        cluster.apply(SimulatedFault.of(fault, leader));
                    }

                    @Override
                    public void mend(String leader) throws Exception {
                        for (SimulatedFault.Kind step : mend) {
                            cluster.apply(SimulatedFault.of(step, leader));
                        }
                    }
                });
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private static Story story(String leader, Side side) throws Exception {
        await(side, "watching", events -> events.contains("3 members"));
        side.fault(leader);
        await(side, "promoted", events -> kinds(events).contains("promoted"));
        await(side, "member_left", events -> ofMember(events, leader).contains("member_left"));
        side.mend(leader);
        await(side, "the old leader's return", events -> ofMember(events, leader)
                .containsAll(List.of("api_back", "replica_caught_up")));
        List<JsonNode> events = parse(side.events());
        List<String> successor = events.stream()
                .map(event -> event.path("kind").asText())
                .filter(OF_SUCCESSOR::contains)
                .toList();
        return new Story(
                inOrder(ofMember(side.events(), leader)),
                successor,
                Duration.between(at(events, "api_lost"), at(events, "leader_changed")));
    }

    /** The node's own answer and {@code /cluster} are two requests: which of the two tells first is chance. */
    private static List<String> inOrder(List<String> kinds) {
        List<String> ordered = new ArrayList<>(kinds);
        int caughtUp = ordered.indexOf("replica_caught_up");
        if (ordered.indexOf("api_back") == caughtUp + 1) {
            Collections.swap(ordered, caughtUp, caughtUp + 1);
        }
        return ordered;
    }

    private static Instant at(List<JsonNode> events, String kind) {
        return events.stream()
                .filter(event -> event.path("kind").asText().equals(kind))
                .map(event -> Instant.parse(event.path("at").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> kinds(String events) {
        return parse(events).stream().map(event -> event.path("kind").asText()).toList();
    }

    private static List<String> ofMember(String events, String member) {
        return parse(events).stream()
                .filter(event -> event.path("member").asText().equals(member))
                .map(event -> event.path("kind").asText())
                .filter(OF_LEADER::contains)
                .toList();
    }

    private static List<JsonNode> parse(String events) {
        int whole = events.lastIndexOf('\n') + 1;
        return events.substring(0, whole)
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(SideBySideIT::tree)
                .toList();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private static void await(Side side, String what, Predicate<String> wanted) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(side::events, wanted);
    }

    private static String leader(String list) throws IOException {
        for (JsonNode member : JSON.readTree(list)) {
            if (member.path("Role").asText().equals("Leader")) {
                return member.path("Member").asText();
            }
        }
        throw new AssertionError("no leader in " + list);
    }
}
