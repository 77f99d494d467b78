package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.Connection;
import io.patop.command.shell.Threads;
import io.patop.patroni.PatroniClient;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
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

    private static Cluster asked(String url) {
        Asking asking = new Asking();
        CommandLine.ParseResult unused = new CommandLine(asking).parseArgs("-u", url);
        return Cluster.of(
                asking.connection, new PatroniClient(Threads.pool("test-http"), PatroniClient.Bounds.DEFAULT));
    }
}
