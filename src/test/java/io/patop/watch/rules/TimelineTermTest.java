package io.patop.watch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.History;
import io.patop.cluster.Lsn;
import io.patop.cluster.PatroniTime;
import io.patop.cluster.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTermTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void eachTimelineHasItsLeaderAndLastedUntilTheNext() {
        List<TimelineTerm> reigns = TimelineTerm.of(new History(List.of(
                entry(1, 100, "2026-11-24T10:00:00+00:00", "b"), entry(2, 200, "2026-11-24T11:30:00+00:00", "a"))));

        assertThat(reigns).extracting(reign -> reign.timeline().number()).containsExactly(3L, 2L, 1L);
        assertThat(reigns)
                .extracting(TimelineTerm::leader)
                .containsExactly(Optional.of("a"), Optional.of("b"), Optional.empty());
        assertThat(reigns)
                .extracting(reign -> reign.lasted(NOW))
                .containsExactly(
                        Optional.of(Duration.ofMinutes(30)), Optional.of(Duration.ofMinutes(90)), Optional.empty());
        assertThat(reigns).extracting(TimelineTerm::present).containsExactly(true, false, false);
        assertThat(reigns.get(1).lastLsn()).contains(new Lsn(200));
    }

    @Test
    void oldEntriesWithoutTimeAndLeaderAreUnknown() {
        TimelineTerm ended = TimelineTerm.of(new History(List.of(new History.Entry(
                        new Timeline(7), new Lsn(1), "no reason", Optional.empty(), Optional.empty()))))
                .get(1);

        assertThat(ended.lasted(NOW)).isEmpty();
        assertThat(ended.leader()).isEmpty();
        assertThat(TimelineTerm.of(new History(List.of()))).isEmpty();
    }

    private static History.Entry entry(long timeline, long lsn, String at, String next) {
        return new History.Entry(
                new Timeline(timeline),
                new Lsn(lsn),
                "no recovery target specified",
                Optional.of(PatroniTime.of(at)),
                Optional.of(next));
    }
}
