package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.control.PatroniCommands;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.CommandReply;
import io.patop.patroni.NodeCommands;
import io.patop.watch.model.Action;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.source.PatroniSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses that pass to others, and two clusters of one name: whose is whose, and nothing goes to the wrong one. */
class StrangersTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String MINE = "7000000000000000001";
    private static final String THEIRS = "7000000000000000002";

    private final ManualTime time = new ManualTime();
    private final FakeNodes nodes = new FakeNodes();
    private final List<String> sent = new ArrayList<>();
    private final Session session = new Session();

    @Test
    void whereTwoPublishOneAddressAndNoNameIsToldNeitherIsShownByIt() {
        String passed = ReducerStory.replica("c", 1, 0).replace("http://c:", "http://b:");
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .cluster(ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), passed)
                .standby("b", 1);

        assertThat(told.dashboard().member("b").orElseThrow().api())
                .isInstanceOfSatisfying(Api.Silent.class, silent -> {
                    assertThat(silent.failure().kind()).isEqualTo(Failure.Kind.STRANGER);
                    assertThat(silent.failure().message())
                            .isEqualTo("http://b:8091: c has published that address too, and what answers there does"
                                    + " not tell its name");
                });
        told.node("b", status("b", MINE));
        assertThat(told.dashboard().member("b").orElseThrow().answers()).isTrue();
    }

    @Test
    void aNodeOfAClusterOfAnotherNameIsNoMember() {
        ReducerStory told = ReducerStory.healthy()
                .node(
                        "b",
                        "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"patroni\":{\"scope\":\"other\"}}");

        assertThat(told.dashboard().member("b").orElseThrow().isSilent()).isTrue();
        assertThat(told.dashboard().events()).singleElement().satisfies(event -> assertThat(event.text())
                .contains("b: REST API gives no usable answer (another answers there)"));
    }

    static List<PatroniCommand> orders() {
        DynamicConfig seen = new DynamicConfig(Map.of("ttl", 30));
        return List.of(
                new PatroniCommand.Restart("b", false, Optional.empty()),
                new PatroniCommand.CancelRestart("b"),
                new PatroniCommand.Reload(List.of("b")),
                new PatroniCommand.Reinitialize("b"),
                new PatroniCommand.Switchover("a", Optional.of("b"), Optional.empty()),
                new PatroniCommand.Failover("b"),
                new PatroniCommand.CancelSwitchover(),
                new PatroniCommand.Maintenance(true),
                new PatroniCommand.ChangeConfig(seen, new DynamicConfig(Map.of("ttl", 20))),
                new PatroniCommand.RollingRestart(List.of("b"), Optional.of("a"), false));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void nothingIsSentToWhoeverElseAnswersThereNow(PatroniCommand order) {
        healthy();
        nodes.answers("a:8091", status("c", MINE)).answers("b:8091", status("c", MINE));
        assertThat(outcome(order)).contains("another member answers there: c; nothing was sent to it in place of ");
        assertThat(sent).isEmpty();

        nodes.answers("a:8091", status("a", THEIRS)).answers("b:8091", status("b", THEIRS));
        assertThat(outcome(order))
                .contains("a node of another database cluster answers there: system identifier " + THEIRS)
                .contains("nothing was sent");
        assertThat(sent).isEmpty();

        nodes.down("a:8091").down("b:8091");
        assertThat(outcome(order)).contains("8091: refused");
        assertThat(sent).isEmpty();
    }

    @Test
    void toWhomItNamesItIsSentOnce() {
        healthy();
        assertThat(outcome(new PatroniCommand.Reinitialize("b"))).isEqualTo("done");
        assertThat(sent).containsExactly("reinitialize http://b:8091");
    }

    @Test
    void ofTwoClustersWithOneNameTheFirstIsShownAndTheOtherIsNamed() {
        healthy();
        cluster("x", "y");
        watch("a:8091", "x:8091");
        time.pass(Duration.ofSeconds(5));

        assertThat(session.dashboard().members().keySet()).containsExactly("a", "b", "c");
        assertThat(session.dashboard().identity().systemIdentifier()).contains(MINE);
        assertThat(session.dashboard().events())
                .filteredOn(event -> event.kind() == Event.Kind.OTHER_CLUSTER)
                .singleElement()
                .satisfies(event -> assertThat(event.text())
                        .isEqualTo("http://x:8091: a node of another database cluster answers there: system identifier "
                                + THEIRS + "; it is not shown here, where the one with " + MINE
                                + " is: watch it with a patop of its own"));
    }

    @Test
    void theOtherIsNotShownInItsPlaceWhenTheFirstIsGone() {
        healthy();
        cluster("x", "y");
        watch("a:8091", "x:8091");
        time.pass(Duration.ofSeconds(3));
        for (String node : List.of("a", "b", "c")) {
            nodes.down(node + ":8091");
        }
        time.pass(Duration.ofSeconds(5));

        assertThat(session.dashboard().members().keySet()).containsExactly("a", "b", "c");
        assertThat(session.dashboard().members().values()).allMatch(WatchedMember::isSilent);
        assertThat(session.dashboard().clusterApi())
                .isInstanceOfSatisfying(
                        Dashboard.ClusterApi.Failing.class,
                        failing -> assertThat(failing.failure().kind()).isEqualTo(Failure.Kind.STRANGER));
        assertThat(session.dashboard().leadership().leader()).contains("a");
    }

    /** All addresses of a stack are new when it was restarted: that is the same cluster. */
    @Test
    void aClusterThatMovedAsAWholeIsFollowed() {
        healthy();
        List<ApiUrl> seeds = watch("a:8091");
        time.pass(Duration.ofSeconds(3));
        String[] moved = new String[3];
        for (int i = 0; i < 3; i++) {
            String name = List.of("a", "b", "c").get(i);
            nodes.down(name + ":8091");
            moved[i] = (i == 0 ? ReducerStory.leader(name, 1) : ReducerStory.replica(name, 1, 0))
                    .replace("http://" + name, "http://new" + name);
        }
        for (String name : List.of("a", "b", "c")) {
            nodes.sees("new" + name + ":8091", moved).answers("new" + name + ":8091", status(name, MINE));
        }
        seeds.add(ApiUrl.parse("newb:8091"));
        time.pass(Duration.ofSeconds(3));

        assertThat(session.dashboard().members().values()).allMatch(WatchedMember::answers);
        assertThat(session.dashboard().clusterApi()).isInstanceOf(Dashboard.ClusterApi.Answered.class);
    }

    /** The address of a node that is asked for the cluster passes to a node of the other. */
    @Test
    void anAddressThatPassesToTheOtherClusterIsLeftAtOnce() {
        healthy();
        cluster("x", "y");
        watch("a:8091");
        time.pass(Duration.ofSeconds(3));
        nodes.sees("a:8091", ReducerStory.leader("x", 1), ReducerStory.replica("y", 1, 0))
                .answers("a:8091", status("x", THEIRS));
        time.pass(Duration.ofSeconds(5));

        assertThat(session.dashboard().members().keySet()).containsExactly("a", "b", "c");
        assertThat(session.dashboard().members().values()).allMatch(WatchedMember::isListed);
        assertThat(session.dashboard().member("a").orElseThrow().isSilent()).isTrue();
        assertThat(session.dashboard().member("b").orElseThrow().answers()).isTrue();
        assertThat(session.dashboard().clusterApi()).isInstanceOf(Dashboard.ClusterApi.Answered.class);
    }

    /** Where one address is asked by a name and published by its number, each is asked no more than before. */
    @Test
    void knowingWhoIsWhoCostsNoMoreRequests() {
        healthy();
        nodes.sees(
                        "name:8091",
                        ReducerStory.leader("a", 1),
                        ReducerStory.replica("b", 1, 0),
                        ReducerStory.replica("c", 1, 0))
                .answers("name:8091", status("a", MINE));
        watch("name:8091");
        time.pass(Duration.ofSeconds(3));
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(10));

        assertThat(nodes.asked.stream().filter(request -> request.endsWith("/cluster")))
                .hasSize(10);
        assertThat(nodes.asked.stream().filter(request -> request.endsWith("/patroni")))
                .hasSize(30);
    }

    private List<ApiUrl> watch(String... urls) {
        List<ApiUrl> seeds = new ArrayList<>();
        for (String url : urls) {
            seeds.add(ApiUrl.parse(url));
        }
        PatroniSource source =
                new PatroniSource(nodes, () -> List.copyOf(seeds), session::accept, () -> SECOND, time.clock(), time);
        source.start();
        return seeds;
    }

    private void healthy() {
        for (String name : List.of("a", "b", "c")) {
            nodes.sees(
                            name + ":8091",
                            ReducerStory.leader("a", 1),
                            ReducerStory.replica("b", 1, 0),
                            ReducerStory.replica("c", 1, 0))
                    .answers(name + ":8091", status(name, MINE));
        }
    }

    private void cluster(String leader, String replica) {
        for (String name : List.of(leader, replica)) {
            nodes.sees(name + ":8091", ReducerStory.leader(leader, 1), ReducerStory.replica(replica, 1, 0))
                    .answers(name + ":8091", status(name, THEIRS));
        }
    }

    private static String status(String name, String systemIdentifier) {
        return "{\"state\":\"running\",\"role\":\"" + (name.equals("a") || name.equals("x") ? "primary" : "replica")
                + "\",\"timeline\":1,\"database_system_identifier\":\"" + systemIdentifier
                + "\",\"patroni\":{\"scope\":\"demo\",\"name\":\"" + name + "\"}}";
    }

    /** What came of it, in words. */
    private String outcome(PatroniCommand order) {
        ReducerStory told = ReducerStory.healthy().node("a", status("a", MINE)).node("b", status("b", MINE));
        PatroniCommands commands =
                new PatroniCommands(nodes, commands(), told::dashboard, observation -> {}, time.clock());
        Answer<String> answer =
                commands.carryOut(new Action.OnPatroni(order), step -> {}).join();
        return answer.value().orElseGet(() -> answer.failure().orElseThrow().message());
    }

    private NodeCommands commands() {
        return (NodeCommands) Proxy.newProxyInstance(
                NodeCommands.class.getClassLoader(),
                new Class<?>[] {NodeCommands.class},
                (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    sent.add(method.getName() + " " + arguments[0]);
                    return CompletableFuture.completedFuture(
                            new Answer.Given<>(new CommandReply(200, "done"), Duration.ofMillis(1)));
                });
    }
}
