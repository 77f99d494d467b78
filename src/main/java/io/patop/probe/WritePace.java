package io.patop.probe;

import java.time.Duration;

/**
 * The time between two writes: that of the quiet rate, and a fiftieth of a second while writes fail and for some time
 * after, so that the end of an outage is known as exactly. Used by the probe's thread only.
 */
final class WritePace {

    /** Writes a second while they fail, unless the quiet rate is higher. */
    static final int FAST_RATE = 50;

    /** How long the fast rate lasts after the last failure. */
    static final Duration FAST_AFTER_FAILURE = Duration.ofSeconds(10);

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final int quietRate;
    private boolean anyFailed;
    private long failedAt;

    WritePace(int quietRate) {
        this.quietRate = quietRate;
    }

    /** Notes that a write has failed. */
    void failed(long nanos) {
        anyFailed = true;
        failedAt = nanos;
    }

    /** The time from this write to the next one, in nanoseconds. */
    long intervalNanos(long nanos) {
        boolean fast = anyFailed && nanos - failedAt <= FAST_AFTER_FAILURE.toNanos();
        return SECOND_NANOS / (fast ? Math.max(quietRate, FAST_RATE) : quietRate);
    }
}
