package io.patop.watch.bill;

import io.patop.watch.model.Failover;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How long the stages took in the changes of leader that were seen, drills included.
 *
 * @param promotions from the new leader to its promotion
 * @param routes from the promotion until HAProxy routed there
 */
public record Spread(List<Duration> promotions, List<Duration> routes) {

    /** How many changes of leader are enough to be believed more than what is usual. */
    private static final int ENOUGH = 3;

    /** Nothing was seen. */
    public static final Spread NONE = new Spread(List.of(), List.of());

    public Spread {
        promotions = List.copyOf(promotions);
        routes = List.copyOf(routes);
    }

    /** The spread of those changes of leader. */
    public static Spread of(Collection<Failover> changes) {
        return new Spread(
                changes.stream()
                        .flatMap(change -> between(change, Phase.NEW_LEADER, Phase.PROMOTED).stream())
                        .toList(),
                changes.stream()
                        .flatMap(change -> between(change, Phase.PROMOTED, Phase.PROXY_ROUTES).stream())
                        .toList());
    }

    /** The most to expect: half as much again as the longest that was seen; empty if too few were seen. */
    static Optional<Duration> most(List<Duration> seen) {
        return seen.size() < ENOUGH
                ? Optional.empty()
                : Optional.of(Collections.max(seen).multipliedBy(3).dividedBy(2));
    }

    private static Optional<Duration> between(Failover change, Phase from, Phase to) {
        return change.at(from).flatMap(began -> change.at(to).map(ended -> {
            Duration took = Duration.between(began, ended);
            return took.isNegative() ? Duration.ZERO : took;
        }));
    }
}
