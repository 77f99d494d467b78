package io.patop.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One write and its outcome, with the writer's own times.
 *
 * @param number the write's number in its run, from 1, each one higher
 * @param began when the writer began it; the row holds this time
 * @param ended when its outcome was known
 * @param outcome what became of it
 * @param detail why it was not acknowledged, in one line; empty if it was
 * @param server the server that took it; empty if none was reached, or the server has no address (a unix socket)
 */
public record Write(
        long number, Instant began, Instant ended, Outcome outcome, String detail, Optional<Server> server) {

    public Write {
        if (number < 1) {
            throw new IllegalArgumentException("writes are numbered from 1, not " + number);
        }
    }

    /** The time from its beginning until its outcome was known. */
    public Duration took() {
        return Duration.between(began, ended);
    }

    /** Whether the server confirmed it. */
    public boolean isAcknowledged() {
        return outcome == Outcome.ACKNOWLEDGED;
    }
}
