package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A while in which nobody watched: what happened in it is not known, and nothing may be measured across it.
 *
 * @param since when patop last was awake
 * @param until when it was again
 */
public record MonitoringGap(Instant since, Instant until) {

    /** Checks that it has a length. */
    public MonitoringGap {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
        if (until.isBefore(since)) {
            throw new IllegalArgumentException("not watched until " + until + ", which is before " + since);
        }
    }

    /** How long that was. */
    public Duration lasted() {
        return Duration.between(since, until);
    }
}
