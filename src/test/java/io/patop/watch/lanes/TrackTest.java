package io.patop.watch.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrackTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final int MOST = 100;

    @Test
    void theWorstStateOfATimeIsFoundHoweverShortItWas() {
        Track track = Track.EMPTY
                .with(Span.of(START, LaneState.STREAMING), MOST)
                .with(Span.of(at(10.05), LaneState.SILENT), MOST)
                .with(Span.of(at(10.06), LaneState.STREAMING), MOST);

        assertThat(track.worst(at(0), at(60)).orElseThrow().state()).isEqualTo(LaneState.SILENT);
        assertThat(track.worst(at(11), at(60)).orElseThrow().state()).isEqualTo(LaneState.STREAMING);
        assertThat(track.worst(at(-60), at(0))).isEmpty();
    }

    @Test
    void aStateThatGoesOnIsKeptOnce() {
        Track track =
                Track.EMPTY.with(Span.of(START, LaneState.LEADER), MOST).with(Span.of(at(5), LaneState.LEADER), MOST);

        assertThat(track.spans()).containsExactly(Span.of(START, LaneState.LEADER));
    }

    @Test
    void aStateFromBeforeTheLastOneBeginsWithIt() {
        Track track = Track.EMPTY
                .with(Span.of(at(10), LaneState.LEADER), MOST)
                .with(Span.of(at(-3600), LaneState.SILENT), MOST);

        assertThat(track.spans()).containsExactly(Span.of(at(10), LaneState.SILENT));
    }

    /** A member that comes and goes every half second for a day stays within the bound, and is not shown as calm. */
    @Test
    void aLaneThatChangesAllTheTimeStaysSmallAndLosesNothing() {
        Track track = Track.EMPTY;
        int largest = 0;
        for (int i = 0; i < 172_800; i++) {
            track = track.with(Span.of(at(i / 2.0), i % 2 == 0 ? LaneState.STREAMING : LaneState.SILENT), MOST);
            largest = Math.max(largest, track.spans().size());
        }

        assertThat(largest).isLessThanOrEqualTo(MOST);
        for (int hour = 0; hour < 24; hour++) {
            assertThat(track.worst(at(hour * 3600 + 60), at(hour * 3600 + 120))
                            .orElseThrow()
                            .state())
                    .isEqualTo(LaneState.SILENT);
        }
        assertThat(track.worst(at(86_399.0), at(86_399.4)).orElseThrow().state())
                .isEqualTo(LaneState.STREAMING);
    }

    /** One short silence an hour ago is still there after a hundred comings and goings. */
    @Test
    void whatIsShortAndOldIsKept() {
        Track track = Track.EMPTY
                .with(Span.of(START, LaneState.STREAMING), MOST)
                .with(Span.of(at(1), LaneState.SILENT), MOST)
                .with(Span.of(at(1.2), LaneState.STREAMING), MOST);
        for (int i = 0; i < 100; i++) {
            track = track.with(Span.of(at(3600 + i * 4), LaneState.NOT_STREAMING), MOST)
                    .with(Span.of(at(3602 + i * 4), LaneState.STREAMING), MOST);
        }

        assertThat(track.worst(at(0), at(60)).orElseThrow().state()).isEqualTo(LaneState.SILENT);
        assertThat(track.worst(at(1000), at(3000)).orElseThrow().state()).isEqualTo(LaneState.STREAMING);
        assertThat(track.spans()).hasSizeLessThanOrEqualTo(MOST);
    }

    @Test
    void whatEndedMoreThanADayAgoIsForgotten() {
        Track track = Track.EMPTY
                .with(Span.of(START, LaneState.SILENT), MOST)
                .with(Span.of(at(60), LaneState.STREAMING), MOST)
                .with(Span.of(START.plus(Duration.ofHours(25)), LaneState.LEADER), MOST);

        assertThat(track.spans()).extracting(Span::state).containsExactly(LaneState.STREAMING, LaneState.LEADER);
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }
}
