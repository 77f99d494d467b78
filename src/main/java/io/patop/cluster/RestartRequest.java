package io.patop.cluster;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * How a node is to restart its PostgreSQL, and on which conditions; the node itself checks them.
 *
 * @param role only if the node has this role then
 * @param belowVersion only if its PostgreSQL is older than this version, e.g. {@code 15.4}
 * @param timeout how long it may take to start, whole seconds; absent: primary_start_timeout
 * @param onlyPending only if settings wait for a restart
 * @param at when; absent: now
 */
public record RestartRequest(
        Optional<RoleFilter> role,
        Optional<String> belowVersion,
        Optional<Duration> timeout,
        boolean onlyPending,
        Optional<OffsetDateTime> at) {

    /** Now, whatever the node is. */
    public static final RestartRequest NOW =
            new RestartRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    /** The roles that a node compares with its own. */
    public enum RoleFilter {
        /** Has the primary, which is not in recovery. */
        PRIMARY,
        /** Patroni 4.0 and later: leads a standby cluster. */
        STANDBY_LEADER,
        /** Any other. */
        REPLICA;

        /**
         * The word for a node of that version. It was {@code master} until 4.0: 3.0.2 accepts {@code primary} too,
         * and then never finds it satisfied (ha.restart_matches compares with its own word).
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

    /** Checks the timeout. */
    public RestartRequest {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(belowVersion, "belowVersion");
        Objects.requireNonNull(at, "at");
        if (timeout.filter(limit -> limit.toSeconds() < 1).isPresent()) {
            throw new IllegalArgumentException("a restart's timeout is 1 s or more");
        }
    }

    /** The same restart at that time. */
    public RestartRequest at(OffsetDateTime time) {
        return new RestartRequest(role, belowVersion, timeout, onlyPending, Optional.of(time));
    }
}
