package io.patop.probe;

import java.time.Duration;

/**
 * The pause of a client between two tries, which grows from 0.1 s to 5 s, as a connection pool's does. Used by one
 * thread.
 */
public final class RetryPause {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    /** Returns how long to wait after one more try that failed. */
    public Duration afterFailure() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return pause;
    }

    /** Begins anew, since a try succeeded. */
    public void reset() {
        next = FIRST;
    }
}
