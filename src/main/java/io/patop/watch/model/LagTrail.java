package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A member's latest lags, one number a second at most.
 *
 * @param bytes replay lag behind the leader, oldest first; at most {@link #LONGEST}
 * @param lastAt when the last number was taken
 */
public record LagTrail(List<Long> bytes, Optional<Instant> lastAt) {

    /** How many numbers are kept. */
    public static final int LONGEST = 60;

    /** A trail without numbers. */
    public static final LagTrail EMPTY = new LagTrail(List.of(), Optional.empty());

    private static final Duration APART = Duration.ofMillis(900);

    public LagTrail {
        bytes = List.copyOf(bytes);
    }

    public LagTrail with(long lag, Instant at) {
        if (lastAt.filter(last -> Duration.between(last, at).compareTo(APART) < 0)
                .isPresent()) {
            return this;
        }
        List<Long> longer = new ArrayList<>(bytes);
        longer.add(lag);
        return new LagTrail(longer.subList(Math.max(0, longer.size() - LONGEST), longer.size()), Optional.of(at));
    }
}
