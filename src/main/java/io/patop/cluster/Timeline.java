package io.patop.cluster;

import java.util.Optional;

/**
 * A timeline of PostgreSQL. Each promotion starts a new one.
 *
 * @param number 1 to 4294967295
 */
public record Timeline(long number) implements Comparable<Timeline> {

    /** The highest number of a timeline in PostgreSQL. */
    public static final long MAX = 0xFFFF_FFFFL;

    public Timeline {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("a timeline is 1 to " + MAX + ", not " + number);
        }
    }

    /** The timeline of that number; empty if the number is out of range. */
    public static Optional<Timeline> of(long number) {
        return number < 1 || number > MAX ? Optional.empty() : Optional.of(new Timeline(number));
    }

    /** Whether this timeline is later than the other, so that there was a promotion between them. */
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
