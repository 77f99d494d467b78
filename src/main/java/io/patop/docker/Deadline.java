package io.patop.docker;

import java.time.Duration;

/** The time that one call may take, however many requests it makes. */
final class Deadline {

    private final long start = System.nanoTime();
    private final Duration bound;

    Deadline(Duration bound) {
        this.bound = bound;
    }

    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Zero or less when it is over. */
    Duration left() {
        return bound.minus(spent());
    }
}
