package io.patop.watch.rules;

import static io.patop.watch.ReducerStory.leader;
import static io.patop.watch.ReducerStory.replica;
import static io.patop.watch.ReducerStory.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.probe.Numbers;
import io.patop.probe.Outcome;
import io.patop.probe.Pooler;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Read;
import io.patop.probe.Server;
import io.patop.probe.Verdict;
import io.patop.probe.Write;
import io.patop.time.MeasuredDuration;
import io.patop.watch.ProxyStory;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.ProbeTally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Outages, losses and the stopwatch's first write, from what a probe reports. */
class ProbeRulesTest {

    private static final Server A = new Server("10.0.0.97", 5432, ReducerStory.START.minusSeconds(1000));
    private static final Server B = new Server("10.0.0.98", 5432, ReducerStory.START.minusSeconds(1000));
    private static final ProbeTarget TARGET = new ProbeTarget(
            "app@haproxy:5000/db",
            "patop_probe",
            10,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Optional.of("app@haproxy:5001/db"),
            Optional.empty());

    private final ReducerStory told = ReducerStory.healthy();
    private long number;

    @Test
    void anOutageIsFromTheLastAcknowledgementToTheNext() {
        begin().acknowledged(A)
                .pass(0.1)
                .refused("connection refused")
                .pass(1)
                .unknown()
                .pass(0.4)
                .acknowledged(A);

        ProbeTally writes = status().writes();
        assertThat(writes.outage()).isEmpty();
        assertThat(writes.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.length().map(MeasuredDuration::longest)).contains(Duration.ofMillis(1500));
            assertThat(outage.refused()).isEqualTo(1);
            assertThat(outage.unknown()).isEqualTo(1);
            assertThat(outage.cause()).isEqualTo("connection refused");
        });
        assertThat(writes.longestBy(told.now()).map(MeasuredDuration::longest)).contains(Duration.ofMillis(1500));
        assertThat(told.kinds()).containsExactly(Event.Kind.WRITES_FAIL, Event.Kind.WRITES_BACK);
        Event back = told.dashboard().events().get(1);
        assertThat(back.took().map(MeasuredDuration::longest)).contains(Duration.ofMillis(1500));
        assertThat(back.text()).isEqualTo("writes are acknowledged again, by a; meanwhile 1 refused, 1 unknown");
        assertThat(back.member()).contains("a");
    }

    @Test
    void whileItLastsItGrows() {
        begin().acknowledged(A).pass(0.1).refused("no").pass(5);

        assertThat(status().writes().isOut(told.now())).isTrue();
        assertThat(status().writes().outFor(told.now())).isEqualTo(Duration.ofMillis(5100));
        assertThat(status().writes().longestBy(told.now()).map(MeasuredDuration::longest))
                .contains(Duration.ofMillis(5100));
        assertThat(status().writes().outagesSeen()).isEqualTo(1);
    }

    @Test
    void aFailureWithoutAnyAcknowledgementBeforeCountsFromTheBeginning() {
        begin().pass(2).refused("no").pass(1).acknowledged(A);

        assertThat(status().writes().outages().get(0).length().map(MeasuredDuration::longest))
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void silenceIsAnOutageTooThoughNothingFailed() {
        begin().acknowledged(A).pass(0.9);
        assertThat(status().writes().isOut(told.now())).isFalse();
        pass(0.9);
        assertThat(status().writes().isOut(told.now())).isTrue();
        acknowledged(A);

        assertThat(status().writes().outages()).singleElement().satisfies(outage -> assertThat(
                        outage.length().map(MeasuredDuration::longest))
                .contains(Duration.ofMillis(1800)));
        assertThat(told.kinds()).containsExactly(Event.Kind.WRITES_BACK);
    }

    @Test
    void aWriteThatHungWhileOthersWereAcknowledgedIsNoOutage() {
        Instant hung = begin().acknowledged(A).now();
        pass(0.1).acknowledged(A).pass(0.5).acknowledged(A);
        write(hung, Outcome.UNKNOWN, "no answer in time", Optional.empty());

        assertThat(status().writes().outage()).isEmpty();
        assertThat(status().writes().unknown()).isEqualTo(1);
        assertThat(told.kinds()).isEmpty();
    }

    /** 4.1.5, the leader scaled to 0: it acknowledged what had begun before it refused others, 0.2 s after the first. */
    @Test
    void aWriteFromBeforeTheFirstFailureDoesNotEndTheOutageWhileLaterOnesFail() {
        Instant early = begin().acknowledged(A).pass(0.02).told.now();
        pass(0.1).refused("shutting down").pass(0.1).write(early, Outcome.ACKNOWLEDGED, "", Optional.of(A));
        assertThat(status().writes().outage()).isPresent();
        assertThat(status().writes().acknowledged()).isEqualTo(2);
        Instant late = pass(0.01).told.now();
        pass(0.9)
                .write(late, Outcome.UNKNOWN, "broken off", Optional.empty())
                .pass(6)
                .acknowledged(B);

        assertThat(status().writes().outages()).singleElement().satisfies(outage -> assertThat(
                        outage.length().map(MeasuredDuration::longest))
                .contains(Duration.ofMillis(7130)));
        assertThat(told.kinds()).containsExactly(Event.Kind.WRITES_FAIL, Event.Kind.WRITES_BACK);
    }

    /** Writes wait at a server that starts, and are all acknowledged in the end. */
    @Test
    void aWriteThatWaitedIsTheEndIfNoLaterOneFails() {
        Instant waiting = begin().acknowledged(A).pass(0.1).told.now();
        Instant hung = pass(0.1).refused("starting up").told.now();
        pass(3).refused("starting up").pass(1).write(waiting, Outcome.ACKNOWLEDGED, "", Optional.of(A));
        Instant end = told.now();
        assertThat(told.kinds()).as("no later write has decided").containsExactly(Event.Kind.WRITES_FAIL);
        pass(0.02).write(hung, Outcome.UNKNOWN, "no answer in time", Optional.empty());
        pass(0.03).acknowledged(A);

        assertThat(status().writes().outages()).singleElement().satisfies(outage -> assertThat(outage.until())
                .contains(end));
        assertThat(told.dashboard().events().get(1)).satisfies(back -> {
            assertThat(back.kind()).isEqualTo(Event.Kind.WRITES_BACK);
            assertThat(back.at()).isEqualTo(end);
        });
    }

    /** The old leader's last acknowledgement is not the end when all writes then hang until another server takes them. */
    @Test
    void aLastAcknowledgementBeforeAllWritesHangIsNotTheEnd() {
        Instant early = begin().acknowledged(A).pass(0.02).told.now();
        pass(0.1).refused("shutting down").pass(0.1).write(early, Outcome.ACKNOWLEDGED, "", Optional.of(A));
        pass(6).acknowledged(B);

        assertThat(status().writes().outages()).singleElement().satisfies(outage -> assertThat(outage.until())
                .contains(told.now()));
    }

    @Test
    void aProbeThatEndsDecidesOnItsLastAcknowledgement() {
        Instant waiting = begin().acknowledged(A).pass(0.1).told.now();
        pass(2).refused("starting up").pass(0.5).write(waiting, Outcome.ACKNOWLEDGED, "", Optional.of(A));
        Instant end = told.now();
        pass(0.5);
        told.tell(new Observation.ProbeEnded(told.now(), Optional.empty()));

        assertThat(status().writes().outage()).isEmpty();
        assertThat(status().writes().outages()).singleElement().satisfies(outage -> assertThat(outage.until())
                .contains(end));
        assertThat(told.kinds()).containsExactly(Event.Kind.WRITES_FAIL, Event.Kind.WRITES_BACK);
    }

    @Test
    void lostWritesAreToldByTheirNumbersOnce() {
        begin().acknowledged(A);
        verdict(Numbers.of(7, 8, 9, 12), false).verdict(Numbers.of(7, 8, 9, 12), false);

        assertThat(told.kinds()).containsExactly(Event.Kind.WRITES_LOST);
        assertThat(told.dashboard().events().get(0).text())
                .isEqualTo("LOST: acknowledged and gone: 4 writes, numbers 7-9, 12");
        assertThat(status().lost()).isEqualTo(Numbers.of(7, 8, 9, 12));
    }

    @Test
    void aGoodVerdictIsToldAfterAnOutageAndAtTheEnd() {
        begin().acknowledged(A);
        verdict(Numbers.NONE, false);
        assertThat(told.kinds()).doesNotContain(Event.Kind.WRITES_VERIFIED);
        pass(1).refused("no").pass(1).acknowledged(A).pass(0.1).verdict(Numbers.NONE, false);
        assertThat(told.kinds()).contains(Event.Kind.WRITES_VERIFIED);
        pass(1).verdict(Numbers.NONE, true);

        assertThat(told.kinds().stream().filter(kind -> kind == Event.Kind.WRITES_VERIFIED))
                .hasSize(2);
    }

    @Test
    void twoServersThatAcceptWritesAreToldOnce() {
        begin();
        told.tell(new Observation.ProbeFoundRivals(told.now(), A, B));
        told.tell(new Observation.ProbeFoundRivals(told.now(), A, B));

        assertThat(told.kinds()).containsExactly(Event.Kind.TWO_WRITABLE);
        assertThat(told.dashboard().events().get(0).text()).isEqualTo("TWO SERVERS ACCEPT WRITES: a and b");
        assertThat(status().rivals()).isPresent();
    }

    @Test
    void readsHaveOutagesOfTheirOwn() {
        begin().acknowledged(A);
        read(true).pass(0.1).read(false).pass(2).read(true);

        assertThat(status().reads().orElseThrow().outages()).singleElement().satisfies(outage -> assertThat(
                        outage.length().map(MeasuredDuration::longest))
                .contains(Duration.ofMillis(2100)));
        assertThat(told.kinds()).containsExactly(Event.Kind.READS_FAIL, Event.Kind.READS_BACK);
        assertThat(status().writes().outages()).isEmpty();
    }

    @Test
    void aProbeThatCannotBeginIsTold() {
        told.tell(new Observation.ProbeEnded(
                told.now(), Optional.of(new Failure(Failure.Kind.DENIED, "app@h:1/db: wrong password"))));

        assertThat(told.kinds()).containsExactly(Event.Kind.PROBE_FAILED);
        assertThat(told.dashboard().probe()).isEmpty();
    }

    @Test
    void theFirstWriteIsAPhaseOfTheFailover() {
        begin().acknowledged(A);
        told.seconds(1).silent("a");
        refused("connection refused");
        told.seconds(5).cluster(stopped("a"), leader("b", 1), replica("c", 1, 0));
        told.seconds(1).primary("b", 2, "c");
        pass(0.25).acknowledged(B);

        Failover failover = told.dashboard().failover().orElseThrow();
        assertThat(failover.until(Phase.FIRST_WRITE).map(MeasuredDuration::least))
                .contains(Duration.ofMillis(6250));
        assertThat(failover.until(Phase.PROMOTED).map(MeasuredDuration::longest))
                .contains(Duration.ofMillis(7003));
    }

    @Test
    void aPoolerThatHoldsTheFirstWriteUpIsAPhaseOfItsOwn() {
        throughPooler().acknowledged(A);
        routedTo("b");
        pass(1).refused("server login has been failing").pass(12).acknowledged(B);

        Failover failover = told.dashboard().failover().orElseThrow();
        assertThat(failover.bounds(Phase.POOL_SERVES)).isPresent().isEqualTo(failover.bounds(Phase.FIRST_WRITE));
        assertThat(Duration.between(
                        failover.at(Phase.PROXY_ROUTES).orElseThrow(),
                        failover.at(Phase.POOL_SERVES).orElseThrow()))
                .isEqualTo(Duration.ofSeconds(13));
    }

    @Test
    void withoutAPoolerNothingIsSaidOfOne() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        begin().acknowledged(A);
        routedTo("b");
        pass(1).refused("connection refused").pass(12).acknowledged(B);

        Failover failover = told.dashboard().failover().orElseThrow();
        assertThat(failover.reached())
                .containsKeys(Phase.PROXY_ROUTES, Phase.FIRST_WRITE)
                .doesNotContainKey(Phase.POOL_SERVES);
    }

    /** Whether HAProxy routed there before is not known then. */
    @Test
    void aWriteThroughAPoolerBeforeTheRouteIsSeenTellsNothingOfThePooler() {
        throughPooler().acknowledged(A);
        told.seconds(1).silent("a");
        refused("server closed the connection unexpectedly");
        told.seconds(9).cluster(leader("b", 1), replica("c", 1, 0)).primary("b", 2, "c");
        pass(0.5).acknowledged(B);
        told.tell(ProxyStory.of("b", "c").at(told));

        assertThat(told.dashboard().failover().orElseThrow().reached())
                .containsKeys(Phase.PROXY_ROUTES, Phase.FIRST_WRITE)
                .doesNotContainKey(Phase.POOL_SERVES);
    }

    /** HAProxy asks the same API, and may be the first to see the new leader. */
    @Test
    void theTimeOfThePromotionIsNotThePoolers() {
        throughPooler().acknowledged(A);
        told.seconds(1).silent("a");
        refused("connection refused");
        told.seconds(9).cluster(leader("b", 1), replica("c", 1, 0));
        told.tell(ProxyStory.of("b", "c").at(told));
        pass(1).acknowledged(B);

        assertThat(told.dashboard().failover().orElseThrow().reached())
                .containsKeys(Phase.PROXY_ROUTES, Phase.FIRST_WRITE)
                .doesNotContainKey(Phase.POOL_SERVES);
    }

    private ProbeRulesTest throughPooler() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        told.tell(new Observation.ProbeStarted(
                told.now(),
                TARGET.behind(Optional.of(
                        new Pooler(Optional.of("PgBouncer 1.18.0"), Optional.of(Duration.ofSeconds(15)))))));
        return this;
    }

    private void routedTo(String leader) {
        told.seconds(1).silent("a");
        refused("connection refused");
        told.tell(ProxyStory.of("", "bc").at(told));
        told.seconds(9).cluster(leader(leader, 1), replica("c", 1, 0)).primary(leader, 2, "c");
        told.seconds(1).tell(ProxyStory.of(leader, "c").at(told));
    }

    @Test
    void aLastWriteOfTheDyingLeaderIsNotTheFirstOfTheNewOne() {
        begin().acknowledged(A);
        told.seconds(1).silent("a");
        refused("connection refused").pass(0.1).acknowledged(A);
        assertThat(told.dashboard().failover().orElseThrow().at(Phase.FIRST_WRITE))
                .isPresent();
        pass(0.1).refused("connection refused");
        assertThat(told.dashboard().failover().orElseThrow().at(Phase.FIRST_WRITE))
                .isEmpty();
        told.seconds(5).cluster(stopped("a"), leader("b", 2), replica("c", 1, 0));
        pass(1).acknowledged(B);

        assertThat(told.dashboard()
                        .failover()
                        .orElseThrow()
                        .until(Phase.FIRST_WRITE)
                        .map(MeasuredDuration::least))
                .contains(Duration.ofMillis(6200));
    }

    @Test
    void aFailoverIsNotOverBeforeSomebodyCanWrite() {
        begin().acknowledged(A);
        told.seconds(1).silent("a");
        refused("connection refused");
        told.seconds(5).cluster(stopped("a"), leader("b", 2), replica("c", 2, 0), replica("a", 2, 0));
        told.standby("a", 2).standby("c", 2).primary("b", 2, "a", "c");
        assertThat(told.dashboard().failover()).isPresent();
        pass(1).acknowledged(B);

        assertThat(told.dashboard().failover()).isEmpty();
        assertThat(told.dashboard().pastFailovers().get(0).reached())
                .containsKeys(Phase.FIRST_WRITE, Phase.OLD_LEADER_BACK);
    }

    @Test
    void aSwitchoverThatTheProbeSawFirstHasItsFirstWrite() {
        begin().acknowledged(A).pass(0.1).refused("shutting down").pass(0.4).acknowledged(B);
        assertThat(told.dashboard().failover()).isEmpty();
        told.seconds(0.5).cluster(replica("a", 1, 0), leader("b", 1), replica("c", 1, 0));

        assertThat(told.dashboard()
                        .failover()
                        .orElseThrow()
                        .until(Phase.FIRST_WRITE)
                        .map(MeasuredDuration::least))
                .contains(Duration.ZERO);
    }

    /** Found by a drill at 20 times the speed: what the old leader had said before was taken for its return. */
    @Test
    void aFailoverThatTheProbeSawFromBeginningToEndIsNoFalseAlarm() {
        scaledAwayAndWrittenTo(B);
        assertThat(told.dashboard().failover()).isPresent();
        told.seconds(0.1).silent("a");
        told.cluster(stopped("a"), leader("b", 2), replica("c", 2, 0)).primary("b", 2, "c");

        assertThat(told.dashboard().pastFailovers()).isEmpty();
        assertThat(told.dashboard().failover().orElseThrow().newLeader()).contains("b");
        assertThat(told.dashboard().failover().orElseThrow().reached())
                .containsKeys(Phase.FAULT, Phase.NEW_LEADER, Phase.PROMOTED, Phase.FIRST_WRITE);
    }

    @Test
    void aLeaderThatSaysAfterTheFirstWriteThatItLeadsIsBack() {
        scaledAwayAndWrittenTo(A);
        told.seconds(0.1).primary("a", 1, "b", "c");

        assertThat(told.dashboard().failover()).isEmpty();
        assertThat(told.dashboard().pastFailovers()).singleElement().satisfies(change -> assertThat(change.outcome())
                .isEqualTo(Failover.Outcome.FALSE_ALARM));
    }

    /** The leader says that it leads, is scaled to 0, and there is an outage that the probe alone sees. */
    private void scaledAwayAndWrittenTo(Server after) {
        begin().acknowledged(A);
        told.seconds(0.1).primary("a", 1, "b", "c");
        told.tell(new Observation.ActionReported(
                told.now(),
                new Action.ScaleService("demo_a", 0, Optional.of("a")),
                Observation.ActionReported.Progress.DONE,
                ""));
        pass(0.1).refused("shutting down").pass(0.2).acknowledged(after);
    }

    private ProbeStatus status() {
        return told.dashboard().probe().orElseThrow();
    }

    private Instant now() {
        return told.now();
    }

    private ProbeRulesTest begin() {
        told.tell(new Observation.ProbeStarted(told.now(), TARGET));
        return this;
    }

    private ProbeRulesTest pass(double seconds) {
        told.seconds(seconds);
        return this;
    }

    private ProbeRulesTest acknowledged(Server server) {
        return write(told.now(), Outcome.ACKNOWLEDGED, "", Optional.of(server));
    }

    private ProbeRulesTest refused(String why) {
        return write(told.now(), Outcome.REFUSED, why, Optional.empty());
    }

    private ProbeRulesTest unknown() {
        return write(told.now(), Outcome.UNKNOWN, "no answer in time", Optional.empty());
    }

    private ProbeRulesTest write(Instant began, Outcome outcome, String detail, Optional<Server> server) {
        number++;
        told.tell(new Observation.ProbeWrote(
                told.now(), List.of(new Write(number, began, told.now(), outcome, detail, server))));
        return this;
    }

    private ProbeRulesTest read(boolean answered) {
        told.tell(new Observation.ProbeRead(
                told.now(),
                List.of(new Read(told.now(), told.now(), answered, answered ? "" : "refused", Optional.empty()))));
        return this;
    }

    private ProbeRulesTest verdict(Numbers lost, boolean last) {
        told.tell(new Observation.ProbeVerified(
                told.now(),
                new Verdict(
                        told.now(),
                        Optional.of(B),
                        100,
                        lost,
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        Numbers.NONE,
                        last)));
        return this;
    }
}
