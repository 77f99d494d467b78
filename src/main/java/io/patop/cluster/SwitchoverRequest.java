package io.patop.cluster;

import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that a healthy leader hands over.
 *
 * @param leader the present leader; Patroni refuses if it is another
 * @param candidate the new leader; absent: Patroni chooses
 * @param at the time; absent: now
 */
public record SwitchoverRequest(String leader, Optional<String> candidate, Optional<OffsetDateTime> at) {
    public SwitchoverRequest {
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(candidate, "candidate");
        Objects.requireNonNull(at, "at");
    }
}
