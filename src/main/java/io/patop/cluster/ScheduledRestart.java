package io.patop.cluster;

import java.util.Optional;

/**
 * A restart of one member that is scheduled in Patroni.
 *
 * @param at the time, as Patroni's text and, if it can be read, parsed
 * @param ifPending whether it happens only if a restart is pending then
 * @param role the role that the member must have then; empty for any
 * @param belowVersion the version that PostgreSQL must be older than; empty for any
 */
public record ScheduledRestart(
        PatroniTime at, boolean ifPending, Optional<String> role, Optional<String> belowVersion) {}
