package io.patop.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a replay stands.
 *
 * @param start time of the recording's first observation
 * @param end time of its last
 * @param at the time that is shown, between the two
 * @param played how many observations have been played
 * @param observations how many there are
 * @param event how many of the recording's events have been played
 * @param events how many there are
 * @param speed how many times faster than it was
 * @param playing whether it goes on by itself
 * @param flaw where and why the recording ends before its time; empty for a whole one
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
        Optional<String> flaw) {

    /** Checks that all parts are there. */
    public Playback {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(flaw, "flaw");
    }

    /** From the recording's start to what is shown. */
    public Duration elapsed() {
        return Duration.between(start, at);
    }

    /** From the recording's start to its end. */
    public Duration length() {
        return Duration.between(start, end);
    }

    /** Whether there is no more. */
    public boolean isOver() {
        return played == observations;
    }
}
