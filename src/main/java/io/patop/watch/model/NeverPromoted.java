package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A leader that has held the key for longer than a promotion takes without becoming primary. Nobody can write then,
 * and Patroni elects no other member (patroni issue 3603).
 *
 * @param leader the member that holds the key
 * @param since when it first held the key while saying that it is no primary
 * @param says the role, state and timeline that its own API tells
 */
public record NeverPromoted(String leader, Instant since, String says) {

    /**
     * Longest normal time of a promotion and the start before it. Crash recovery may take longer
     * (primary_start_timeout, 300 s).
     */
    public static final Duration PATIENCE = Duration.ofSeconds(30);
}
