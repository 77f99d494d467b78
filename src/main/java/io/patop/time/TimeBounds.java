package io.patop.time;

import java.time.Instant;

/**
 * The two times between which something happened. A change seen by a poll happened after the poll before it.
 *
 * @param notBefore the last time at which it had not happened yet
 * @param notAfter the first time at which it had happened
 */
public record TimeBounds(Instant notBefore, Instant notAfter) {

    /** Puts the two in order, since the clocks and answers of two sources may differ a little. */
    public TimeBounds {
        if (notBefore.isAfter(notAfter)) {
            notBefore = notAfter;
        }
    }

    /** The bounds of something that happened at a known time. */
    public static TimeBounds exactly(Instant at) {
        return new TimeBounds(at, at);
    }
}
