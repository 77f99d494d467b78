package io.patop.watch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.probe.Outcome;
import io.patop.probe.ProbeTarget;
import io.patop.probe.Write;
import io.patop.watch.ReducerStory;
import io.patop.watch.lanes.LaneState;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.lanes.Span;
import io.patop.watch.lanes.Track;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneRulesTest {

    @Test
    void aFailoverIsAChangeOfEachLaneThatItConcerns() {
        ReducerStory told = new ReducerStory()
                .cluster(ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0))
                .standby("b", 1)
                .seconds(1)
                .primary("a", 1, "b", "c")
                .standby("b", 1)
                .standby("c", 1);
        Instant start = told.now();
        told.seconds(10).silent("a").seconds(1).standby("b", 1).standby("c", 1);
        told.seconds(9)
                .cluster(ReducerStory.stopped("a"), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));
        told.seconds(2)
                .cluster(ReducerStory.stopped("a"), ReducerStory.leader("b", 1), ReducerStory.replica("c", 1, 0));
        told.seconds(1)
                .primary("b", 2)
                .standby("c", 2)
                .seconds(1)
                .primary("b", 2, "c")
                .standby("c", 2);
        told.seconds(5).cluster(ReducerStory.leader("b", 2), ReducerStory.replica("c", 2, 0));
        Lanes lanes = told.dashboard().lanes();

        assertThat(states(lanes.members().track("a")))
                .containsExactly(LaneState.LEADER, LaneState.SILENT, LaneState.GONE);
        assertThat(states(lanes.members().track("b"))).containsExactly(LaneState.STREAMING, LaneState.LEADER);
        assertThat(states(lanes.members().track("c")))
                .containsExactly(LaneState.STREAMING, LaneState.NOT_STREAMING, LaneState.STREAMING);
        assertThat(lanes.key().spans())
                .containsExactly(
                        new Span(ReducerStory.START, LaneState.HELD, Optional.of("a")),
                        Span.of(start.plusSeconds(20), LaneState.NOBODY),
                        new Span(start.plusSeconds(22), LaneState.HELD, Optional.of("b")));
    }

    @Test
    void aMonitoringGapIsDrawnAsThatInEachLane() {
        ReducerStory told = ReducerStory.healthy();
        told.seconds(5).standby("b", 1);
        Instant since = told.now();
        told.seconds(3600).tell(new Observation.NotWatched(told.now(), since));
        told.seconds(1).primary("a", 1, "b", "c").standby("b", 1);
        Lanes lanes = told.dashboard().lanes();

        for (String name : List.of("a", "b", "c")) {
            assertThat(lanes.members()
                            .track(name)
                            .worst(since.plusSeconds(60), since.plusSeconds(61))
                            .orElseThrow()
                            .state())
                    .isEqualTo(LaneState.UNWATCHED);
        }
        assertThat(lanes.members().track("b").last().orElseThrow().state()).isEqualTo(LaneState.STREAMING);
        assertThat(lanes.members().track("c").last().orElseThrow().state()).isEqualTo(LaneState.UNWATCHED);
        assertThat(lanes.key().last().orElseThrow().state()).isEqualTo(LaneState.UNWATCHED);
        assertThat(lanes.isUnwatched(since.plusSeconds(60), since.plusSeconds(61)))
                .isTrue();
        assertThat(lanes.isUnwatched(since.minusSeconds(2), since.minusSeconds(1)))
                .isFalse();
        assertThat(lanes.isUnwatched(ReducerStory.START.minusSeconds(2), ReducerStory.START.minusSeconds(1)))
                .isTrue();
    }

    /** What comes after a clock was set back is noted after what came before. */
    @Test
    void aClockThatIsSetBackMovesNoLaneBack() {
        ReducerStory told = ReducerStory.healthy();
        told.seconds(600).silent("b");
        Instant latest = told.now();
        told.seconds(-3600).standby("c", 1).silent("c");
        Lanes lanes = told.dashboard().lanes();

        assertThat(lanes.latest()).isEqualTo(latest);
        assertThat(lanes.members().track("c").last().orElseThrow().since()).isEqualTo(latest);
        assertThat(states(lanes.members().track("b"))).containsExactly(LaneState.STREAMING, LaneState.SILENT);
    }

    @Test
    void aMemberThatComesAndGoesAHundredTimesKeepsEachTurn() {
        ReducerStory told = ReducerStory.healthy();
        for (int i = 0; i < 100; i++) {
            told.seconds(10).silent("b").seconds(10).standby("b", 1);
        }

        assertThat(told.dashboard().lanes().members().track("b").spans()).hasSize(201);
    }

    @Test
    void writesAreNotedByTheirOutcome() {
        ReducerStory told = ReducerStory.healthy();
        told.tell(new Observation.ProbeStarted(
                told.now(),
                new ProbeTarget(
                        "postgres at haproxy:5000",
                        "patop_probe",
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Optional.empty())));
        told.seconds(1);
        Instant at = told.now();
        told.tell(new Observation.ProbeWrote(
                at,
                List.of(
                        new Write(
                                1,
                                at.minusMillis(500),
                                at.minusMillis(498),
                                Outcome.ACKNOWLEDGED,
                                "",
                                Optional.empty()),
                        new Write(2, at.minusMillis(200), at, Outcome.REFUSED, "refused", Optional.empty()))));
        Lanes lanes = told.dashboard().lanes();

        assertThat(lanes.writes()
                        .between(at.minusMillis(600), at.minusMillis(400))
                        .p95())
                .contains(Duration.ofMillis(2));
        assertThat(lanes.writes().between(at.minusMillis(200), at).refused()).isTrue();
        assertThat(lanes.reads().between(at.minusSeconds(10), at).isNothing()).isTrue();
    }

    private static List<LaneState> states(Track track) {
        return track.spans().stream().map(Span::state).toList();
    }
}
