package io.patop.cluster;

import java.util.Optional;

/**
 * A switchover that is scheduled in Patroni.
 *
 * @param at the time
 * @param from the leader that hands over, if one was named
 * @param to the candidate, if one was named
 */
public record ScheduledSwitchover(PatroniTime at, Optional<String> from, Optional<String> to) {}
