package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.Role;
import io.patop.cluster.State;
import io.patop.cluster.Tags;
import io.patop.docker.Attachment;
import io.patop.docker.Container;
import io.patop.docker.EngineInfo;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.watch.ReducerStory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which service or container a fault at a member is aimed at. */
public class WorkloadTest {

    private static final Service ETCD = service("e1", "patroni_etcd");
    private static final Service ONE = service("s1", "patroni_patroni1");
    private static final Service TWO = service("s2", "db_second");

    @Test
    void aMemberIsFoundByItsAddressWhateverTheServiceIsCalled() {
        EngineView view =
                view(List.of(ETCD, ONE, TWO), List.of(task("t1", "s1", "10.0.0.1"), task("t2", "s2", "10.0.0.2")));

        assertThat(Workload.of(member("patroni2", "10.0.0.2"), new EngineIndex(view), Map.of(), true)
                        .map(Workload::name))
                .contains("db_second");
    }

    @Test
    void anAddressThatSeveralHaveTellsNothingAndTheNameDecides() {
        EngineView view =
                view(List.of(ETCD, ONE), List.of(task("t0", "e1", "127.0.0.1"), task("t1", "s1", "127.0.0.1")));

        assertThat(Workload.of(member("patroni1", "127.0.0.1"), new EngineIndex(view), Map.of(), true)
                        .map(Workload::name))
                .contains("patroni_patroni1");
        assertThat(Workload.of(member("other", "127.0.0.1"), new EngineIndex(view), Map.of(), true))
                .isEmpty();
    }

    @Test
    void aServiceAtZeroIsRemembered() {
        Workload known = new Workload(Workload.Kind.SERVICE, "s2", "db_second");
        EngineView view = view(List.of(ETCD, ONE, TWO), List.of());

        assertThat(Workload.of(member("patroni2", "10.0.0.2"), new EngineIndex(view), Map.of("patroni2", known), false))
                .contains(known);
    }

    @Test
    void theAddressOfASilentMemberMayHavePassedToAnotherAndProvesNothing() {
        Workload known = new Workload(Workload.Kind.SERVICE, "s2", "db_second");
        EngineView view = view(List.of(ONE, TWO), List.of(task("t1", "s1", "10.0.0.2")));

        assertThat(Workload.of(member("patroni2", "10.0.0.2"), new EngineIndex(view), Map.of("patroni2", known), false))
                .contains(known);
    }

    /** A fault at patroni1 must not hit who has its address now. */
    @Test
    void aSilentMembersNameSaysMoreThanAnAddressThatMayHavePassed() {
        Service two = service("s2", "patroni_patroni2");
        EngineView view = view(List.of(ONE, two), List.of(task("t2", "s2", "10.0.0.1")));

        assertThat(Workload.of(member("patroni1", "10.0.0.1"), new EngineIndex(view), Map.of(), false)
                        .map(Workload::name))
                .contains("patroni_patroni1");
    }

    @Test
    void whatRunsAMemberThatAnswersRunsNoSilentOneToo() {
        String both = "\"host\":\"10.0.0.2\"";
        ReducerStory told = new ReducerStory()
                .cluster(
                        ReducerStory.leader("x", 1).replaceFirst("\"host\":\"[^\"]*\"", both),
                        ReducerStory.replica("y", 1, 0).replaceFirst("\"host\":\"[^\"]*\"", both))
                .silent("x")
                .standby("y", 1)
                .docker(view(List.of(TWO), List.of(task("t2", "s2", "10.0.0.2"))));

        assertThat(told.dashboard().workloads()).containsOnlyKeys("y");
    }

    @Test
    void aServiceThatIsGoneIsForgotten() {
        Workload known = new Workload(Workload.Kind.SERVICE, "s9", "gone");

        assertThat(Workload.of(
                        member("x", "10.0.0.9"),
                        new EngineIndex(view(List.of(ONE), List.of())),
                        Map.of("x", known),
                        false))
                .isEmpty();
    }

    @Test
    void aComposeContainerIsFoundByItsServiceOrName() {
        Container compose = container("c1", "db-patroni1-1", Optional.of("patroni1"));
        EngineView view = new EngineView(engine(), List.of(), List.of(), List.of(compose), Optional.of("no swarm"));

        assertThat(Workload.of(member("patroni1", "172.18.0.9"), new EngineIndex(view), Map.of(), true))
                .contains(new Workload(Workload.Kind.CONTAINER, "c1", "db-patroni1-1"));
    }

    private static Member member(String name, String host) {
        return new Member(
                name,
                Role.of("replica"),
                State.of("running"),
                Optional.of(new PostgresAddress(host, 5432)),
                Optional.empty(),
                Optional.empty(),
                Lag.of(0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Tags.NONE,
                Optional.empty(),
                Optional.empty());
    }

    private static EngineInfo engine() {
        return new EngineInfo("host", "20.10", "n1", EngineInfo.Swarm.MANAGER);
    }

    public static EngineView view(List<Service> services, List<Task> tasks) {
        return new EngineView(engine(), services, tasks, List.of(), Optional.empty());
    }

    public static Service service(String id, String name) {
        return new Service(
                id,
                name,
                Service.Mode.REPLICATED,
                Optional.of(1),
                Optional.of(1),
                "image",
                Optional.empty(),
                Set.of(),
                List.of(),
                Optional.empty());
    }

    public static Task task(String id, String service, String address) {
        return new Task(
                id,
                service,
                Optional.of(1),
                Optional.empty(),
                "running",
                "running",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(new Attachment("n", "patroni_patroni", Set.of(address))));
    }

    private static Container container(String id, String name, Optional<String> compose) {
        return new Container(
                id, name, "image", "running", "Up", Optional.empty(), Optional.empty(), compose, Map.of(), Set.of());
    }
}
