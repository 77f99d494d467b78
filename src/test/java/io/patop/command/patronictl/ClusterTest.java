package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import io.patop.command.shell.Connection;
import io.patop.command.shell.Threads;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.NodeApi;
import io.patop.patroni.PatroniClient;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A cluster that a command asks once is the dashboard that the screen shows after its first look. */
class ClusterTest {

    @Command
    private static final class Asking {
        @Mixin
        private Connection connection;
    }

    @Test
    void oneRoundOfAskingMakesADashboard() throws Exception {
        try (SimulatedCluster simulated = SimulatedCluster.start(SimulationOptions.defaults())) {
            String url = simulated.nodes().get(0).rest().toString();
            simulated.apply(SimulatedFault.of(SimulatedFault.Kind.STOP, "patroni3"));

            ClusterSnapshot snapshot = asked(url).survey();
            Dashboard dashboard = snapshot.dashboard();

            assertThat(dashboard.clusterApi())
                    .isInstanceOfSatisfying(
                            Dashboard.ClusterApi.Answered.class,
                            answered -> assertThat(answered.via()).asString().startsWith(url));
            assertThat(dashboard.identity().scope()).contains(snapshot.name());
            assertThat(dashboard.identity().systemIdentifier())
                    .isEqualTo(snapshot.listed().systemIdentifier())
                    .isPresent();
            assertThat(dashboard.leadership().present()).contains("patroni1");
            assertThat(dashboard.members().values().stream()
                            .filter(WatchedMember::answers)
                            .map(WatchedMember::name))
                    .containsExactly("patroni1", "patroni2");
            assertThat(dashboard.member("patroni3").orElseThrow().api()).isInstanceOf(Api.Silent.class);
        }
    }

    /** Seen with Patroni's own features on a busy machine: the nodes of the named cluster were slow once. */
    @Test
    void aNamedClusterWhoseNodesAreSlowOnceIsFound() throws Exception {
        try (SimulatedCluster batman = SimulatedCluster.start(SimulationOptions.defaults());
                SimulatedCluster robin =
                        SimulatedCluster.start(SimulationOptions.defaults().withScope("robin"))) {
            String slow = robin.nodes().get(0).rest().toString();
            String url = batman.nodes().get(0).rest() + "," + slow;

            assertThat(asked(url, new SlowOnce(client(), slow))
                            .named("robin")
                            .survey()
                            .name())
                    .isEqualTo("robin");
        }
    }

    private static Cluster asked(String url) {
        return asked(url, client());
    }

    private static Cluster asked(String url, NodeApi api) {
        Asking asking = new Asking();
        CommandLine.ParseResult unused = new CommandLine(asking).parseArgs("-u", url);
        return Cluster.of(asking.connection, api);
    }

    private static PatroniClient client() {
        return new PatroniClient(Threads.pool("test-http"), PatroniClient.Bounds.DEFAULT);
    }

    /** Nodes of which one gives no answer in time to the first {@code GET /patroni}. */
    private static final class SlowOnce implements NodeApi {
        private final NodeApi nodes;
        private final String slow;
        private final AtomicBoolean asked = new AtomicBoolean();

        private SlowOnce(NodeApi nodes, String slow) {
            this.nodes = nodes;
            this.slow = slow;
        }

        @Override
        public CompletableFuture<Answer<ClusterView>> cluster(ApiUrl url) {
            return nodes.cluster(url);
        }

        @Override
        public CompletableFuture<Answer<NodeStatus>> node(ApiUrl url) {
            if (url.toString().equals(slow) && !asked.getAndSet(true)) {
                Failure late = new Failure(Failure.Kind.TIMED_OUT, "no whole answer within 3 s");
                return CompletableFuture.completedFuture(new Answer.Missing<>(late, Duration.ofSeconds(3)));
            }
            return nodes.node(url);
        }

        @Override
        public CompletableFuture<Answer<History>> history(ApiUrl url) {
            return nodes.history(url);
        }

        @Override
        public CompletableFuture<Answer<DynamicConfig>> config(ApiUrl url) {
            return nodes.config(url);
        }
    }
}
