package io.patop.drill;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The spread of a series of durations.
 *
 * @param least the shortest
 * @param median the middle one, or the mean of the two in the middle
 * @param most the longest
 */
public record Statistics(Duration least, Duration median, Duration most) {

    /** The spread of those durations; empty if there are none. */
    public static Optional<Statistics> of(Collection<Duration> durations) {
        if (durations.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> sorted = durations.stream().sorted().toList();
        int middle = sorted.size() / 2;
        Duration median = sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
        return Optional.of(new Statistics(sorted.get(0), median, sorted.get(sorted.size() - 1)));
    }
}
