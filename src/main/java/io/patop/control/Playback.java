package io.patop.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The position and state of a replay.
 *
 * @param start the time of the recording's first observation
 * @param end the time of its last observation that was read
 * @param at the time that is shown, between start and end
 * @param played how many observations have been played
 * @param observations how many were read
 * @param event how many of the recording's events have been played
 * @param events how many were read
 * @param speed how many times faster than in the recording
 * @param playing whether the replay is running
 * @param whole whether all of the recording was read
 * @param flaw where and why the recording breaks off; empty if it is whole
 */
public record Playback(
        Instant start,
        Instant end,
        Instant at,
        long played,
        long observations,
        long event,
        long events,
        double speed,
        boolean playing,
        boolean whole,
        Optional<String> flaw) {

    /** The time from the recording's start to what is shown. */
    public Duration elapsed() {
        return Duration.between(start, at);
    }

    /** The time from the recording's start to its end. */
    public Duration length() {
        return Duration.between(start, end);
    }

    /** Whether everything has been played. */
    public boolean isOver() {
        return whole && played == observations;
    }
}
