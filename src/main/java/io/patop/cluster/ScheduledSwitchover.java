package io.patop.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * A switchover that Patroni has been told to do later.
 *
 * @param at when
 * @param from the leader it was asked of
 * @param to the candidate, where one was named
 */
public record ScheduledSwitchover(PatroniTime at, Optional<String> from, Optional<String> to) {
    /** Checks that all parts are there. */
    public ScheduledSwitchover {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
