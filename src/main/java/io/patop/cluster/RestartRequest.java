package io.patop.cluster;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A request to restart a node's PostgreSQL, with conditions that the node itself checks.
 *
 * @param role only if the node has this role then
 * @param belowVersion only if its PostgreSQL is older than this version, e.g. {@code 15.4}
 * @param timeout how long the start may take, in whole seconds, at least 1 s; absent: primary_start_timeout
 * @param onlyPending only if settings wait for a restart
 * @param at the time; absent: now
 */
public record RestartRequest(
        Optional<RoleFilter> role,
        Optional<String> belowVersion,
        Optional<Duration> timeout,
        boolean onlyPending,
        Optional<OffsetDateTime> at) {

    /** A restart now, without conditions. */
    public static final RestartRequest NOW =
            new RestartRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    /** The roles that a restart can require. */
    public enum RoleFilter {
        /** The node has the primary, which is not in recovery. */
        PRIMARY,
        /** The node leads a standby cluster (Patroni 4.0 and later). */
        STANDBY_LEADER,
        /** The node has any other role. */
        REPLICA;

        /**
         * The role's name for a node of that version. The primary was {@code master} until 4.0: 3.0.2 accepts
         * {@code primary} too, but then never finds the condition fulfilled (ha.restart_matches compares with its own
         * word).
         */
        public String word(Optional<PatroniVersion> version) {
            return switch (this) {
                case PRIMARY ->
                    version.filter(known -> !known.isAtLeast(4, 0, 0)).isPresent() ? "master" : "primary";
                case STANDBY_LEADER -> "standby_leader";
                case REPLICA -> "replica";
            };
        }
    }

    public RestartRequest {
        if (timeout.filter(limit -> limit.toSeconds() < 1).isPresent()) {
            throw new IllegalArgumentException("a restart's timeout is 1 s or more");
        }
    }

    /** This restart, scheduled for that time. */
    public RestartRequest at(OffsetDateTime time) {
        return new RestartRequest(role, belowVersion, timeout, onlyPending, Optional.of(time));
    }
}
