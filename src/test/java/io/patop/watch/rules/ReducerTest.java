package io.patop.watch.rules;

import static io.patop.watch.ReducerStory.leader;
import static io.patop.watch.ReducerStory.member;
import static io.patop.watch.ReducerStory.replica;
import static io.patop.watch.ReducerStory.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patop.cluster.Failure;
import io.patop.cluster.Timeline;
import io.patop.control.Availability;
import io.patop.control.DockerAvailability;
import io.patop.docker.EngineInfo;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.patroni.PatroniJson;
import io.patop.text.DurationText;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DcsOutage;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Failover.SelfDemotion;
import io.patop.watch.model.NeverPromoted;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.model.Summary;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows from what, beside the recorded failovers: the rarer stories. */
class ReducerTest {

    private static final String UNLOCKED =
            "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"cluster_unlocked\":true}";

    @Test
    void nothingHappensWhileAllIsWell() {
        ReducerStory told = ReducerStory.healthy();
        for (int i = 0; i < 10; i++) {
            told.seconds(1)
                    .cluster(leader("a", 1), replica("b", 1, 48), replica("c", 1, 0))
                    .primary("a", 1, "b", "c")
                    .standby("b", 1)
                    .standby("c", 1);
        }

        assertThat(told.dashboard().events()).isEmpty();
        assertThat(told.dashboard().failover()).isEmpty();
    }

    @Test
    void aSwitchoverIsTold() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"stopping\",\"role\":\"master\"}")
                .seconds(1)
                .cluster(stopped("a"), leader("b", 1), replica("c", 1, 0))
                .seconds(1)
                .primary("b", 2, "c")
                .standby("c", 2)
                .seconds(1)
                .standby("a", 2)
                .primary("b", 2, "a", "c");

        assertThat(told.kinds())
                .containsExactly(
                        Event.Kind.MEMBER_DOWN,
                        Event.Kind.LEADER_CHANGED,
                        Event.Kind.PROMOTED,
                        Event.Kind.REPLICA_CAUGHT_UP,
                        Event.Kind.MEMBER_UP,
                        Event.Kind.REPLICA_CAUGHT_UP);
        assertThat(told.dashboard().pastFailovers()).singleElement().satisfies(end -> assertThat(end.outcome())
                .isEqualTo(Failover.Outcome.SWITCHOVER));
    }

    /**
     * 4.1.5, the leader cut off from etcd: it demotes itself, its keys expire, and another member takes over. The word
     * of a node that cannot see the DCS gave the key free 1.7 s too early.
     */
    @Test
    void aLeaderThatIsCutOffFromTheDcsIsNotSwitchedOver() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(8)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\",\"timeline\":1}")
                .seconds(2)
                .node("a", "{\"state\":\"starting\",\"role\":\"replica\"}")
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .seconds(8)
                .node("a", UNLOCKED)
                .seconds(0.9)
                .node("a", UNLOCKED)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .seconds(0.9)
                .node("a", UNLOCKED)
                .cluster(replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.dashboard().events())
                .filteredOn(event -> event.kind() == Event.Kind.LEADER_KEY_FREE)
                .singleElement()
                .satisfies(free -> assertThat(free.at()).isEqualTo(told.now()));

        told.seconds(0.5)
                .cluster(leader("b", 1), replica("c", 1, 0))
                .seconds(0.5)
                .primary("b", 2, "c");
        assertThat(told.dashboard().failover().orElseThrow()).satisfies(change -> {
            assertThat(change.outcome()).isEqualTo(Failover.Outcome.FAILOVER);
            assertThat(change.selfDemotion()).contains(SelfDemotion.CUT_OFF_FROM_DCS);
        });
    }

    /** In Kubernetes a member's pod stays listed, and no free key may be seen. */
    @Test
    void aLeaderThatSeesNoKeyWhileOthersDoIsCutOffAlthoughItStaysListed() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(8)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\",\"timeline\":1}")
                .seconds(2)
                .node("a", UNLOCKED)
                .seconds(3)
                .node("a", UNLOCKED)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .seconds(3)
                .cluster(replica("a", 1, 0), leader("b", 1), replica("c", 1, 0));

        assertThat(told.dashboard().failover().orElseThrow().outcome()).isEqualTo(Failover.Outcome.FAILOVER);
    }

    @Test
    void aLeaderThatReleasedItsKeyAndSaysSoAtOnceHandedOver() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(8)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\",\"timeline\":1}")
                .seconds(1)
                .node("a", "{\"state\":\"stopped\",\"role\":\"demoted\",\"cluster_unlocked\":true}")
                .seconds(0.5)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .seconds(1)
                .cluster(stopped("a"), leader("b", 1), replica("c", 1, 0));

        assertThat(told.dashboard().failover().orElseThrow().outcome()).isEqualTo(Failover.Outcome.SWITCHOVER);
    }

    /** The outage is told before the leader gives up, and is over before another member leads. */
    @Test
    void aLeaderThatGaveUpInAnOutageOfTheDcsIsNotSwitchedOver() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .primary("a", 1, "b", "c")
                .clusterFails("a", Failure.Kind.TIMED_OUT)
                .clusterFails("b", Failure.Kind.TIMED_OUT);
        assertThat(told.kinds()).containsExactly(Event.Kind.DCS_LOST);

        told.seconds(4)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\",\"timeline\":1}")
                .seconds(2)
                .node("a", UNLOCKED)
                .seconds(6)
                .cluster(replica("a", 1, 0), leader("b", 1), replica("c", 1, 0));

        assertThat(told.kinds()).contains(Event.Kind.DCS_BACK, Event.Kind.LEADER_CHANGED);
        assertThat(told.dashboard().failover().orElseThrow().outcome()).isEqualTo(Failover.Outcome.FAILOVER);
    }

    @Test
    void anOutageOfTheDcsThatTheLeaderHasSurvivedDoesNotMakeALaterSwitchoverAFailover() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .primary("a", 1, "b", "c")
                .clusterFails("a", Failure.Kind.TIMED_OUT)
                .clusterFails("b", Failure.Kind.TIMED_OUT)
                .seconds(4)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\",\"timeline\":1}")
                .seconds(6)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .primary("a", 2, "b", "c")
                .seconds(60)
                .primary("a", 2, "b", "c")
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\",\"timeline\":2}")
                .seconds(2)
                .cluster(stopped("a"), leader("b", 2), replica("c", 2, 0));

        assertThat(told.dashboard().failover().orElseThrow().outcome()).isEqualTo(Failover.Outcome.SWITCHOVER);
    }

    /** A DCS that is lost while the replicas still follow changes nothing of how their leader came to lead. */
    @Test
    void aDcsThatIsLostAfterTheSwitchoverWasNotItsReason() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\",\"timeline\":1}")
                .seconds(2)
                .cluster(stopped("a"), leader("b", 1), replica("c", 1, 0))
                .primary("b", 2, "c")
                .seconds(1)
                .clusterFails("b", Failure.Kind.TIMED_OUT)
                .clusterFails("c", Failure.Kind.TIMED_OUT);

        assertThat(told.kinds()).contains(Event.Kind.DCS_LOST);
        assertThat(told.dashboard().failover().orElseThrow().outcome()).isEqualTo(Failover.Outcome.SWITCHOVER);
    }

    @Test
    void aLeaderWhosePostgresDoesNotStartAgainIsNotSwitchedOver() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"starting\",\"role\":\"primary\"}")
                .seconds(5)
                .node("a", "{\"state\":\"start failed\",\"role\":\"primary\"}")
                .seconds(2)
                .cluster(stopped("a"), leader("b", 1), replica("c", 1, 0));

        assertThat(told.dashboard().failover().orElseThrow()).satisfies(change -> {
            assertThat(change.outcome()).isEqualTo(Failover.Outcome.FAILOVER);
            assertThat(change.selfDemotion()).contains(SelfDemotion.POSTGRES_FAILED);
        });
    }

    @Test
    void aLeaderThatReturnsOnANewTimelineWasRestarted() {
        ReducerStory told =
                ReducerStory.healthy().seconds(1).silent("a").seconds(8).primary("a", 2, "b", "c");

        assertThat(told.kinds()).containsExactly(Event.Kind.API_LOST, Event.Kind.API_BACK, Event.Kind.LEADER_RESTARTED);
        assertThat(told.dashboard().pastFailovers()).singleElement().satisfies(end -> assertThat(end.outcome())
                .isEqualTo(Failover.Outcome.LEADER_RESTART));
    }

    @Test
    void aLeaderThatReturnsOnItsTimelineWasAFalseAlarm() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("a")
                .seconds(1)
                .silent("a")
                .seconds(1)
                .primary("a", 1, "b", "c");

        assertThat(told.kinds()).containsExactly(Event.Kind.API_LOST, Event.Kind.API_BACK);
        assertThat(told.dashboard().events().get(1).took())
                .map(DurationText::text)
                .contains("1.0 to 3.0 s");
        assertThat(told.dashboard().pastFailovers()).singleElement().satisfies(end -> assertThat(end.outcome())
                .isEqualTo(Failover.Outcome.FALSE_ALARM));
    }

    /** Seen with Patroni 3.0.2 and etcd's v3 API: docker pause of the leader, and unpause after the failover. */
    @Test
    void aThawedLeaderThatTakesTheKeyBackEndsTheFailoverAndBeginsAnother() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("a")
                .seconds(16)
                .cluster(replica("b", 1, 0), replica("c", 1, 0))
                .seconds(2)
                .cluster(leader("b", 1), replica("c", 1, 0))
                .primary("b", 2)
                .cluster(leader("b", 2), replica("c", 1, 0))
                .seconds(1)
                .cluster(replica("b", 2, 0), replica("c", 1, 0))
                .cluster(leader("a", 1), replica("b", 2, 0), replica("c", 1, 0))
                .primary("a", 1, "c")
                .seconds(2)
                .node("b", "{\"state\":\"starting\",\"role\":\"replica\"}")
                .seconds(5)
                .standby("b", 1)
                .standby("c", 1)
                .primary("a", 1, "b", "c")
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.dashboard().failover()).isEmpty();
        assertThat(told.dashboard().pastFailovers())
                .extracting(Failover::oldLeader, change -> change.newLeader().orElseThrow(), Failover::outcome)
                .containsExactly(
                        tuple("a", "b", Failover.Outcome.FAILOVER), tuple("b", "a", Failover.Outcome.WENT_BACK));
        assertThat(told.dashboard().leadership().timeline().orElseThrow().number())
                .isEqualTo(1);
        assertThat(told.dashboard().events())
                .extracting(Event::text)
                .contains(
                        "a holds the leader key in place of b, on timeline 1",
                        "a leads on timeline 1, which is older than 2: what was written on that is lost");
    }

    @Test
    void whoTakesTheKeyAndGivesItBackUnpromotedHasNotSucceeded() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("a")
                .seconds(2)
                .cluster(replica("a", 1, 0), leader("b", 1), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .primary("a", 1, "b", "c");

        assertThat(told.dashboard().failover()).isEmpty();
        assertThat(told.dashboard().pastFailovers()).singleElement().satisfies(change -> {
            assertThat(change.outcome()).isEqualTo(Failover.Outcome.FALSE_ALARM);
            assertThat(change.newLeader()).isEmpty();
        });
    }

    /** The replica c is not on the new timeline yet, and a is away, when b dies. */
    @Test
    void aNewLeaderThatDiesBeforeAllFollowBeginsAFailoverOfItsOwn() {
        ReducerStory told = failedOverToB()
                .seconds(1)
                .silent("b")
                .seconds(20)
                .cluster(replica("b", 2, 0), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("c", 1), replica("b", 2, 0))
                .standby("c", 2)
                .seconds(1)
                .primary("c", 3);

        assertThat(told.dashboard().pastFailovers())
                .extracting(
                        Failover::oldLeader,
                        change -> change.newLeader().orElse(""),
                        Failover::outcome,
                        change -> change.reached().keySet())
                .containsExactly(tuple(
                        "a",
                        "b",
                        Failover.Outcome.FAILOVER,
                        Set.of(Phase.LEADER_LOST, Phase.LOCK_RELEASED, Phase.NEW_LEADER, Phase.PROMOTED)));
        Failover second = told.dashboard().failover().orElseThrow();
        assertThat(second.oldLeader()).isEqualTo("b");
        assertThat(second.newLeader()).contains("c");
        assertThat(second.outcome()).isEqualTo(Failover.Outcome.FAILOVER);
        assertThat(second.from()).contains(new Timeline(2));
        assertThat(second.to()).contains(new Timeline(3));
        assertThat(second.reached().keySet())
                .contains(Phase.LEADER_LOST, Phase.LOCK_RELEASED, Phase.NEW_LEADER, Phase.PROMOTED);
        assertThat(second.began()).isEqualTo(ReducerStory.START.plusMillis(20_997));
        assertThat(second.at(Phase.LOCK_RELEASED)).contains(ReducerStory.START.plusSeconds(42));
    }

    /** Between two answers of b the key went to c: nobody saw b stop, and c has the key of a b that was promoted. */
    @Test
    void aKeyThatWasFreeAgainBelongsToTheSecondFailover() {
        ReducerStory told = failedOverToB()
                .seconds(1)
                .cluster(replica("b", 2, 0), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("c", 1), replica("b", 2, 0))
                .seconds(1)
                .primary("c", 3);

        assertThat(told.dashboard().pastFailovers()).hasSize(1);
        Failover second = told.dashboard().failover().orElseThrow();
        assertThat(second.oldLeader()).isEqualTo("b");
        assertThat(second.at(Phase.LOCK_RELEASED)).contains(ReducerStory.START.plusSeconds(22));
        assertThat(second.at(Phase.NEW_LEADER)).contains(ReducerStory.START.plusSeconds(23));
    }

    /** A fault that is ordered against the new leader is none of the failover that made it leader. */
    @Test
    void aFaultAtTheNewLeaderBeginsAFailoverOfItsOwn() {
        ReducerStory told = failedOverToB().seconds(1);
        Action kill = new Action.OnContainer(Action.Verb.KILL, "1", "b", Optional.of("b"));
        told.tell(report(told, kill, Observation.ActionReported.Progress.BEGUN));

        assertThat(told.dashboard().pastFailovers()).singleElement().satisfies(first -> assertThat(first.reached())
                .doesNotContainKey(Phase.FAULT));
        assertThat(told.dashboard().failover().orElseThrow().reached())
                .containsExactly(Map.entry(Phase.FAULT, told.now()));
    }

    /** Nobody could write from a's death to c's promotion: one failover, whose new leader is the one that leads. */
    @Test
    void aNewLeaderThatDiesBeforeItsPromotionIsNotTheNewLeader() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("a")
                .seconds(18)
                .cluster(replica("b", 1, 0), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("b", 1), replica("c", 1, 0))
                .standby("b", 1)
                .seconds(1)
                .silent("b")
                .seconds(20)
                .cluster(leader("c", 1))
                .standby("c", 1)
                .seconds(1)
                .primary("c", 2);

        assertThat(told.dashboard().pastFailovers()).isEmpty();
        Failover only = told.dashboard().failover().orElseThrow();
        assertThat(only.oldLeader()).isEqualTo("a");
        assertThat(only.newLeader()).contains("c");
        assertThat(only.at(Phase.NEW_LEADER)).contains(ReducerStory.START.plusSeconds(41));
        assertThat(only.at(Phase.PROMOTED)).contains(ReducerStory.START.plusSeconds(42));
    }

    /** The old leader a is away, b leads on timeline 2, and c does not follow it yet: 21 s after the start. */
    private static ReducerStory failedOverToB() {
        return ReducerStory.healthy()
                .seconds(1)
                .silent("a")
                .seconds(18)
                .cluster(replica("b", 1, 0), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("b", 1), replica("c", 1, 0))
                .standby("b", 1)
                .standby("c", 1)
                .seconds(1)
                .primary("b", 2);
    }

    @Test
    void postgresKilledAloneIsACrashAndNotAFailover() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"unknown\",\"role\":\"primary\"}")
                .seconds(9)
                .node("a", "{\"state\":\"starting\",\"role\":\"primary\"}")
                .seconds(1)
                .primary("a", 1, "b", "c");

        assertThat(told.kinds()).containsExactly(Event.Kind.MEMBER_DOWN, Event.Kind.MEMBER_UP);
        assertThat(told.dashboard().failover()).isEmpty();
    }

    /** Seen at a restart of all: the first answer after the silence says that PostgreSQL runs again. */
    @Test
    void aLeaderWhosePostgresRunsAgainAfterASilenceTellsHowLongNobodyCouldWrite() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"starting\",\"role\":\"primary\"}")
                .seconds(5)
                .silent("a")
                .seconds(5)
                .primary("a", 1, "b", "c")
                .seconds(1)
                .primary("a", 1, "b", "c");

        assertThat(told.kinds())
                .containsExactly(
                        Event.Kind.MEMBER_DOWN, Event.Kind.API_LOST, Event.Kind.API_BACK, Event.Kind.MEMBER_UP);
        Event up = told.dashboard().events().get(3);
        assertThat(up.text()).contains("nobody could write until then");
        assertThat(up.took().orElseThrow().longest()).hasSeconds(11);
    }

    /** Seen when a service was started again: PostgreSQL was starting, so that the first answer took 1.8 s. */
    @Test
    void anApiThatRefusedWasBackWhenItTookTheConnection() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("b")
                .seconds(5)
                .answersSlowly("b", "{\"state\":\"starting\",\"role\":\"replica\"}", 1.8);

        assertThat(told.kinds()).containsExactly(Event.Kind.API_LOST, Event.Kind.API_BACK);
        Event back = told.dashboard().events().get(1);
        Event lost = told.dashboard().events().get(0);
        assertThat(Duration.between(lost.at(), back.at())).hasMillis(3200);
        assertThat(back.took().orElseThrow().longest()).hasMillis(4203);
    }

    @Test
    void theDcsIsLostWhenNodesAnswerAndClusterHangs() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .primary("a", 1, "b", "c")
                .clusterFails("a", Failure.Kind.TIMED_OUT)
                .clusterFails("b", Failure.Kind.TIMED_OUT)
                .seconds(20)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.kinds()).containsExactly(Event.Kind.DCS_LOST, Event.Kind.DCS_BACK);
    }

    /** 4.1.5, etcd frozen: an answer that was asked for while it stopped came 2.1 s later. */
    @Test
    void aLeaderThatWasStoppingIsDemotedWhenItWasAskedAndNotWhenItAnswers() throws IOException {
        ReducerStory told =
                ReducerStory.healthy().seconds(1).node("a", "{\"state\":\"stopping\",\"role\":\"primary\"}");
        told.seconds(2.3)
                .tell(new Observation.NodeAnswered(
                        told.now(),
                        "a",
                        URI.create("http://a:8091"),
                        Duration.ofMillis(2100),
                        PatroniJson.node(PatroniJson.tree("{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1}"
                                .getBytes(StandardCharsets.UTF_8)))));

        assertThat(told.dashboard().events())
                .filteredOn(event -> event.kind() == Event.Kind.DEMOTED)
                .singleElement()
                .satisfies(event -> assertThat(event.at()).isEqualTo(ReducerStory.START.plusMillis(1200)));
    }

    /** Requests that hang when the DCS comes back run into their bounds after it, and tell of the time before. */
    @Test
    void aDcsThatIsBackIsNotLostAgainByWhatWasAskedBefore() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .primary("a", 1, "b", "c")
                .clusterFails("a", Failure.Kind.TIMED_OUT)
                .clusterFails("b", Failure.Kind.TIMED_OUT)
                .seconds(20)
                .node("a", "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"dcs_last_seen\":1700000000}")
                .seconds(20)
                .node("a", "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"dcs_last_seen\":1700000020}")
                .seconds(0.5)
                .clusterFails("a", Failure.Kind.TIMED_OUT)
                .clusterFails("b", Failure.Kind.TIMED_OUT);
        assertThat(told.kinds().stream().filter(kind -> kind.name().startsWith("DCS")))
                .containsExactly(Event.Kind.DCS_LOST, Event.Kind.DCS_BACK);

        told.seconds(10)
                .node("a", "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"dcs_last_seen\":1700000020}")
                .clusterFails("a", Failure.Kind.TIMED_OUT);
        assertThat(told.dashboard().dcsOutage().map(DcsOutage::since))
                .as("a second outage begins after the first")
                .hasValueSatisfying(since -> assertThat(since).isAfter(ReducerStory.START.plusSeconds(40)));
    }

    @Test
    void aLeaderThatDiesInTheMiddleOfAnAnswerIsNotALostDcs() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .clusterFails("a", Failure.Kind.BROKEN_OFF)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.kinds()).isEmpty();
    }

    @Test
    void aRefusedClusterRequestIsNotALostDcs() {
        ReducerStory told = ReducerStory.healthy().seconds(1).clusterFails("a", Failure.Kind.REFUSED);

        assertThat(told.kinds()).isEmpty();
        assertThat(told.dashboard().clusterApi()).isInstanceOf(Dashboard.ClusterApi.Failing.class);
    }

    @Test
    void oneNodeThatCannotSeeTheDcsIsNotTheEndOfTheLeader() {
        ReducerStory told = ReducerStory.healthy().seconds(1).node("c", UNLOCKED);
        assertThat(told.kinds()).as("as old as its last HA loop").isEmpty();

        told.seconds(19).primary("a", 1, "b", "c").node("c", UNLOCKED);
        assertThat(told.kinds()).as("within loop_wait and retry_timeout").isEmpty();

        told.seconds(2).primary("a", 1, "b", "c").node("c", UNLOCKED).seconds(1).node("c", UNLOCKED);
        assertThat(told.kinds()).containsExactly(Event.Kind.DCS_UNSEEN);
        assertThat(told.dashboard().leadership().present()).contains("a");
    }

    /** 4.1.4: a replica went on saying that nobody leads, 0.02 s after the new leader was named. */
    @Test
    void aNodesOldWordOfTheKeyDoesNotOverruleCluster() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\"}")
                .seconds(1)
                .cluster(leader("b", 1), replica("c", 1, 0), stopped("a"))
                .node("c", UNLOCKED)
                .seconds(0.2)
                .cluster(leader("b", 1), replica("c", 1, 0), stopped("a"));

        assertThat(told.kinds())
                .containsExactly(Event.Kind.MEMBER_DOWN, Event.Kind.LEADER_CHANGED)
                .doesNotContain(Event.Kind.LEADER_KEY_FREE, Event.Kind.LEADER_KEY_BACK, Event.Kind.DCS_UNSEEN);
    }

    /** 4.1.5: the stopped leader is listed as a running replica for a moment, when its key is gone. */
    @Test
    void aLeaderThatWasStoppedDoesNotKeepUp() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("a")
                .seconds(1)
                .cluster(replica("a", 1, 0), leader("b", 1), replica("c", 1, 0))
                .seconds(1)
                .cluster(stopped("a"), leader("b", 1), replica("c", 1, 0));

        assertThat(told.kinds())
                .containsExactly(Event.Kind.API_LOST, Event.Kind.LEADER_CHANGED, Event.Kind.MEMBER_DOWN);
    }

    @Test
    void theStopwatchBeginsWhenTheLeaderStopsAndKnowsOnlyBetweenWhichAnswers() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\"}")
                .seconds(2)
                .cluster(stopped("a"), leader("b", 1), replica("c", 1, 0))
                .standby("b", 1)
                .seconds(0.2)
                .primary("b", 2, "c");

        Failover failover = told.dashboard().failover().orElseThrow();
        assertThat(failover.outcome()).isEqualTo(Failover.Outcome.SWITCHOVER);
        assertThat(failover.until(Phase.PROMOTED).map(DurationText::text)).contains("1.9 to 3.2 s");
    }

    /** A frozen node accepts connections: its silence is known when time is up, and began a poll after its last answer. */
    @Test
    void aHungLeaderIsSilentFromItsLastAnswerOn() {
        ReducerStory told =
                ReducerStory.healthy().seconds(1).primary("a", 1, "b", "c").seconds(4);
        told.tell(new Observation.NodeFailed(
                told.now(),
                "a",
                java.net.URI.create("http://a:8091"),
                new Failure(Failure.Kind.TIMED_OUT, "no whole answer within 3 s")));

        assertThat(told.dashboard().events().get(0).at()).isEqualTo(ReducerStory.START.plusSeconds(2));
        assertThat(told.dashboard().failover().orElseThrow().until(told.now()).least())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aPhaseThatAnotherImpliesIsNeverLaterThanIt() {
        Failover failover = Failover.begun(
                        "a",
                        Optional.empty(),
                        Phase.LEADER_LOST,
                        ReducerStory.START,
                        Optional.empty(),
                        Optional.of(TimeBounds.exactly(ReducerStory.START)))
                .with(Phase.FIRST_WRITE, ReducerStory.START.plusMillis(5690))
                .with(Phase.NEW_LEADER, ReducerStory.START.plusMillis(7650))
                .with(Phase.PROMOTED, ReducerStory.START.plusMillis(7700));

        assertThat(failover.reached().values()).allMatch(at -> !at.isAfter(ReducerStory.START.plusMillis(5690)));
    }

    /** patroni issue 3603. */
    @Test
    void aLeaderThatHoldsTheKeyAndIsNeverPromotedIsToldOnce() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("a")
                .seconds(30)
                .cluster(leader("b", 1), replica("c", 1, 0))
                .standby("b", 1);
        for (int i = 0; i < 29; i++) {
            told.seconds(1).cluster(leader("b", 1), replica("c", 1, 0)).standby("b", 1);
        }
        assertThat(told.dashboard().neverPromoted()).isEmpty();

        told.seconds(1).standby("b", 1).seconds(1).standby("b", 1);
        assertThat(told.kinds()).containsOnlyOnce(Event.Kind.NEVER_PROMOTED);
        assertThat(told.dashboard().neverPromoted())
                .map(NeverPromoted::says)
                .contains("replica, running on timeline 1");
        assertThat(Summary.of("x", told.dashboard()).trouble()).isEqualTo(Summary.Trouble.NOT_PROMOTED);

        told.seconds(1).primary("b", 2, "c");
        assertThat(told.dashboard().neverPromoted()).isEmpty();
    }

    @Test
    void aDemotedClusterIsAnEventOfItsOwnAndSoIsAPromotedOne() {
        String standby = member("b", "standby_leader", "running", "\"timeline\":1");
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node("a", "{\"state\":\"stopping\",\"role\":\"primary\"}")
                .seconds(2)
                .cluster(stopped("a"), standby, replica("c", 1, 0))
                .standby("b", 1)
                .seconds(2)
                .node("b", "{\"state\":\"running\",\"role\":\"standby_leader\",\"timeline\":1}");
        assertThat(told.dashboard().events())
                .extracting(Event::text)
                .contains("the cluster is a standby cluster now, standby leader b");
        assertThat(told.dashboard().pastFailovers())
                .extracting(Failover::outcome)
                .containsExactly(Failover.Outcome.CLUSTER_DEMOTED);

        told.seconds(80).node("b", "{\"state\":\"running\",\"role\":\"standby_leader\",\"timeline\":1}");
        told.cluster(leader("b", 1), replica("c", 1, 0))
                .seconds(0.2)
                .standby("b", 1)
                .seconds(1)
                .primary("b", 2, "c");
        Event promoted = told.dashboard().events().stream()
                .filter(event -> event.kind() == Event.Kind.CLUSTER_PROMOTED)
                .findFirst()
                .orElseThrow();
        assertThat(promoted.text())
                .isEqualTo("the cluster is no longer a standby cluster, leader b on timeline 2;"
                        + " nobody could write until then");
        assertThat(promoted.took().map(DurationText::text)).contains("84.1 to 86.2 s");
        assertThat(told.kinds()).doesNotContain(Event.Kind.PROMOTED, Event.Kind.LEADER_RESTARTED, Event.Kind.DEMOTED);
        assertThat(told.dashboard().failover()).isEmpty();
        Failover change = told.dashboard().pastFailovers().get(1);
        assertThat(change.outcome()).isEqualTo(Failover.Outcome.CLUSTER_PROMOTED);
        assertThat(change.from().map(Timeline::number)).contains(1L);
        assertThat(change.to().map(Timeline::number)).contains(2L);
        assertThat(change.until(Phase.PROMOTED).map(DurationText::text)).contains("0.0 to 1.2 s");
    }

    @Test
    void aSyncStandbyThatBecomesAQuorumStandbyIsTold() {
        ReducerStory told = ReducerStory.healthy()
                .cluster(leader("a", 1), member("b", "sync_standby", "running", "\"timeline\":1,\"lag\":0"))
                .cluster(leader("a", 1), member("b", "quorum_standby", "running", "\"timeline\":1,\"lag\":0"));

        assertThat(told.dashboard().events())
                .extracting(Event::text)
                .contains("b is now quorum standby, no longer sync standby");
    }

    @Test
    void twoPrimariesAreNoticedAtOnceAndUntilOneGivesUp() {
        ReducerStory told =
                ReducerStory.healthy().seconds(1).primary("b", 2).seconds(3).standby("a", 1);

        assertThat(told.kinds()).containsSequence(Event.Kind.TWO_PRIMARIES).contains(Event.Kind.ONE_PRIMARY);
    }

    @Test
    void whoeverElseAnswersAtAMembersAddressIsNotThatMember() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node(
                        "b",
                        "{\"state\":\"running\",\"role\":\"replica\",\"patroni\":{\"name\":\"z\",\"scope\":\"demo\"}}");

        assertThat(told.kinds()).containsExactly(Event.Kind.API_LOST);
        assertThat(told.dashboard().member("b").orElseThrow().isSilent()).isTrue();
    }

    @Test
    void aNodeOfAnotherDatabaseClusterIsAStrangerToo() {
        ReducerStory told = ReducerStory.healthy()
                .node(
                        "a",
                        "{\"state\":\"running\",\"role\":\"master\",\"timeline\":1,\"database_system_identifier\":\"1\"}")
                .node(
                        "b",
                        "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"database_system_identifier\":\"2\"}");

        assertThat(told.dashboard().member("b").orElseThrow().isSilent()).isTrue();
    }

    @Test
    void aLagAboveTheMaximumIsAnEventAndItsEndIsOne() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .node(
                        "a",
                        "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":1,\"xlog\":{\"location\":50001000},"
                                + "\"replication\":[{\"application_name\":\"b\",\"state\":\"streaming\"},"
                                + "{\"application_name\":\"c\",\"state\":\"streaming\"}]}")
                .cluster(leader("a", 1), replica("b", 1, 50_000_000), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("a", 1), replica("b", 1, 900_000), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.kinds()).containsExactly(Event.Kind.REPLICA_LAGGING, Event.Kind.REPLICA_CAUGHT_UP);
    }

    /** The leader's position in the DCS is newer than the member's for a moment, as after a switch of the WAL file. */
    @Test
    void aLagThatTheirOwnWordsContradictIsNone() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .primary("a", 1, "b", "c")
                .standby("b", 1)
                .cluster(leader("a", 1), replica("b", 1, 19_529_656), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.kinds()).isEmpty();
    }

    @Test
    void aLagOfAMemberThatIsSilentIsToldByTheCluster() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .silent("b")
                .cluster(leader("a", 1), replica("b", 1, 50_000_000), replica("c", 1, 0));

        assertThat(told.kinds()).containsExactly(Event.Kind.API_LOST, Event.Kind.REPLICA_LAGGING);
    }

    @Test
    void maintenanceModeAndScheduledSwitchoversAreEvents() {
        String due = ",\"scheduled_switchover\":{\"at\":\"2099-01-01T00:00:00+00:00\",\"to\":\"b\"}";
        ReducerStory told = ReducerStory.healthy()
                .clusterWith(",\"pause\":true" + due, leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.kinds())
                .containsExactly(
                        Event.Kind.PAUSED,
                        Event.Kind.SWITCHOVER_SCHEDULED,
                        Event.Kind.RESUMED,
                        Event.Kind.SWITCHOVER_SCHEDULED);
    }

    @Test
    void aReplicaThatNoLongerStreamsFromAHealthyLeaderIsNoticed() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .primary("a", 1, "c")
                .seconds(5)
                .primary("a", 1, "b", "c");

        assertThat(told.kinds()).containsExactly(Event.Kind.STREAMING_LOST, Event.Kind.STREAMING_BACK);
    }

    /** On 3.0.2 with etcd3: a thawed leader took its key back, and its successor stayed on a newer timeline, running. */
    @Test
    void aReplicaThatRunsAndStreamsFromNobodyIsNoticed() {
        ReducerStory told = new ReducerStory()
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0))
                .standby("b", 1)
                .standby("c", 1)
                .primary("a", 1, "c")
                .seconds(29)
                .primary("a", 1, "c");
        assertThat(told.kinds()).isEmpty();

        told.seconds(1).primary("a", 1, "c").seconds(60).primary("a", 1, "c");
        assertThat(told.kinds()).containsExactly(Event.Kind.STREAMING_LOST);
        assertThat(told.dashboard().events().get(0).text()).contains("b runs, and has streamed from nobody for 30 s");
        assertThat(Summary.of("x", told.dashboard()).trouble()).isEqualTo(Summary.Trouble.NOT_STREAMING);

        told.seconds(1).primary("a", 1, "b", "c");
        assertThat(told.kinds()).containsExactly(Event.Kind.STREAMING_LOST, Event.Kind.STREAMING_BACK);
        assertThat(Summary.of("x", told.dashboard()).trouble()).isEqualTo(Summary.Trouble.NONE);
    }

    @Test
    void whoLeadsStreamsFromNobodyAndThatIsNoTrouble() {
        ReducerStory told = ReducerStory.healthy().seconds(1).primary("a", 1, "c");
        assertThat(told.kinds()).containsExactly(Event.Kind.STREAMING_LOST);

        told.seconds(1)
                .cluster(replica("a", 2, 0), leader("b", 2), replica("c", 2, 0))
                .standby("a", 2)
                .standby("c", 2)
                .primary("b", 2, "a", "c");

        assertThat(Summary.of("x", told.dashboard()).trouble()).isEqualTo(Summary.Trouble.NONE);
    }

    @Test
    void aReplicaThatIsDownOrFedFromTheArchiveOrByAnotherOneIsNotIdle() {
        ReducerStory told = new ReducerStory()
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0), replica("d", 1, 0))
                .silent("b")
                .node(
                        "c",
                        "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"replication_state\":"
                                + "\"in archive recovery\",\"replication\":[{\"application_name\":\"d\","
                                + "\"state\":\"streaming\",\"sync_state\":\"async\"}]}")
                .standby("d", 1)
                .primary("a", 1)
                .seconds(60)
                .primary("a", 1);

        assertThat(told.kinds()).doesNotContain(Event.Kind.STREAMING_LOST);
    }

    @Test
    void unknownWordsAreKeptAndHurtNobody() {
        ReducerStory told = ReducerStory.healthy()
                .cluster(leader("a", 1), member("b", "arbiter", "hibernating", "\"lag\":\"much\""));

        assertThat(told.dashboard()
                        .member("b")
                        .orElseThrow()
                        .listed()
                        .orElseThrow()
                        .role()
                        .word())
                .isEqualTo("arbiter");
    }

    /** Such a request is dated when it was asked, and it was the kill that broke it off. */
    @Test
    void aRequestThatWasUnderWayWhenTheLeaderWasKilledIsNoSignBeforeThat() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .primary("a", 1, "b", "c")
                .seconds(1)
                .primary("a", 1, "b", "c")
                .seconds(1.3);
        Action kill = new Action.OnContainer(Action.Verb.KILL, "1", "a", Optional.of("a"));
        told.tell(report(told, kill, Observation.ActionReported.Progress.BEGUN));
        Instant killed = told.now();
        told.seconds(0.1).silent("a", Failure.Kind.BROKEN_OFF, "the connection was broken off");

        assertThat(told.dashboard().failoverSince(killed)).hasValueSatisfying(failover -> {
            assertThat(failover.beginning()).isEqualTo(TimeBounds.exactly(killed));
            assertThat(failover.at(Phase.LEADER_LOST)).contains(killed);
        });
    }

    @Test
    void anOrderAgainstTheLeaderIsTheFirstPhaseOfItsFailover() {
        Action stop = new Action.ScaleService("demo_a", 0, Optional.of("a"));
        ReducerStory told = ReducerStory.healthy();
        told.tell(report(told, stop, Observation.ActionReported.Progress.BEGUN));
        told.seconds(0.1);
        told.tell(report(told, stop, Observation.ActionReported.Progress.DONE));
        told.seconds(3.5).primary("a", 1, "b", "c").seconds(0.5).silent("a");

        assertThat(told.kinds()).containsExactly(Event.Kind.ACTION_BEGUN, Event.Kind.ACTION_DONE, Event.Kind.API_LOST);
        assertThat(told.dashboard().failover().orElseThrow().until(Phase.LEADER_LOST))
                .contains(new MeasuredDuration(Duration.ofMillis(3597), Optional.of(Duration.ofMillis(4100))));
    }

    @Test
    void anOrderAgainstAReplicaBeginsNoFailover() {
        Action stop = new Action.ScaleService("demo_b", 0, Optional.of("b"));
        ReducerStory told = ReducerStory.healthy();
        told.tell(report(told, stop, Observation.ActionReported.Progress.DONE)).silent("b");

        assertThat(told.dashboard().failover()).isEmpty();
    }

    /** The leader did not answer patop once: nobody knows since when. */
    @Test
    void aLeaderThatWasNeverSeenWellIsDownForAtLeastTheTimeWatched() {
        ReducerStory told = new ReducerStory()
                .cluster(leader("a", 1), replica("b", 1, 0))
                .standby("b", 1)
                .silent("a")
                .seconds(5)
                .cluster(leader("a", 1), replica("b", 1, 0))
                .seconds(1)
                .cluster(leader("b", 1));

        Failover failover = told.dashboard().failover().orElseThrow();
        assertThat(failover.until(Phase.NEW_LEADER).map(DurationText::text)).contains("≥ 4.9 s");
        assertThat(DurationText.text(failover.until(told.now()))).isEqualTo("≥ 6.0 s");
    }

    @Test
    void aKeyThatWasFreeForAMomentIsMeasuredByTheAnswersBeforeAndAfter() {
        ReducerStory told = ReducerStory.healthy()
                .seconds(1)
                .cluster(replica("a", 1, 0), replica("b", 1, 0), replica("c", 1, 0))
                .seconds(1)
                .cluster(replica("a", 1, 0), replica("b", 1, 0), replica("c", 1, 0))
                .seconds(1)
                .cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        Event back = told.dashboard().events().stream()
                .filter(event -> event.kind() == Event.Kind.LEADER_KEY_BACK)
                .findFirst()
                .orElseThrow();
        assertThat(back.took().map(DurationText::text)).contains("0.9 to 3.0 s");
    }

    @Test
    void aServiceThatIsScaledIsAnEvent() {
        ReducerStory told =
                ReducerStory.healthy().docker(view(1, 1)).docker(view(0, 1)).docker(view(0, 0));

        assertThat(told.dashboard().events().stream().map(Event::text))
                .containsExactly("service demo_a is scaled from 1 to 0", "service demo_a runs 0 of 0");
        assertThat(told.dashboard().workloads()).containsKey("a");
    }

    @Test
    void aMemberIsFoundInDockerWhicheverOfTheTwoAnswersFirst() {
        ReducerStory told = new ReducerStory().docker(view(1, 1)).cluster(ReducerStory.leader("a", 1));

        assertThat(told.dashboard().workloads()).containsKey("a");
    }

    @Test
    void dockerThatGoesAwayIsSaidOnce() {
        ReducerStory told = ReducerStory.healthy().docker(view(1, 1));
        Failure gone = new Failure(Failure.Kind.ABSENT, "no Docker here: no socket at /var/run/docker.sock");
        told.tell(new Observation.DockerFailed(told.now(), gone));
        told.tell(new Observation.DockerFailed(told.now(), gone));

        assertThat(told.kinds()).containsExactly(Event.Kind.DOCKER_LOST);
        assertThat(DockerAvailability.stop(told.dashboard(), "a"))
                .isEqualTo(new Availability.Impossible(gone.message()));
    }

    @Test
    void eventsAndFailoversAreBounded() {
        ReducerStory told = ReducerStory.healthy();
        for (int i = 0; i < 400; i++) {
            told.seconds(1).silent("a").seconds(1).primary("a", 1, "b", "c");
        }

        assertThat(told.dashboard().events()).hasSize(Dashboard.EVENTS);
        assertThat(told.dashboard().eventsSeen()).isEqualTo(800);
        assertThat(told.dashboard().pastFailovers()).hasSize(Dashboard.PAST_FAILOVERS);
    }

    /** Docker answers a stop when the container has gone. */
    @Test
    void aFaultBeginsWhenItIsSentAndNotAtAllIfItFails() {
        Action kill = new Action.OnContainer(Action.Verb.STOP, "1", "a", Optional.of("a"));
        ReducerStory told = ReducerStory.healthy();
        told.tell(report(told, kill, Observation.ActionReported.Progress.BEGUN));
        told.seconds(1).cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));
        told.seconds(1).cluster(stopped("a"), leader("b", 1), replica("c", 1, 0));
        told.tell(report(told, kill, Observation.ActionReported.Progress.DONE));
        assertThat(told.dashboard()
                        .failover()
                        .orElseThrow()
                        .until(Phase.NEW_LEADER)
                        .map(DurationText::text))
                .contains("0.9 to 2.0 s");

        ReducerStory failed = ReducerStory.healthy();
        failed.tell(report(failed, kill, Observation.ActionReported.Progress.BEGUN));
        failed.tell(report(failed, kill, Observation.ActionReported.Progress.FAILED));
        assertThat(failed.dashboard().failover()).isEmpty();
    }

    private static Observation report(ReducerStory told, Action action, Observation.ActionReported.Progress progress) {
        return new Observation.ActionReported(told.now(), action, progress, "");
    }

    private static EngineView view(int desired, int running) {
        Service service = new Service(
                "s1",
                "demo_a",
                Service.Mode.REPLICATED,
                Optional.of(desired),
                Optional.of(running),
                "image",
                Optional.empty(),
                Set.of(),
                List.of(),
                Optional.empty());
        return new EngineView(
                new EngineInfo("host", "20.10", "n1", EngineInfo.Swarm.MANAGER),
                List.of(service),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
