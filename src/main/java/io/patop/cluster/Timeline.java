package io.patop.cluster;

import java.util.Optional;

/**
 * A PostgreSQL timeline: each promotion starts the next.
 *
 * @param number 1 to 4294967295
 */
public record Timeline(long number) implements Comparable<Timeline> {

    /** The highest timeline that PostgreSQL can name. */
    public static final long MAX = 0xFFFF_FFFFL;

    /** Checks the range. */
    public Timeline {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("a timeline is 1 to " + MAX + ", not " + number);
        }
    }

    /** The timeline, or nothing for a number that is none. */
    public static Optional<Timeline> of(long number) {
        return number < 1 || number > MAX ? Optional.empty() : Optional.of(new Timeline(number));
    }

    /** Whether a promotion lies between the two. */
    public boolean isAfter(Timeline other) {
        return number > other.number;
    }

    @Override
    public int compareTo(Timeline other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
