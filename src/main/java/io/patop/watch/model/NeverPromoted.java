package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A member that holds the leader key and has not become primary for longer than a promotion takes: nobody can write, and
 * Patroni will not elect another (patroni issue 3603).
 *
 * @param leader the member
 * @param since when it held the key and said for the first time that it is no primary
 * @param says its own API's role, state and timeline
 */
public record NeverPromoted(String leader, Instant since, String says) {

    /** A promotion, and the start before it, take less; primary_start_timeout (300 s) is for crash recovery. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Checks that all parts are there. */
    public NeverPromoted {
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(says, "says");
    }
}
