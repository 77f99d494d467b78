package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which patop did not watch, since it was stopped or its machine slept. What happened in it is not known,
 * and nothing is measured across it.
 *
 * @param since when patop was last seen awake
 * @param until when it was awake again
 */
public record MonitoringGap(Instant since, Instant until) {

    /** Checks that the end is after the beginning. */
    public MonitoringGap {
        if (until.isBefore(since)) {
            throw new IllegalArgumentException("not watched until " + until + ", which is before " + since);
        }
    }

    /** The length of the gap. */
    public Duration lasted() {
        return Duration.between(since, until);
    }
}
