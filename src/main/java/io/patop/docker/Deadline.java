package io.patop.docker;

import java.time.Duration;

/** The time limit of one call, however many requests it makes. */
final class Deadline {

    private final long start = System.nanoTime();
    private final Duration bound;

    Deadline(Duration bound) {
        this.bound = bound;
    }

    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Returns the time that is left; zero or less when it is over. */
    Duration left() {
        return bound.minus(spent());
    }
}
