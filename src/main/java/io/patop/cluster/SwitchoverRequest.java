package io.patop.cluster;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A request that a healthy leader hands over.
 *
 * @param leader the present leader; Patroni refuses if it is another
 * @param candidate the new leader; absent: Patroni chooses
 * @param at the time; absent: now
 */
public record SwitchoverRequest(String leader, Optional<String> candidate, Optional<OffsetDateTime> at) {}
