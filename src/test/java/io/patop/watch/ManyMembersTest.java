package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.patop.cluster.ClusterView;
import io.patop.cluster.Failure;
import io.patop.patroni.PatroniJson;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.rules.Reducer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster of 10,000 members, real or pretended: what an observation costs grows with them, and not with their
 * square. Counted in bytes that are made, since those are the same in each run. The bound of time only ends what would
 * never end: on a machine busy with other work the longest of these took five minutes.
 */
@Timeout(1800)
class ManyMembersTest {

    private static final int MANY = 10_000;
    private static final URI URL = URI.create("http://127.0.0.1:8008");
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aNodesAnswerCostsThePointersAndNoMore() {
        ManyNodes crowd = ManyNodes.of(MANY);
        long made = made(() -> crowd.nodes().subList(0, 100).forEach(node -> reduce(crowd.dashboard(), node)));

        assertThat(made / 100).isLessThan(MANY * 16L + 10_000);
    }

    @Test
    void anAnswerOfClusterCostsTheSameOfEachMember() {
        ManyNodes few = ManyNodes.of(MANY / 10);
        ManyNodes many = ManyNodes.of(MANY);
        long ofFew = made(() -> reduce(few.dashboard(), few.listed()));
        long ofMany = made(() -> reduce(many.dashboard(), many.listed()));

        assertThat(ofMany).isLessThan(12 * ofFew).isLessThan(MANY * 2_000L);
        for (int i = 0; i < 100; i++) {
            reduce(many.dashboard(), many.listed());
        }
    }

    @Test
    void aFailoverOfThemAllIsFollowedToItsEnd() {
        ManyNodes crowd = ManyNodes.of(MANY);
        Dashboard now = crowd.dashboard();
        String old = now.leadership().leader().orElseThrow();
        String next = crowd.dashboard().members().lastKey();
        Instant at = ReducerStory.START.plusSeconds(10);
        now = reduce(now, new Observation.NodeFailed(at, old, URL, new Failure(Failure.Kind.REFUSED, "refused")));
        now = reduce(
                now,
                listed(
                        at.plusSeconds(20),
                        now.members().keySet().stream()
                                .filter(name -> !name.equals(old))
                                .map(name -> name.equals(next)
                                        ? ReducerStory.leader(name, 2)
                                        : ReducerStory.replica(name, 2, 0))
                                .collect(Collectors.joining(","))));
        now = reduce(now, answer(at.plusSeconds(21), next, primary(now, next)));
        for (String name : now.members().keySet()) {
            if (!name.equals(next)) {
                now = reduce(
                        now,
                        answer(
                                at.plusSeconds(22),
                                name,
                                "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":2}"));
            }
        }

        assertThat(now.failover()).isEmpty();
        assertThat(now.pastFailovers()).singleElement().satisfies(change -> {
            assertThat(change.newLeader()).contains(next);
            assertThat(change.reached()).containsKeys(Phase.REPLICAS_STREAMING, Phase.OLD_LEADER_BACK);
        });
    }

    @Test
    void ofMoreMembersSoManyAreTakenAndTheOthersCounted() throws IOException {
        ClusterView view = view(IntStream.range(0, MANY + 2_345)
                .mapToObj(i -> ReducerStory.replica("m" + i, 1, 0))
                .collect(Collectors.joining(",")));

        assertThat(view.members()).hasSize(ClusterView.MOST_MEMBERS);
        assertThat(view.leftOut()).contains(2_345);
        assertThat(view("{\"name\":\"a\"},{\"name\":\"a\"}").leftOut()).isEmpty();
    }

    /** A hostile node may list other names each time it is asked. */
    @Test
    void namesThatComeAndGoWithoutEndAreForgotten() {
        Dashboard now = ReducerStory.healthy().dashboard();
        for (int round = 0; round < 8; round++) {
            int first = round * 4_000;
            now = reduce(
                    now,
                    listed(
                            ReducerStory.START.plusSeconds(round),
                            ReducerStory.leader("a", 1) + ","
                                    + IntStream.range(first, first + 4_000)
                                            .mapToObj(i -> ReducerStory.replica("m" + i, 1, 0))
                                            .collect(Collectors.joining(","))));
        }

        assertThat(now.members()).hasSize(ClusterView.MOST_MEMBERS).containsKeys("a", "m31999", "m28000", "m24000");
        assertThat(now.members()).doesNotContainKeys("m0", "m19999");
        assertThat(now.leader().flatMap(WatchedMember::status)).isPresent();
        assertThat(now.events()).hasSizeLessThanOrEqualTo(Dashboard.EVENTS);
    }

    private static Dashboard reduce(Dashboard before, Observation observation) {
        return Reducer.reduce(before, observation);
    }

    private static long made(Runnable work) {
        work.run();
        long before = THREAD.getCurrentThreadAllocatedBytes();
        work.run();
        return THREAD.getCurrentThreadAllocatedBytes() - before;
    }

    private static String primary(Dashboard dashboard, String name) {
        return "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":2,\"replication\":["
                + dashboard.members().keySet().stream()
                        .filter(other -> !other.equals(name))
                        .map(other -> "{\"application_name\":\"" + other
                                + "\",\"state\":\"streaming\",\"sync_state\":\"async\"}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static Observation answer(Instant at, String name, String json) {
        try {
            return new Observation.NodeAnswered(
                    at, name, URL, Duration.ofMillis(3), PatroniJson.node(PatroniJson.tree(bytes(json))));
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static Observation listed(Instant at, String members) {
        try {
            return new Observation.ClusterAnswered(at, URL, Duration.ofMillis(3), view(members));
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static ClusterView view(String members) throws IOException {
        return PatroniJson.cluster(PatroniJson.tree(bytes("{\"members\":[" + members + "]}")));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
