package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.patroni.ApiUrl;
import io.patop.time.SteadyClock;
import io.patop.watch.FakeNodes;
import io.patop.watch.ManualTime;
import io.patop.watch.ReducerStory;
import io.patop.watch.SuspendDetector;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a source asks and when: gently, one request of a kind at a time, and on to another where one fails. */
class PatroniSourceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String RUNNING = "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1}";

    private final ManualTime time = new ManualTime();
    private final FakeNodes nodes = new FakeNodes();
    private final List<Observation> seen = new ArrayList<>();
    private final List<ApiUrl> seeds = new ArrayList<>(List.of(ApiUrl.parse("a:8091")));
    private final Map<String, ApiUrl> byMember = new HashMap<>();
    private Duration interval = SECOND;
    private final SuspendDetector sink = new SuspendDetector(
            seen::add,
            new SteadyClock(
                    time.clock(),
                    () -> ChronoUnit.NANOS.between(Instant.EPOCH, time.clock().instant())),
            time);

    private final PatroniSource source = new PatroniSource(
            nodes,
            new PatroniSource.Seeds() {
                @Override
                public List<ApiUrl> urls() {
                    return seeds;
                }

                @Override
                public Map<String, ApiUrl> byMember() {
                    return byMember;
                }
            },
            sink,
            () -> interval,
            time.clock(),
            time);

    @BeforeEach
    void threeMembers() {
        sink.start();
        for (String name : List.of("a", "b", "c")) {
            nodes.sees(
                            name + ":8091",
                            ReducerStory.leader("a", 1),
                            ReducerStory.replica("b", 1, 0),
                            ReducerStory.replica("c", 1, 0))
                    .answers(name + ":8091", RUNNING);
        }
    }

    @AfterEach
    void endsSilently() {
        source.close();
        nodes.asked.clear();
        time.pass(Duration.ofMinutes(1));
        assertThat(nodes.asked).isEmpty();
    }

    @Test
    void ofACrowdItAsksTheLeaderAlwaysAndTheOthersInTurn() {
        List<String> names =
                IntStream.range(0, 200).mapToObj(i -> "%03d".formatted(i)).toList();
        nodes.sees(
                "a:8091",
                names.stream()
                        .map(name -> name.equals("150")
                                ? ReducerStory.leader("n150", 1)
                                : ReducerStory.replica("n" + name, 1, 0))
                        .toArray(String[]::new));
        names.forEach(name -> nodes.answers("n" + name + ":8091", RUNNING));
        source.start();
        time.pass(Duration.ofMillis(500));
        assertThat(nodes.times("n000:8091/patroni")).isEqualTo(1);
        nodes.asked.clear();

        int seconds = 41;
        time.pass(Duration.ofSeconds(seconds));

        assertThat(nodes.times("n150:8091/patroni")).isEqualTo(seconds);
        assertThat(nodes.asked.stream().filter(request -> request.matches("n\\d+:8091/patroni")))
                .hasSize(seconds * RequestQueue.EACH_SECOND);
        for (String name : names) {
            assertThat(nodes.times("n" + name + ":8091/patroni")).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void fromOneMemberItFindsAllAndAsksEachOnceATick() {
        source.start();
        time.pass(Duration.ofMillis(500));

        assertThat(nodes.asked)
                .contains("a:8091/cluster", "a:8091/patroni", "b:8091/patroni", "c:8091/patroni")
                .doesNotContain("b:8091/cluster", "c:8091/cluster");

        nodes.asked.clear();
        time.pass(Duration.ofSeconds(10));
        assertThat(nodes.times("b:8091/cluster"))
                .as("the leader is what will be gone: another is asked for the cluster")
                .isEqualTo(10);
        assertThat(nodes.times("a:8091/cluster")).isZero();
        assertThat(nodes.times("b:8091/patroni")).isEqualTo(10);
        assertThat(nodes.asked).noneMatch(request -> request.endsWith("/history"));
    }

    @Test
    void aMemberThatHangsIsNotAskedASecondTimeAndHoldsUpNobody() {
        source.start();
        time.pass(SECOND);
        nodes.hangs("b:8091");
        time.pass(SECOND);
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(20));

        assertThat(nodes.times("b:8091/patroni")).isZero();
        assertThat(nodes.times("c:8091/patroni")).isEqualTo(20);
        assertThat(nodes.times("b:8091/cluster")).isEqualTo(20);
    }

    /** Seen after switchovers: one request hung for 3 s, while the node answered others. */
    @Test
    void aSingleRequestThatHangsIsNoSilence() {
        source.start();
        time.pass(SECOND);
        nodes.hangs("b:8091");
        time.pass(Duration.ofSeconds(3));
        nodes.lets("b:8091");
        time.pass(Duration.ofSeconds(5));

        assertThat(seen).noneMatch(Observation.NodeFailed.class::isInstance);
    }

    @Test
    void aMemberThatHangsOnIsToldASecondAfterItsRequestTimedOut() {
        source.start();
        time.pass(SECOND);
        nodes.hangs("b:8091");
        time.pass(Duration.ofSeconds(3));
        nodes.timesOut("b:8091");
        Instant timedOut = time.clock().instant();
        time.pass(Duration.ofMillis(900));
        assertThat(seen).noneMatch(Observation.NodeFailed.class::isInstance);
        time.pass(Duration.ofMillis(200));

        assertThat(seen)
                .filteredOn(Observation.NodeFailed.class::isInstance)
                .singleElement()
                .satisfies(failed -> assertThat(failed.at()).isEqualTo(timedOut));
    }

    @Test
    void aMemberThatIsKnownToStopIsToldAsSoonAsItsRequestTimedOut() {
        source.start();
        time.pass(SECOND);
        nodes.hangs("b:8091")
                .sees("a:8091", ReducerStory.leader("a", 1), ReducerStory.stopped("b"))
                .sees("c:8091", ReducerStory.leader("a", 1), ReducerStory.stopped("b"))
                .sees("b:8091", ReducerStory.leader("a", 1), ReducerStory.stopped("b"));
        time.pass(Duration.ofSeconds(3));
        nodes.timesOut("b:8091");
        time.pass(Duration.ofMillis(100));

        assertThat(seen).filteredOn(Observation.NodeFailed.class::isInstance).hasSize(1);
    }

    /** Else nobody could take over for a minute, by a synchronous mode that has been switched off. */
    @Test
    void theConfigurationIsAskedForAgainWhenASynchronousStandbyComesOrGoes() {
        source.start();
        time.pass(Duration.ofSeconds(10));
        nodes.sees(
                "b:8091",
                ReducerStory.leader("a", 1),
                ReducerStory.replica("b", 1, 0),
                ReducerStory.member("c", "sync_standby", "running", "\"timeline\":1,\"lag\":0"));
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(2));
        assertThat(nodes.times("b:8091/config")).isEqualTo(1);

        nodes.sees(
                "b:8091",
                ReducerStory.leader("a", 1),
                ReducerStory.replica("b", 1, 0),
                ReducerStory.replica("c", 1, 0));
        time.pass(Duration.ofSeconds(2));
        assertThat(nodes.times("b:8091/config")).isEqualTo(2);
    }

    /** Each request takes a connection, and a hostile {@code /cluster} can list any number of addresses. */
    @Test
    void ofVeryManyMembersOnlySoManyAreAskedAtOnceAndEachInItsTurn() {
        String[] listed = IntStream.range(0, 1_000)
                .mapToObj(i -> ReducerStory.replica("m" + i, 1, 0))
                .toArray(String[]::new);
        nodes.sees("a:8091", listed);
        IntStream.range(0, RequestQueue.AT_ONCE).forEach(i -> nodes.hangs("m" + i + ":8091"));
        source.start();
        time.pass(Duration.ofSeconds(5));
        assertThat(nodes.asked.stream().filter(request -> request.matches("m\\d+:8091/patroni")))
                .hasSize(RequestQueue.AT_ONCE);

        nodes.lets("m0:8091");
        time.pass(SECOND);
        assertThat(IntStream.range(0, 1_000).filter(i -> nodes.times("m" + i + ":8091/patroni") == 0))
                .isEmpty();
    }

    @Test
    void anyOtherMemberIsAskedForTheClusterWhenTheFirstIsGone() {
        source.start();
        time.pass(SECOND);
        time.pass(SECOND);
        nodes.down("b:8091");
        seen.clear();
        time.pass(SECOND);

        assertThat(seen)
                .anyMatch(observation -> observation instanceof Observation.ClusterFailed failed
                        && failed.via().getHost().equals("b"));
        assertThat(seen)
                .anyMatch(observation -> observation instanceof Observation.ClusterAnswered answered
                        && answered.via().getHost().equals("c"));
        assertThat(seen)
                .anyMatch(observation -> observation instanceof Observation.NodeFailed failed
                        && failed.member().equals("b"));
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(nodes.times("c:8091/cluster"))
                .as("it stays with whoever answers")
                .isEqualTo(5);
        assertThat(nodes.times("b:8091/cluster")).isZero();
    }

    @Test
    void aClusterThatHangsOnANodeIsLeftToRestThere() {
        source.start();
        time.pass(SECOND);
        for (String name : List.of("a", "b", "c")) {
            nodes.clusterFails(name + ":8091", Failure.Kind.TIMED_OUT);
        }
        time.pass(SECOND);
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(9));

        assertThat(nodes.asked)
                .as("the DCS is gone; each holds a request for 10 s")
                .noneMatch(request -> request.endsWith("/cluster"));
        assertThat(nodes.times("c:8091/patroni")).isEqualTo(9);
        time.pass(Duration.ofSeconds(3));
        assertThat(nodes.asked).anyMatch(request -> request.endsWith("/cluster"));
    }

    /** Discovery's usual ports are guesses: nobody need listen there. */
    @Test
    void whileTheClusterHangsOnAllNodesThatAnswerNoGuessIsAsked() {
        seeds.add(ApiUrl.parse("a:8008"));
        nodes.down("a:8008");
        source.start();
        time.pass(SECOND);
        for (String name : List.of("a", "b", "c")) {
            nodes.clusterFails(name + ":8091", Failure.Kind.TIMED_OUT);
        }
        time.pass(SECOND);
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(nodes.asked).noneMatch(request -> request.startsWith("a:8008/"));

        for (String name : List.of("a", "b", "c")) {
            nodes.down(name + ":8091");
        }
        time.pass(Duration.ofSeconds(5));
        assertThat(nodes.asked).as("they may have moved").anyMatch(request -> request.startsWith("a:8008/"));
    }

    /** A node tells by itself that it has read the DCS again, before it has given up the request that hangs. */
    @Test
    void aNodeThatHasReadTheDcsAgainIsAskedForTheClusterAtOnce() {
        source.start();
        time.pass(SECOND);
        for (String name : List.of("a", "b", "c")) {
            nodes.clusterFails(name + ":8091", Failure.Kind.TIMED_OUT);
            nodes.answers(name + ":8091", RUNNING.replace("{", "{\"dcs_last_seen\":1700000000,"));
        }
        time.pass(Duration.ofSeconds(3));
        for (String name : List.of("a", "b", "c")) {
            nodes.sees(
                    name + ":8091",
                    ReducerStory.leader("a", 1),
                    ReducerStory.replica("b", 1, 0),
                    ReducerStory.replica("c", 1, 0));
        }
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(2));
        assertThat(nodes.asked).noneMatch(request -> request.endsWith("/cluster"));

        nodes.answers("b:8091", RUNNING.replace("{", "{\"dcs_last_seen\":1700000005,"));
        time.pass(Duration.ofSeconds(2));
        assertThat(nodes.asked).contains("b:8091/cluster").doesNotContain("a:8091/cluster");
    }

    /** A leader that was cut off may still run as primary when its key has long expired (seen on 4.1.5). */
    @Test
    void aMemberThatHasLeftIsAskedOnForMinutes() {
        source.start();
        time.pass(SECOND);
        nodes.down("b:8091");
        for (String node : List.of("a:8091", "c:8091")) {
            nodes.sees(node, ReducerStory.leader("a", 1), ReducerStory.replica("c", 1, 0));
        }
        time.pass(Duration.ofSeconds(3));
        nodes.answers("b:8091", RUNNING);
        seen.clear();
        time.pass(Duration.ofSeconds(2));

        assertThat(seen)
                .anyMatch(observation -> observation instanceof Observation.NodeAnswered answered
                        && answered.member().equals("b"));
        nodes.down("b:8091");
        time.pass(Duration.ofMinutes(6));
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(nodes.times("b:8091/patroni")).isZero();
    }

    @Test
    void anAddressThatChangesIsFollowed() {
        source.start();
        time.pass(SECOND);
        nodes.answers("d:8091", RUNNING);
        String moved = ReducerStory.replica("b", 1, 0).replace("http://b:8091", "http://d:8091");
        for (String node : List.of("a:8091", "b:8091", "c:8091")) {
            nodes.sees(node, ReducerStory.leader("a", 1), moved, ReducerStory.replica("c", 1, 0));
        }
        time.pass(SECOND);
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(3));

        assertThat(nodes.times("d:8091/patroni")).isEqualTo(3);
        assertThat(nodes.times("b:8091/patroni")).isZero();
    }

    @Test
    void anAddressThatAPersonGaveForAMemberGoesBeforeWhatItPublished() {
        byMember.put("b", ApiUrl.parse("localhost:18092"));
        nodes.answers("localhost:18092", RUNNING);
        source.start();
        time.pass(Duration.ofSeconds(3));

        assertThat(nodes.times("localhost:18092/patroni")).isPositive();
        assertThat(nodes.times("b:8091/patroni")).isZero();
    }

    /** Behind mapped ports the members publish addresses that only they can reach. */
    @Test
    void aSeedThatTellsItsNameStandsInForAPublishedAddressOutOfReach() {
        seeds.set(0, ApiUrl.parse("localhost:18091"));
        nodes.sees("localhost:18091", ReducerStory.leader("a", 1));
        nodes.answers("localhost:18091", "{\"state\":\"running\",\"role\":\"primary\",\"patroni\":{\"name\":\"a\"}}");
        nodes.down("a:8091");
        source.start();
        time.pass(Duration.ofSeconds(3));
        seen.clear();
        time.pass(SECOND);

        assertThat(seen)
                .anyMatch(observation -> observation instanceof Observation.NodeAnswered answered
                        && answered.member().equals("a")
                        && answered.url().getPort() == 18091);
        assertThat(seen).noneMatch(observation -> observation instanceof Observation.NodeFailed);
    }

    /** What was under way when the process was stopped runs into its bounds when it goes on. */
    @ParameterizedTest
    @ValueSource(ints = {6, 9, 3600})
    void whatASleepLeftUnansweredIsNoFailureOfTheNodes(int seconds) {
        source.start();
        time.pass(SECOND);
        nodes.hangs("b:8091");
        time.pass(SECOND);
        time.sleep(Duration.ofSeconds(seconds));
        seen.clear();
        nodes.asked.clear();
        nodes.timesOut("b:8091");
        time.runReady();
        assertThat(seen).noneMatch(observation -> observation instanceof Observation.NodeFailed);

        nodes.answers("b:8091", RUNNING);
        time.pass(SECOND);
        assertThat(seen)
                .anyMatch(observation -> observation instanceof Observation.NodeAnswered answered
                        && answered.member().equals("b"));
        assertThat(nodes.asked).as("none of the missed ticks is made up for").hasSizeLessThan(12);
    }

    @Test
    void itAsksQuicklyAsSoonAsItIsToldTo() {
        interval = Duration.ofSeconds(60);
        source.start();
        time.pass(SECOND);
        nodes.asked.clear();
        interval = PollInterval.QUICK;
        source.hurry();
        time.pass(SECOND);

        assertThat(nodes.times("b:8091/cluster")).isBetween(5L, 6L);
    }

    @Test
    void whenNobodyIsLeftTheSeedsAreAskedAgainWhereverTheyAreNow() {
        source.start();
        time.pass(SECOND);
        nodes.down("a:8091").down("b:8091").down("c:8091");
        seeds.add(ApiUrl.parse("10.0.0.9:8091"));
        nodes.sees("10.0.0.9:8091", ReducerStory.leader("a", 1)).answers("10.0.0.9:8091", RUNNING);
        seen.clear();
        time.pass(SECOND);

        assertThat(seen)
                .anyMatch(observation -> observation instanceof Observation.ClusterAnswered answered
                        && answered.via().getHost().equals("10.0.0.9"));
    }

    /** A node whose {@code /cluster} is slow is not waited for, and what it says in the end is older than what is known. */
    @Test
    void aSecondNodeIsAskedForTheClusterWhereTheFirstIsSlow() {
        source.start();
        time.pass(SECOND);
        nodes.clusterHangs("b:8091");
        seen.clear();
        nodes.asked.clear();
        time.pass(SECOND);
        time.pass(ClusterRequests.SLOW.minusMillis(1));
        assertThat(clustersAsked()).isEqualTo(1);
        time.pass(Duration.ofMillis(2));
        assertThat(clustersAsked()).isEqualTo(2);
        assertThat(clusterAnswers()).hasSize(1);

        time.pass(Duration.ofMillis(1500));
        seen.clear();
        nodes.letsCluster("b:8091");
        time.runReady();
        assertThat(clusterAnswers()).as("asked before what has been answered").isEmpty();
        nodes.asked.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(clustersAsked()).isEqualTo(5);
    }

    /** The leader dies while it is asked for the cluster: its own API's refusal is sign enough. */
    @Test
    void anotherIsAskedForTheClusterAsSoonAsTheOneAskedIsLost() {
        source.start();
        time.pass(SECOND);
        nodes.clusterHangs("b:8091").hangs("b:8091");
        time.pass(SECOND);
        nodes.asked.clear();
        nodes.timesOut("b:8091");
        time.runReady();

        assertThat(nodes.asked).containsOnlyOnce("c:8091/cluster");
    }

    /** Where the DCS is gone, {@code /cluster} hangs on every node. */
    @Test
    void neverMoreThanTwoAreAskedForTheClusterAtATime() {
        for (String name : List.of("d", "e", "f")) {
            seeds.add(ApiUrl.parse(name + ":8091"));
        }
        source.start();
        time.pass(SECOND);
        List.of("a", "b", "c", "d", "e", "f").forEach(name -> nodes.clusterHangs(name + ":8091"));
        nodes.asked.clear();
        time.pass(Duration.ofMillis(2500));
        assertThat(clustersAsked()).isEqualTo(ClusterRequests.AT_ONCE);

        nodes.clusterTimesOut("b:8091");
        time.pass(Duration.ofMillis(100));
        assertThat(clustersAsked()).isEqualTo(ClusterRequests.AT_ONCE + 1);
    }

    /** A cluster far away is always slow: that is no reason to ask twice as much. */
    @Test
    void whereEachAnswerIsSlowOnlyAFarSlowerOneIsASlowOne() {
        ClusterRequests requests = new ClusterRequests();
        for (int i = 0; i < 20; i++) {
            requests.begin(List.of(ApiUrl.parse("a:8091")));
            assertThat(requests.answered(requests.next().orElseThrow(), Duration.ofMillis(400)))
                    .isTrue();
        }

        assertThat(requests.patience()).isBetween(SECOND, Duration.ofMillis(1200));
    }

    private long clustersAsked() {
        return nodes.asked.stream()
                .filter(request -> request.endsWith("/cluster"))
                .count();
    }

    private List<Observation> clusterAnswers() {
        return seen.stream()
                .filter(Observation.ClusterAnswered.class::isInstance)
                .toList();
    }
}
