package io.patop.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One write and what became of it. Times are the writer's own.
 *
 * @param number of the write in its run, from 1, one higher with each
 * @param began when the writer began it; the time that stands in the row
 * @param ended when its outcome was known
 * @param outcome what became of it
 * @param detail why it was not acknowledged, one line; empty if it was
 * @param server that it went to; empty if none was reached, or the server has no address (a unix socket)
 */
public record Write(
        long number, Instant began, Instant ended, Outcome outcome, String detail, Optional<Server> server) {

    /** Checks that all parts are there and the number is one. */
    public Write {
        if (number < 1) {
            throw new IllegalArgumentException("writes are numbered from 1, not " + number);
        }
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(server, "server");
    }

    /** From its beginning until its outcome was known. */
    public Duration took() {
        return Duration.between(began, ended);
    }

    /** Whether the server confirmed it. */
    public boolean isAcknowledged() {
        return outcome == Outcome.ACKNOWLEDGED;
    }
}
