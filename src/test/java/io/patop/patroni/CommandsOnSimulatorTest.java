package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.RestartRequest;
import io.patop.cluster.SwitchoverRequest;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedPatroni;
import io.patop.sim.core.SimulationOptions;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands against simulated nodes of each release, over real sockets. */
@Timeout(120)
class CommandsOnSimulatorTest {

    private static final double SPEED = 20;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final PatroniClient client = new PatroniClient(executor, PatroniClient.Bounds.DEFAULT);

    @AfterEach
    void threadsEnd() {
        executor.shutdownNow();
    }

    private static SimulatedCluster start(SimulatedPatroni version) throws Exception {
        return SimulatedCluster.start(SimulationOptions.defaults()
                .withVersions(version)
                .withSpeed(SPEED)
                .withWalRate(0));
    }

    private static ApiUrl url(SimulatedCluster cluster, String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().equals(name))
                .map(node -> new ApiUrl(node.rest()))
                .findFirst()
                .orElseThrow();
    }

    private static CommandReply said(CompletableFuture<Answer<CommandReply>> answer) {
        Answer<CommandReply> come = answer.join();
        return come.value()
                .orElseThrow(
                        () -> new AssertionError(come.failure().orElseThrow().message()));
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void aRestartIsScheduledOnceAndCancelled(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster cluster = start(version)) {
            ApiUrl node = url(cluster, "patroni2");
            Optional<io.patop.cluster.PatroniVersion> known = io.patop.cluster.PatroniVersion.parse(version.number());
            RestartRequest later = RestartRequest.NOW.at(OffsetDateTime.parse("2099-01-01T00:00:00Z"));
            assertThat(said(client.restart(node, later, known))).isEqualTo(new CommandReply(202, "Restart scheduled"));
            assertThat(said(client.restart(node, later, known)))
                    .isEqualTo(new CommandReply(409, "Another restart is already scheduled"));
            ClusterView view = client.cluster(node).join().value().orElseThrow();
            assertThat(view.member("patroni2").orElseThrow().scheduledRestart()).isPresent();
            assertThat(said(client.cancelRestart(node))).isEqualTo(new CommandReply(200, "scheduled restart deleted"));
            assertThat(said(client.cancelRestart(node))).isEqualTo(new CommandReply(404, "no restarts are scheduled"));
            assertThat(said(client.restart(node, later.at(OffsetDateTime.parse("1999-01-01T00:00:00Z")), known))
                            .status())
                    .isEqualTo(422);
        }
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void thePrimaryIsCalledAsTheReleaseCallsIt(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster cluster = start(version)) {
            RestartRequest primary = new RestartRequest(
                    Optional.of(RestartRequest.RoleFilter.PRIMARY),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty());
            Optional<io.patop.cluster.PatroniVersion> known = io.patop.cluster.PatroniVersion.parse(version.number());
            ApiUrl leader = url(cluster, cluster.leader().orElseThrow());
            assertThat(said(client.restart(leader, primary, known)))
                    .isEqualTo(new CommandReply(200, "restarted successfully"));
            assertThat(said(client.restart(url(cluster, "patroni3"), primary, known)))
                    .isEqualTo(new CommandReply(503, "restart conditions are not satisfied"));
        }
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void theLeaderHandsOver(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster cluster = start(version)) {
            ApiUrl leader = url(cluster, "patroni1");
            assertThat(said(client.switchover(
                            leader, new SwitchoverRequest("patroni2", Optional.empty(), Optional.empty()))))
                    .isEqualTo(new CommandReply(412, "leader name does not match"));
            assertThat(said(client.switchover(
                            leader, new SwitchoverRequest("patroni1", Optional.of("patroni9"), Optional.empty()))))
                    .isEqualTo(new CommandReply(412, "candidate does not exists"));
            assertThat(said(client.switchover(
                            leader, new SwitchoverRequest("patroni1", Optional.of("patroni3"), Optional.empty()))))
                    .isEqualTo(new CommandReply(200, "Successfully switched over to \"patroni3\""));
            assertThat(said(client.failover(url(cluster, "patroni3"), "patroni2")))
                    .isEqualTo(new CommandReply(200, "Successfully failed over to \"patroni2\""));
            assertThat(cluster.leader()).contains("patroni2");
        }
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void aSwitchoverIsScheduledAndCancelled(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster cluster = start(version)) {
            ApiUrl node = url(cluster, "patroni1");
            assertThat(said(client.switchover(
                            node,
                            new SwitchoverRequest(
                                    "patroni1",
                                    Optional.of("patroni2"),
                                    Optional.of(OffsetDateTime.parse("2099-01-01T02:00:00+02:00"))))))
                    .isEqualTo(new CommandReply(202, "Switchover scheduled"));
            assertThat(client.cluster(node)
                            .join()
                            .value()
                            .orElseThrow()
                            .scheduledSwitchover()
                            .orElseThrow()
                            .to())
                    .contains("patroni2");
            assertThat(said(client.cancelSwitchover(node)))
                    .isEqualTo(new CommandReply(200, "scheduled switchover deleted"));
            assertThat(said(client.cancelSwitchover(node)))
                    .isEqualTo(new CommandReply(404, "no switchover is scheduled"));
        }
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void configurationIsMergedOrReplaced(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster cluster = start(version)) {
            ApiUrl node = url(cluster, "patroni1");
            DynamicConfig before = client.config(node).join().value().orElseThrow();
            assertThat(said(client.patchConfig(node, Map.of("ttl", 33))).isAccepted())
                    .isTrue();
            client.cluster(node).join();
            DynamicConfig patched = client.config(node).join().value().orElseThrow();
            assertThat(patched.ttl()).hasSeconds(33);
            assertThat(patched.tree().keySet()).containsAll(before.tree().keySet());
            assertThat(said(client.patchConfig(node, Collections.singletonMap("ttl", null)))
                            .isAccepted())
                    .isTrue();
            client.cluster(node).join();
            assertThat(client.config(node).join().value().orElseThrow().tree()).doesNotContainKey("ttl");
            assertThat(said(client.putConfig(node, Map.of("ttl", 44))).isAccepted())
                    .isTrue();
            client.cluster(node).join();
            assertThat(client.config(node).join().value().orElseThrow().tree()).isEqualTo(Map.of("ttl", 44));
            assertThat(said(client.patchConfig(node, Map.of())).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(SimulatedPatroni.class)
    void reloadsAndReinitializes(SimulatedPatroni version) throws Exception {
        try (SimulatedCluster cluster = start(version)) {
            assertThat(said(client.reload(url(cluster, "patroni1"))))
                    .isEqualTo(new CommandReply(202, "reload scheduled"));
            assertThat(said(client.reinitialize(url(cluster, "patroni1"), ReinitializeRequest.DEFAULT)))
                    .isEqualTo(new CommandReply(503, "I am the leader, can not reinitialize"));
            assertThat(said(client.reinitialize(url(cluster, "patroni2"), new ReinitializeRequest(true, true))))
                    .isEqualTo(new CommandReply(200, "reinitialize started"));
        }
    }
}
