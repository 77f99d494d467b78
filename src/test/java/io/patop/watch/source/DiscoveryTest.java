package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.EngineView;
import io.patop.patroni.ApiUrl;
import io.patop.watch.FakeNodes;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.WorkloadTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a cluster is looked for, in which order, and what is said where none is found. */
class DiscoveryTest {

    private static final Answer<EngineView> NO_DOCKER = new Answer.Missing<>(
            new Failure(Failure.Kind.ABSENT, "no Docker socket at /var/run/docker.sock"), Duration.ZERO);

    private final FakeNodes nodes = new FakeNodes();

    @Test
    void whatIsConfiguredGoesFirstAndIsEnough() {
        nodes.sees("db1:8008", ReducerStory.leader("a", 1)).sees("localhost:8091", ReducerStory.leader("x", 1));

        assertThat(look(NO_DOCKER, "db1:8008", "db2:8008")).containsExactly("http://db1:8008", "http://db2:8008");
        assertThat(nodes.asked).containsExactlyInAnyOrder("db1:8008/cluster", "db2:8008/cluster");
    }

    @Test
    void aConfiguredNodeThatIsDownDoesNotEndTheSearch() {
        nodes.sees("db2:8008", ReducerStory.leader("a", 1));

        assertThat(look(NO_DOCKER, "db1:8008", "db2:8008")).startsWith("http://db2:8008");
    }

    @Test
    void dockerShowsTheAddressesOfServicesNamedLikeNodes() {
        nodes.sees("10.0.1.7:8091", ReducerStory.leader("a", 1));
        EngineView view = WorkloadTest.view(
                List.of(WorkloadTest.service("s1", "patroni_patroni1"), WorkloadTest.service("e1", "patroni_etcd")),
                List.of(WorkloadTest.task("t1", "s1", "10.0.1.7"), WorkloadTest.task("t2", "e1", "10.0.1.3")));

        assertThat(look(given(view))).startsWith("http://10.0.1.7:8091");
        assertThat(nodes.asked).contains("10.0.1.7:8008/cluster").noneMatch(request -> request.startsWith("10.0.1.3:"));
    }

    /** The simulated engine shows it, and a real node may listen here on a usual port. */
    @Test
    void anAddressOfDockersThatMeansThisMachineIsNotTried() {
        EngineView view = WorkloadTest.view(
                List.of(WorkloadTest.service("s1", "patroni_patroni1")),
                List.of(WorkloadTest.task("t1", "s1", "127.0.0.1")));

        assertThat(new Discovery(nodes, () -> given(view), List.of(), DiscoveredAddresses.at(List.of())).look())
                .isInstanceOf(Discovery.Finding.Nothing.class);
        assertThat(nodes.asked).isEmpty();
    }

    @Test
    void theUsualNamesAreTriedWhereDockerCannotBeAsked() {
        nodes.sees("patroni2:8091", ReducerStory.leader("a", 1));

        assertThat(look(NO_DOCKER)).startsWith("http://patroni2:8091");
    }

    @Test
    void nodesThatDockerShowsAndNobodyReachesAreOutOfReach() {
        EngineView view = WorkloadTest.view(
                List.of(WorkloadTest.service("s1", "patroni_patroni1")),
                List.of(WorkloadTest.task("t1", "s1", "10.0.1.7")));

        assertThat(new Discovery(nodes, () -> given(view), List.of(), DiscoveredAddresses.usual()).look())
                .isEqualTo(new Discovery.Finding.OutOfReach("patroni_patroni"));
    }

    @Test
    void whereNothingIsFoundItTellsWhereItLooked() {
        Discovery.Finding finding = new Discovery(
                        nodes, () -> NO_DOCKER, List.of(ApiUrl.parse("db1:8008")), DiscoveredAddresses.usual())
                .look();

        assertThat(finding).isInstanceOf(Discovery.Finding.Nothing.class);
        assertThat(((Discovery.Finding.Nothing) finding).tried())
                .contains("http://db1:8008", "no Docker socket at /var/run/docker.sock", "localhost, patroni1");
    }

    @Test
    void otherUsualHostsAreTriedAloneAndTold() {
        Discovery discovery =
                new Discovery(nodes, () -> NO_DOCKER, List.of(), DiscoveredAddresses.at(List.of("pg1", "::1")));

        assertThat(discovery.look())
                .isEqualTo(new Discovery.Finding.Nothing(
                        "no Docker socket at /var/run/docker.sock; pg1, ::1 on ports 8091 and 8008"));
        assertThat(nodes.asked)
                .containsExactlyInAnyOrder(
                        "pg1:8091/cluster", "pg1:8008/cluster", "::1:8091/cluster", "::1:8008/cluster");
    }

    @Test
    void withoutUsualHostsNothingOfThisMachineIsTried() {
        Discovery discovery = new Discovery(nodes, () -> NO_DOCKER, List.of(), DiscoveredAddresses.at(List.of()));

        assertThat(discovery.look())
                .isEqualTo(new Discovery.Finding.Nothing("no Docker socket at /var/run/docker.sock"));
        assertThat(nodes.asked).isEmpty();
    }

    private List<String> look(Answer<EngineView> docker, String... configured) {
        List<ApiUrl> urls = List.of(configured).stream().map(ApiUrl::parse).toList();
        Discovery.Finding finding = new Discovery(nodes, () -> docker, urls, DiscoveredAddresses.usual()).look();
        assertThat(finding).isInstanceOf(Discovery.Finding.Found.class);
        return ((Discovery.Finding.Found) finding)
                .urls().stream().map(ApiUrl::toString).toList();
    }

    private static Answer<EngineView> given(EngineView view) {
        return new Answer.Given<>(view, Duration.ofMillis(5));
    }
}
