package io.patop.time;

import java.time.Instant;
import java.util.Objects;

/**
 * The two times between which something happened. What a poll shows has happened since the poll before it.
 *
 * @param notBefore the last time at which it had not happened yet
 * @param notAfter the first time at which it had happened
 */
public record TimeBounds(Instant notBefore, Instant notAfter) {

    /** Puts the two in order: clocks and answers of two sources may cross by a little. */
    public TimeBounds {
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(notAfter, "notAfter");
        if (notBefore.isAfter(notAfter)) {
            notBefore = notAfter;
        }
    }

    /** Bounds of something whose time is known. */
    public static TimeBounds exactly(Instant at) {
        return new TimeBounds(at, at);
    }
}
