package io.patop.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * A restart of one member that Patroni has been told to do later.
 *
 * @param at when, as text of Patroni and, where it can be read, as a time
 * @param ifPending only if a restart is pending then
 * @param role only if the member has this role then
 * @param belowVersion only if PostgreSQL is older than this version then
 */
public record ScheduledRestart(
        PatroniTime at, boolean ifPending, Optional<String> role, Optional<String> belowVersion) {

    /** Checks that all parts are there. */
    public ScheduledRestart {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(belowVersion, "belowVersion");
    }
}
