package io.patop.watch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.NodeStatus;
import io.patop.patroni.PatroniJson;
import io.patop.watch.ReducerStory;
import io.patop.watch.rules.Succession.Change;
import io.patop.watch.rules.Succession.Obstacle;
import io.patop.watch.rules.Succession.Prospect;
import io.patop.watch.rules.Succession.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    private static final String LEADER =
            "{'name':'a','role':'leader','state':'running','api_url':'http://a:8008/patroni','timeline':3}";

    private static ClusterView cluster(String... members) throws Exception {
        String json = "{'members':[" + String.join(",", members) + "]}";
        return PatroniJson.cluster(PatroniJson.tree(bytes(json)));
    }

    private static NodeStatus node(String json) throws Exception {
        return PatroniJson.node(PatroniJson.tree(bytes(json)));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** A replica of that state, with more fields. */
    private static String replica(String name, String state, String more) {
        return "{'name':'" + name + "','role':'replica','state':'" + state + "','api_url':'http://" + name
                + ":8008/patroni'" + more + "}";
    }

    private static Prospect one(Change change, String member) throws Exception {
        Succession succession = Succession.of(change, cluster(LEADER, member), Map.of(), Set.of(), Optional.empty());
        assertThat(succession.leader()).contains("a");
        assertThat(succession.prospects()).hasSize(1);
        return succession.prospects().get(0);
    }

    @Test
    void aReplicaInStepCan() throws Exception {
        Prospect in = one(Change.SWITCHOVER, replica("b", "streaming", ",'timeline':3,'lag':280"));
        assertThat(in.canTakeOver()).isTrue();
        assertThat(in.text()).isEqualTo("can take over, 280 B behind");
    }

    @Test
    void saysWhyOneCannot() throws Exception {
        assertThat(one(Change.FAILOVER, replica("b", "running", ",'timeline':3,'lag':0,'tags':{'nofailover':true}"))
                        .text())
                .isEqualTo("cannot: it is tagged nofailover");
        assertThat(one(Change.FAILOVER, replica("b", "running", ",'timeline':3,'lag':0,'tags':{'failover_priority':0}"))
                        .text())
                .isEqualTo("cannot: its tag failover_priority is 0");
        assertThat(one(Change.FAILOVER, replica("b", "stopped", ",'lag':'unknown'"))
                        .text())
                .isEqualTo("cannot: its PostgreSQL does not run (stopped)");
        assertThat(one(Change.FAILOVER, replica("b", "running", ",'timeline':2,'lag':0"))
                        .text())
                .isEqualTo("cannot: it is on timeline 2, the leader on 3");
        assertThat(one(Change.FAILOVER, replica("b", "running", ",'timeline':3,'lag':23068672"))
                        .text())
                .isEqualTo("cannot: it is 22 MB behind, more than maximum_lag_on_failover (1.0 MB)");
        assertThat(one(Change.FAILOVER, replica("b", "running", ",'timeline':3,'lag':'unknown'"))
                        .text())
                .isEqualTo("cannot: nobody knows how far it is behind");
    }

    @Test
    void theClustersOwnLimitCounts() throws Exception {
        ClusterView view = cluster(LEADER, replica("b", "running", ",'timeline':3,'lag':2000000"));
        DynamicConfig generous = new DynamicConfig(Map.of("maximum_lag_on_failover", 4_000_000));
        assertThat(Succession.of(Change.FAILOVER, view, Map.of(), Set.of(), Optional.of(generous))
                        .able())
                .containsExactly("b");
        assertThat(Succession.of(Change.FAILOVER, view, Map.of(), Set.of(), Optional.empty())
                        .able())
                .isEmpty();
    }

    @Test
    void onlyTheSynchronousStandbyMayBeSwitchedTo() throws Exception {
        ClusterView view = cluster(
                LEADER,
                replica("b", "streaming", ",'timeline':3,'lag':0"),
                replica("c", "streaming", ",'timeline':3,'lag':0").replace("'replica'", "'sync_standby'"));
        for (Object mode : new Object[] {true, "quorum"}) {
            Optional<DynamicConfig> sync = Optional.of(new DynamicConfig(Map.of("synchronous_mode", mode)));
            assertThat(Succession.of(Change.SWITCHOVER, view, Map.of(), Set.of(), sync)
                            .able())
                    .containsExactly("c");
            assertThat(Succession.of(Change.FAILOVER, view, Map.of(), Set.of(), sync)
                            .able())
                    .containsExactly("b", "c");
        }
    }

    @Test
    void aSilentOneCannotAndANodesOwnWordIsNewerThanTheDcs() throws Exception {
        ClusterView view = cluster(
                LEADER,
                replica("b", "streaming", ",'timeline':3,'lag':0"),
                replica("c", "streaming", ",'timeline':3,'lag':0"));
        NodeStatus crashed = node("{'state':'stopped','role':'replica'}");
        Succession succession =
                Succession.of(Change.SWITCHOVER, view, Map.of("c", crashed), Set.of("b"), Optional.empty());
        assertThat(succession.prospect("b").orElseThrow().reasons())
                .extracting(Reason::obstacle)
                .containsExactly(Obstacle.SILENT);
        assertThat(succession.prospect("c").orElseThrow().text())
                .isEqualTo("cannot: its PostgreSQL does not run (stopped)");
        assertThat(succession.able()).isEmpty();
        assertThat(succession.prospect("a")).isEmpty();
    }

    @Test
    void oneThatDoesNotStreamCanAndIsToldOf() throws Exception {
        ClusterView view = cluster(
                LEADER,
                replica("b", "running", ",'timeline':3,'lag':0"),
                replica("c", "running", ",'timeline':3,'lag':0"));
        NodeStatus leader = node("{'state':'running','role':'master','timeline':3,'replication':[{'usename':'r',"
                + "'application_name':'c','client_addr':'','state':'streaming','sync_state':'async'}]}");
        Succession succession = Succession.of(Change.SWITCHOVER, view, Map.of("a", leader), Set.of(), Optional.empty());
        assertThat(succession.able()).containsExactly("b", "c");
        assertThat(succession.prospect("b").orElseThrow().text())
                .isEqualTo("can take over, 0 B behind, but it does not stream");
        assertThat(succession.prospect("c").orElseThrow().text()).isEqualTo("can take over, 0 B behind");
    }

    @Test
    void withoutALeaderNobodyIsCompared() throws Exception {
        Succession succession = Succession.of(
                Change.FAILOVER,
                cluster(replica("b", "running", ",'timeline':3,'lag':0")),
                Map.of(),
                Set.of(),
                Optional.empty());
        assertThat(succession.leader()).isEmpty();
        assertThat(succession.able()).containsExactly("b");
    }

    @Test
    void theDashboardKnowsItToo() {
        Succession succession =
                Succession.of(Change.SWITCHOVER, ReducerStory.healthy().dashboard());
        assertThat(succession.leader()).contains("a");
        assertThat(succession.able()).containsExactly("b", "c");
    }
}
