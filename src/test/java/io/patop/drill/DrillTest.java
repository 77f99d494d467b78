package io.patop.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.DynamicConfig;
import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.control.Lever;
import io.patop.watch.ReducerStory;
import io.patop.watch.bill.LeaderFailure;
import io.patop.watch.forecast.Forecast;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DrillProgress.Stage;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A drill's course over told clusters: what it wants done, when, and what it makes of what it sees. */
class DrillTest {

    private static final Action TO_0 = new Action.ScaleService("patroni_a", 0, Optional.of("a"));

    @Test
    void itBreaksMeasuresMendsAndEndsWhenAllIsWell() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));

        assertThat(story.settled()).isEqualTo("scale service patroni_a to 0");
        assertThat(story.drill.owed()).extracting(Action::text).containsExactly("scale service patroni_a to 1");
        assertThat(story.drill.progress().undo()).containsExactly("docker service scale patroni_a=1");
        story.done(TO_0);
        assertThat(story.sees()).isEmpty();
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.OUTAGE);

        story.failsOverToB();
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.RESTORE);
        story.accepted();
        assertThat(story.drill.owed()).isEmpty();
        story.sees();
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.RECOVERY);

        story.aIsBack().verified();
        story.sees();
        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.abandoned()).isEmpty();
        DrillRun run = story.drill.runs().get(0);
        assertThat(run.writes().outage()).isEqualTo(Duration.ofSeconds(2));
        assertThat(run.writes().lost()).isZero();
        assertThat(run.writes().unknown()).isEqualTo(1);
        assertThat(run.writes().verified()).isTrue();
        assertThat(run.change())
                .hasValueSatisfying(change -> assertThat(change.outcome()).isEqualTo(Failover.Outcome.FAILOVER));
        assertThat(run.change().flatMap(DrillRun.Change::newLeader)).contains("b");
        assertThat(run.phases())
                .containsEntry(Phase.LEADER_LOST, Duration.ofMillis(300))
                .containsEntry(Phase.NEW_LEADER, Duration.ofMillis(1000))
                .containsEntry(Phase.PROMOTED, Duration.ofMillis(1500))
                .containsEntry(Phase.FIRST_WRITE, Duration.ofSeconds(2));
        assertThat(run.whole()).contains(Duration.ofSeconds(10));
    }

    /** What the report holds the outage against is what was said before the fault, not what is known after it. */
    @Test
    void theForecastBeforeTheFaultIsKept() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.told.tell(new Observation.ConfigAnswered(
                story.now(), URI.create("http://a:8008"), new DynamicConfig(Map.of("ttl", 20, "loop_wait", 2))));
        story.settled();
        Forecast forecast = Forecast.of(story.dashboard(), story.now());
        story.done(TO_0).failsOverToB().sees();
        story.accepted().sees();
        story.aIsBack().verified();
        story.sees();

        DrillRun run = story.drill.runs().get(0);
        assertThat(forecast).isInstanceOfSatisfying(Forecast.Takeover.class, takeover -> assertThat(run.expected())
                .contains(takeover.after(LeaderFailure.STOPPED)));
        assertThat(RunLine.of(run)).contains(" (1 to 9 s expected), 0 writes lost");
    }

    @Test
    void aKilledMemberIsKeptDownUntilAnotherServes() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.KILL));

        assertThat(story.settled()).startsWith("kill (SIGKILL) container patroni_a");
        story.accepted();
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 0");
        story.done(TO_0);
        story.failsOverToB();
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
    }

    @Test
    void aFrozenMemberIsThawed() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.FREEZE));

        assertThat(story.settled()).startsWith("freeze container patroni_a");
        story.accepted().failsOverToB();
        assertThat(story.sees()).startsWith("thaw container patroni_a");
    }

    @Test
    void aPartitionIsUndoneWhenAnotherServes() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.PARTITION), new Cutting());

        assertThat(story.settled()).isEqualTo("cut a off from everything");
        story.accepted();
        assertThat(story.sees()).isEmpty();
        assertThat(story.drill.progress().undo()).containsExactly("patop mend partition-a");
        story.failsOverToB();
        assertThat(story.sees()).isEqualTo("connect a again");
        story.accepted().sees();
        assertThat(story.drill.owed()).isEmpty();
    }

    @Test
    void aFaultThatLeavesTheLeaderLastsUntilPatroniHasHadItsTime() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.LOSS), new Cutting());

        story.settled();
        story.accepted();
        assertThat(story.quiet(39).sees())
                .as("ttl and loop_wait are 30 and 10 s")
                .isEmpty();
        assertThat(story.quiet(2).sees()).isEqualTo("connect a again");
        story.accepted().acknowledged().verified().sees();
        assertThat(story.drill.runs().get(0).change()).isEmpty();
        assertThat(story.drill.runs().get(0).troubles()).isEmpty();
    }

    @Test
    void withoutTheMeansForAFaultThereIsNoDrill() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.MEMORY));

        assertThat(story.settled()).isEmpty();
        assertThat(story.drill.progress().detail()).isEqualTo("memory: nothing here can cause it");
    }

    /** Cuts a off, and connects it again. */
    private static final class Cutting implements FaultInjector {
        @Override
        public Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard) {
            String member = target.orElseThrow();
            return new Availability.Possible(new Action.Inject(
                    fault.word(),
                    new Action.Inject.Place("c" + member, member, Optional.empty(), 1, List.of()),
                    target,
                    "cut " + member + " off from everything"));
        }

        @Override
        public Optional<Action> undo(Action injected) {
            return Optional.of(new Action.Mend("partition-a", injected.member(), "connect a again"));
        }

        @Override
        public List<Action> mending(Optional<String> member) {
            return List.of();
        }

        @Override
        public List<Lever<?>> levers() {
            return List.of();
        }
    }

    @Test
    void aSwitchoverIsAskedOfPatroniAndNeedsNoMending() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.SWITCHOVER));

        assertThat(story.settled()).contains("switch").contains("a");
        story.accepted().failsOverToB().sees();
        assertThat(story.drill.owed()).isEmpty();
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.RECOVERY);
    }

    @Test
    void aRunInWhichNobodyWatchedIsVoidAndPutRightAllTheSame() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0).sees();
        Instant before = story.now();
        story.seconds(3600);
        story.told.tell(new Observation.NotWatched(story.now(), before));

        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        story.accepted().sees();
        story.told
                .cluster(ReducerStory.replica("a", 2, 0), ReducerStory.leader("b", 2), ReducerStory.replica("c", 2, 0))
                .primary("b", 2, "a", "c")
                .standby("a", 2)
                .standby("c", 2);
        story.acknowledged().verified().sees();
        DrillRun run = story.drill.runs().get(0);
        assertThat(run.troubles()).containsExactly("void: nobody watched for 1h 00m in the midst of it");
        assertThat(run.writes().outage()).isZero();
        assertThat(run.whole()).isEmpty();
        assertThat(Objectives.DEFAULT.missedBy(run)).isEqualTo(run.troubles());
    }

    @Test
    void whatIsLostIsCountedToTheRunThatLostIt() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.verified(1);
        story.settled();
        story.done(TO_0).failsOverToB().sees();
        story.accepted().sees();
        story.aIsBack().verified(1, 2);
        story.sees();

        DrillRun run = story.drill.runs().get(0);
        assertThat(run.writes().lostNumbers().text(5)).isEqualTo("2");
        assertThat(Objectives.DEFAULT.missedBy(run)).containsExactly("1 acknowledged write lost, more than 0");
    }

    @Test
    void itWaitsForTheReadingBack() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0).failsOverToB().sees();
        story.accepted().sees();
        story.aIsBack();
        story.sees();
        assertThat(story.drill.isOver()).isFalse();
        assertThat(story.drill.progress().detail()).isEqualTo("reading all writes back");
        story.quiet(31).sees();
        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.runs().get(0).writes().verified()).isFalse();
    }

    /** Seen with Patroni 4.1: the proxy lost the new leader just when the old one was back. */
    @Test
    void anOutageThatLastsWhenTheMembersAreWellBelongsToTheRun() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0).failsOverToB().sees();
        story.accepted().sees();
        story.aIsBack().verified().refused().sees();
        assertThat(story.drill.isOver()).isFalse();
        assertThat(story.drill.progress().detail()).isEqualTo("the write probe cannot write: connection refused");

        for (int i = 0; i < 45; i++) {
            story.seconds(1).refused().sees();
        }
        story.acknowledged().verified().sees();
        assertThat(story.drill.isOver()).isTrue();
        DrillRun run = story.drill.runs().get(0);
        assertThat(run.writes().outage()).isEqualTo(Duration.ofSeconds(45));
        assertThat(run.whole()).contains(Duration.ofSeconds(55));
    }

    @Test
    void aWriteThatHangsWhenTheMembersAreWellIsWaitedFor() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0).failsOverToB().sees();
        story.accepted().sees();
        story.quiet(8).verified().seconds(0.5);
        story.told.standby("a", 2).primary("b", 2, "a", "c").standby("c", 2);
        story.told.cluster(
                ReducerStory.replica("a", 2, 0), ReducerStory.leader("b", 2), ReducerStory.replica("c", 2, 0));
        story.sees();
        assertThat(story.drill.isOver()).isFalse();
        assertThat(story.drill.progress().detail()).isEqualTo("waiting for a write to be acknowledged");

        story.seconds(1.5).unknown().sees();
        story.seconds(1).acknowledged().verified().sees();
        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.runs().get(0).writes().outage()).isEqualTo(Duration.ofSeconds(3));
        assertThat(story.drill.runs().get(0).whole()).contains(Duration.ofSeconds(13));
    }

    @Test
    void anOutageThatLastsToTheEndOfTheRunIsAsLongAsItIsKnown() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0);
        story.told.silent("a");
        story.refused().sees();
        story.seconds(301).refused().sees();
        story.accepted().sees();
        story.seconds(301).refused().sees();

        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.runs().get(0).writes().outage()).isEqualTo(Duration.ofSeconds(602));
    }

    @Test
    void aClusterThatIsNotWholeIsNotBroken() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.told.silent("c");

        for (int i = 0; i < 31; i++) {
            assertThat(story.quiet(10).sees()).isEmpty();
        }
        story.sees();
        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.runs()).isEmpty();
        assertThat(story.drill.abandoned()).hasValueSatisfying(why -> assertThat(why)
                .isEqualTo("not whole within 300 s: c: its REST API does not answer"));
    }

    /** Whatever runs a container may start it again sooner than anybody can take over. */
    @Test
    void whoComesBackAndLeadsOnEndsTheRunAtOnce() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.KILL));
        story.settled();
        story.accepted();
        story.told.silent("a");
        story.refused().sees();
        story.done(TO_0).sees();
        comesBackAndLeadsOn(story);

        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.RESTORE);
        story.accepted();
        story.quiet(3).verified().sees();
        assertThat(story.drill.runs().get(0).troubles()).containsExactly("a came back and leads on: nobody took over");
        assertThat(story.drill.unrecovered())
                .as("the old leader serves, so that the cluster has recovered")
                .isEmpty();
    }

    /** The leader's key goes, nobody takes it, and the old leader serves again. */
    private static void comesBackAndLeadsOn(DrillStory story) {
        story.seconds(2)
                .told
                .cluster(
                        ReducerStory.replica("a", 1, 0),
                        ReducerStory.replica("b", 1, 0),
                        ReducerStory.replica("c", 1, 0));
        story.sees();
        story.seconds(3).told.primary("a", 1, "b", "c").standby("b", 1).standby("c", 1);
        story.told.cluster(
                ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));
        story.acknowledged();
        story.seconds(1).told.primary("a", 1, "b", "c");
    }

    /** A crash leaves open who leads after it; the run ends with a write. */
    @Test
    void aCrashedLeaderThatComesBackAndLeadsOnIsNoTrouble() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.CRASH));
        story.settled();
        story.accepted();
        story.told.silent("a");
        story.refused().sees();
        comesBackAndLeadsOn(story);

        assertThat(story.sees()).isEmpty();
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.OUTAGE);
        story.seconds(1).acknowledged().sees();
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.RECOVERY);
        story.quiet(3).verified().sees();
        assertThat(story.drill.runs().get(0).troubles()).isEmpty();
    }

    @Test
    void aLeaderThatIsNeverPromotedEndsTheRunByThatName() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0);
        story.told.silent("a");
        story.refused().sees();
        story.seconds(1).told.cluster(ReducerStory.leader("b", 1), ReducerStory.replica("c", 1, 0));
        story.told.standby("b", 1);
        story.sees();
        story.seconds(29).refused().told.standby("b", 1);
        assertThat(story.sees()).isEmpty();
        story.seconds(2).refused().told.standby("b", 1);

        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        story.accepted().sees();
        story.seconds(301).refused().sees();
        assertThat(story.drill.runs().get(0).troubles())
                .contains(
                        "b holds the leader key and was not promoted within 30 s: it says replica, running on timeline 1");
    }

    /** Its own key expires, and another is elected: that takes ttl, which may be longer than a promotion. */
    @Test
    void aNewLeaderThatDiesBeforeItsPromotionIsNotTheEndOfHope() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0);
        story.told.silent("a");
        story.refused().sees();
        story.seconds(1).told.cluster(ReducerStory.leader("b", 1), ReducerStory.replica("c", 1, 0));
        story.told.silent("b");
        story.seconds(31).refused().told.silent("b");
        assertThat(story.sees()).isEmpty();
    }

    @Test
    void nobodyTakesOverInTimeAndItIsMendedAllTheSame() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0);
        story.told.silent("a");
        story.refused();
        story.sees();
        story.seconds(301).refused();
        assertThat(story.drill.unrecovered()).isEmpty();
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        assertThat(story.drill.unrecovered())
                .contains(new Unrecovered(
                        1, "leader a is stopped", "did not serve again within 300 s: waiting for a new leader"));
        assertThat(story.drill.unrecovered()).as("told once").isEmpty();
        story.drill.keptEvidence("/evidence/1");
        story.accepted().sees();
        story.told.primary("a", 1, "b", "c").standby("b", 1).standby("c", 1);
        story.told.cluster(
                ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));
        story.seconds(1).acknowledged().verified();
        story.seconds(0.5).told.primary("a", 1, "b", "c");
        story.acknowledged().sees();

        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.runs().get(0).troubles())
                .containsExactly("did not serve again within 300 s: waiting for a new leader");
        assertThat(story.drill.runs().get(0).evidence()).contains("/evidence/1");
    }

    @Test
    void theEvidenceOfARunThatCouldNotBeMendedIsToldToo() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0);
        story.told.silent("a");
        story.refused();
        story.sees();
        story.seconds(301).refused();
        story.sees();
        story.drill.keptEvidence("/evidence/1");
        story.drill.giveUp(story.now());

        assertThat(story.drill.runs()).isEmpty();
        assertThat(story.drill.abandoned()).contains("a run did not end; the evidence of that run: /evidence/1");
    }

    @Test
    void aFaultThatDockerRefusesIsUndoneAndEndsIt() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.KILL));
        story.settled();
        story.accepted().sees();
        story.refusedBy("no such service");
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        story.accepted().sees();

        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.abandoned()).contains("could not scale service patroni_a to 0: no such service");
        assertThat(story.drill.owed()).isEmpty();
    }

    @Test
    void cancelledInTheOutageItMendsFirst() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0);
        story.sees();
        story.drill.cancel(story.now());
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        story.accepted().sees();

        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.abandoned()).contains("cancelled");
    }

    @Test
    void cancelledWhileTheFaultIsOnItsWayItMendsWhenThatHasEnded() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.KILL));
        story.settled();
        story.drill.cancel(story.now());
        assertThat(story.sees()).isEmpty();
        story.accepted();
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
    }

    @Test
    void cancelledBeforeTheFaultItLeavesEverythingAsItIs() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.sees();
        story.drill.cancel(story.now());

        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.sees()).isEmpty();
    }

    @Test
    void whatCannotBeMendedIsTriedAgainAndNamedInTheEnd() {
        DrillStory story = new DrillStory(DrillStory.plan(Fault.STOP));
        story.settled();
        story.done(TO_0);
        story.sees();
        story.drill.cancel(story.now());
        story.sees();
        story.refusedBy("Docker does not answer");
        assertThat(story.sees()).isEmpty();
        story.seconds(2.5);
        assertThat(story.sees()).isEqualTo("scale service patroni_a to 1");
        story.refusedBy("Docker does not answer");
        story.drill.giveUp(story.now());

        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.progress().undo()).containsExactly("docker service scale patroni_a=1");
    }

    @Test
    void theRestIsEstimatedByTheRunsBefore() {
        DrillStory story =
                new DrillStory(DrillPlan.of(List.of(Fault.STOP), new Target.Leader(), 3, Objectives.DEFAULT));
        assertThat(story.drill.progress().left()).isEmpty();
        story.settled();
        story.done(TO_0).failsOverToB().sees();
        story.accepted().sees();
        story.aIsBack().verified();
        story.sees();

        assertThat(story.drill.progress().run()).isEqualTo(2);
        assertThat(story.drill.progress().runs()).isEqualTo(3);
        assertThat(story.drill.progress().left()).contains(Duration.ofSeconds(26));
        assertThat(story.drill.progress().done())
                .extracting(line -> line.text())
                .containsExactly("run 1: leader a stopped: outage 0.7 to 2.0 s, 0 writes lost, b leads");
    }

    @Test
    void aStandbyIsGoneWithoutAnOutage() {
        DrillStory story =
                new DrillStory(DrillPlan.of(List.of(Fault.STOP), new Target.Named("c"), 1, Objectives.DEFAULT));
        assertThat(story.settled()).isEqualTo("scale service patroni_c to 0");
        story.accepted();
        story.sees();
        story.quiet(0.5).sees();
        assertThat(story.drill.progress().detail()).isEqualTo("waiting for c to be gone");
        story.told.silent("c");
        story.acknowledged().sees();
        story.quiet(2.5).sees();
        assertThat(story.drill.progress().stage()).isEqualTo(Stage.RESTORE);
        story.accepted().sees();
        story.told.standby("c", 1);
        story.sees();

        assertThat(story.drill.isOver()).isTrue();
        assertThat(story.drill.runs().get(0).writes().outage()).isZero();
        assertThat(story.drill.runs().get(0).change()).isEmpty();
    }
}
