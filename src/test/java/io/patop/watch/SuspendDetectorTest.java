package io.patop.watch;

import static io.patop.watch.ReducerStory.leader;
import static io.patop.watch.ReducerStory.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.probe.Outcome;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Write;
import io.patop.time.MeasuredDuration;
import io.patop.time.SteadyClock;
import io.patop.watch.model.Api;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Observation;
import io.patop.watch.model.ProbeTally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An hour in which nobody watched, and what is made of it: nothing. */
class SuspendDetectorTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Clocks clocks = new Clocks();
    private final SteadyClock clock = clocks.steady();
    private final ManualTime time = new ManualTime();
    private final List<Observation> seen = new ArrayList<>();
    private final SuspendDetector suspends = new SuspendDetector(seen::add, clock, time);

    /** The scheduler's time and both clocks go on together. */
    private void watch(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clocks.pass(Duration.ofSeconds(1));
            time.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void whileItWatchesItSaysNothing() {
        suspends.start();
        watch(100);
        assertThat(seen).isEmpty();
    }

    @Test
    void aStoppedProcessIsSaidOnceAndBeforeAnythingElse() {
        suspends.start();
        watch(3);
        clocks.pass(HOUR);
        Observation first = new Observation.DockerFailed(
                clock.instant(), new Failure(Failure.Kind.ABSENT, "no Docker socket at /var/run/docker.sock"));
        suspends.accept(first);
        watch(3);

        assertThat(seen)
                .containsExactly(
                        new Observation.NotWatched(
                                ReducerStory.START.plusSeconds(3).plus(HOUR), ReducerStory.START.plusSeconds(3)),
                        first);
    }

    @Test
    void aMachineThatSleptIsSaidThoughNoTimeHasPassedOnIt() {
        suspends.start();
        watch(3);
        clocks.set(HOUR);
        watch(3);

        assertThat(seen).singleElement().isInstanceOf(Observation.NotWatched.class);
    }

    @Test
    void aClockThatIsSetBackIsSaidAndIsNoGap() {
        suspends.start();
        watch(3);
        clocks.set(HOUR.negated());
        watch(30);
        assertThat(seen).singleElement().isEqualTo(new Observation.ClockSet(ReducerStory.START.plusSeconds(4), HOUR));

        clocks.set(HOUR);
        watch(3);
        assertThat(seen)
                .hasSize(2)
                .last()
                .isEqualTo(new Observation.ClockSet(ReducerStory.START.plusSeconds(34), Duration.ZERO));
    }

    @Test
    void aShortPauseIsNone() {
        suspends.start();
        watch(3);
        clocks.pass(Duration.ofSeconds(4));
        watch(3);
        assertThat(seen).isEmpty();
    }

    @Test
    void allThatIsKnownIsOldAfterIt() {
        ReducerStory told = asleep(ReducerStory.healthy());

        assertThat(told.dashboard().members().values())
                .allMatch(member ->
                        member.api() instanceof Api.Unwatched && member.status().isEmpty())
                .allMatch(member -> member.api().lastStatus().isPresent());
        assertThat(told.kinds()).containsExactly(Event.Kind.NOT_WATCHED);
        assertThat(told.dashboard().events().get(0).took().map(MeasuredDuration::longest))
                .contains(HOUR);
    }

    @Test
    void aLeaderThatHasChangedMeanwhileIsFoundAndNoFailoverIsMeasured() {
        ReducerStory told = asleep(ReducerStory.healthy())
                .primary("b", 2, "c", "a")
                .standby("a", 2)
                .cluster(replica("a", 2, 0), leader("b", 2), replica("c", 2, 0))
                .standby("c", 2)
                .seconds(1)
                .primary("b", 2, "c", "a")
                .cluster(replica("a", 2, 0), leader("b", 2), replica("c", 2, 0));

        assertThat(told.dashboard().leadership().present()).contains("b");
        assertThat(told.dashboard().leadership().rivals()).isEmpty();
        assertThat(told.dashboard().failover()).isEmpty();
        assertThat(told.dashboard().pastFailovers()).isEmpty();
        assertThat(told.dashboard().leadership().changedAt()).isEmpty();
        assertThat(told.kinds())
                .doesNotContain(
                        Event.Kind.LEADER_CHANGED,
                        Event.Kind.PROMOTED,
                        Event.Kind.LEADER_RESTARTED,
                        Event.Kind.TWO_PRIMARIES);
        assertThat(told.dashboard().events())
                .anyMatch(event -> event.text().equals("b leads on timeline 2; when last watched a did"));
    }

    @Test
    void aTimelineThatHasChangedMeanwhileIsNoRestartThatWasSeen() {
        ReducerStory told = asleep(ReducerStory.healthy())
                .primary("a", 3, "b", "c")
                .cluster(leader("a", 3), replica("b", 3, 0), replica("c", 3, 0));

        assertThat(told.kinds()).containsExactly(Event.Kind.NOT_WATCHED, Event.Kind.FOUND_CHANGED);
        assertThat(told.dashboard().pastFailovers()).isEmpty();
        assertThat(told.dashboard().leadership().timeline().orElseThrow().number())
                .isEqualTo(3);
    }

    @Test
    void aFailoverThatRanIsNotMeasuredAcrossIt() {
        ReducerStory told = asleep(ReducerStory.healthy().seconds(1).silent("a").seconds(2));
        assertThat(told.dashboard().failover()).isEmpty();
        assertThat(told.dashboard().pastFailovers()).singleElement().satisfies(change -> {
            assertThat(change.outcome()).isEqualTo(Failover.Outcome.UNWATCHED);
            assertThat(change.end().orElseThrow().at()).isEqualTo(ReducerStory.START.plusSeconds(3));
        });

        told.primary("a", 1, "b", "c");
        assertThat(told.kinds())
                .as("not back after an hour")
                .containsExactly(Event.Kind.API_LOST, Event.Kind.NOT_WATCHED);
    }

    @Test
    void oneThatIsStillSilentIsSilentSinceItWasSeenSo() {
        ReducerStory told =
                asleep(ReducerStory.healthy().seconds(1).silent("c")).seconds(2).silent("c");

        assertThat(told.dashboard().member("c").orElseThrow().api())
                .isInstanceOfSatisfying(
                        Api.Silent.class, silent -> assertThat(silent.since()).isEqualTo(told.now()));
    }

    @Test
    void dockerAndTheDcsAreGoneSinceItWasSeenSo() {
        ReducerStory told = ReducerStory.healthy()
                .clusterFails("a", Failure.Kind.TIMED_OUT)
                .clusterFails("b", Failure.Kind.TIMED_OUT);
        asleep(told).cluster(leader("a", 1), replica("b", 1, 0), replica("c", 1, 0));

        assertThat(told.dashboard().events())
                .filteredOn(event -> event.kind() == Event.Kind.DCS_BACK)
                .singleElement()
                .satisfies(event -> assertThat(event.took()).contains(MeasuredDuration.atLeast(Duration.ZERO)));
    }

    @Test
    void theProbeClaimsNoOutageOfTheDatabase() {
        ReducerStory told = probing(ReducerStory.healthy());
        wrote(told, Outcome.ACKNOWLEDGED, told.now());
        Instant before = told.now();
        asleep(told);
        ProbeTally after = told.dashboard().probe().orElseThrow().writes();
        assertThat(after.isOut(told.now())).isFalse();

        wrote(told, Outcome.UNKNOWN, before);
        assertThat(writes(told).outage()).as("that was under way then").isEmpty();
        told.seconds(0.1);
        wrote(told, Outcome.ACKNOWLEDGED, told.now());

        assertThat(writes(told).outagesSeen()).isZero();
        assertThat(writes(told).longestBy(told.now()).map(MeasuredDuration::longest))
                .isEmpty();
        assertThat(told.kinds()).containsExactly(Event.Kind.NOT_WATCHED);
    }

    @Test
    void anOutageThatLastedIsKnownUntilThenAndAnotherAfterIt() {
        ReducerStory told = probing(ReducerStory.healthy());
        wrote(told, Outcome.ACKNOWLEDGED, told.now());
        told.seconds(1);
        wrote(told, Outcome.REFUSED, told.now());
        told.seconds(3);
        asleep(told);
        told.seconds(1);
        wrote(told, Outcome.REFUSED, told.now());
        told.seconds(1);
        wrote(told, Outcome.ACKNOWLEDGED, told.now());

        assertThat(writes(told).outages())
                .extracting(outage -> outage.length().orElseThrow().longest())
                .containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(2));
        assertThat(writes(told).outages().get(0).cause()).endsWith("not watched to its end");
        assertThat(writes(told).longestBy(told.now()).map(MeasuredDuration::longest))
                .contains(Duration.ofSeconds(4));
    }

    @Test
    void aClockSetBackIsAnEventAndSoIsItsEnd() {
        ReducerStory told = ReducerStory.healthy();
        told.tell(new Observation.ClockSet(told.now(), HOUR)).tell(new Observation.ClockSet(told.now(), Duration.ZERO));

        assertThat(told.dashboard().events())
                .extracting(Event::text)
                .containsExactly(
                        "this machine's clock was set back: times told here are 1h 00m ahead of it, so that none goes"
                                + " back, until patop is started again",
                        "this machine's clock agrees with the times told here again");
    }

    private static ReducerStory asleep(ReducerStory told) {
        Instant before = told.now();
        told.seconds(3600);
        return told.tell(new Observation.NotWatched(told.now(), before));
    }

    private static ProbeTally writes(ReducerStory told) {
        return told.dashboard().probe().orElseThrow().writes();
    }

    private static ReducerStory probing(ReducerStory told) {
        return told.tell(new Observation.ProbeStarted(
                told.now(),
                new ProbeTarget(
                        "patop@haproxy:5000/postgres",
                        "patop_probe",
                        10,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Optional.empty())));
    }

    private static void wrote(ReducerStory told, Outcome outcome, Instant began) {
        told.tell(new Observation.ProbeWrote(
                told.now(),
                List.of(new Write(
                        1,
                        began,
                        told.now(),
                        outcome,
                        outcome == Outcome.ACKNOWLEDGED ? "" : "connection refused",
                        Optional.empty()))));
    }
}
