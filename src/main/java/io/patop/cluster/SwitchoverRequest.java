package io.patop.cluster;

import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * A healthy leader hands over.
 *
 * @param leader that leads now; Patroni refuses if another does
 * @param candidate that is to lead; absent: Patroni chooses
 * @param at when; absent: now
 */
public record SwitchoverRequest(String leader, Optional<String> candidate, Optional<OffsetDateTime> at) {
    /** Checks that all parts are there. */
    public SwitchoverRequest {
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(candidate, "candidate");
        Objects.requireNonNull(at, "at");
    }
}
