package io.patop.history;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * An immutable set of numbers as the runs that it consists of, since nearly all numbers are neighbours; with those
 * that were there more than once.
 */
public final class NumberSet {

    /** The set of no numbers. */
    public static final NumberSet EMPTY = new NumberSet(new long[0], new long[0]);

    /** First and last number of each run, ascending. */
    private final long[] bounds;

    private final long[] repeated;

    private NumberSet(long[] bounds, long[] repeated) {
        this.bounds = bounds;
        this.repeated = repeated;
    }

    /** Returns the set of these numbers, in any order. */
    public static NumberSet of(long... numbers) {
        long[] sorted = numbers.clone();
        Arrays.sort(sorted);
        long[] bounds = new long[16];
        long[] repeated = new long[0];
        int size = 0;
        for (int i = 0; i < sorted.length; i++) {
            long number = sorted[i];
            if (i > 0 && number == sorted[i - 1]) {
                if (repeated.length == 0 || repeated[repeated.length - 1] != number) {
                    repeated = Arrays.copyOf(repeated, repeated.length + 1);
                    repeated[repeated.length - 1] = number;
                }
            } else if (size > 0 && number == bounds[size - 1] + 1) {
                bounds[size - 1] = number;
            } else {
                bounds = size + 2 > bounds.length ? Arrays.copyOf(bounds, size * 2) : bounds;
                bounds[size] = number;
                bounds[size + 1] = number;
                size += 2;
            }
        }
        return new NumberSet(Arrays.copyOf(bounds, size), repeated);
    }

    /** Returns how many different numbers there are. */
    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    /** Returns the largest number; 0 if there is none. */
    long largest() {
        return bounds.length == 0 ? 0 : bounds[bounds.length - 1];
    }

    public boolean contains(long number) {
        int at = Arrays.binarySearch(bounds, number);
        // Between the first and the last of a run the insertion point is odd.
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    /** Returns the numbers that were there more than once, ascending. */
    long[] repeated() {
        return repeated.clone();
    }

    /** Takes the first and the last number of a run. */
    interface RunConsumer {
        void accept(long first, long last);
    }

    /** Calls with each run of neighbours, ascending. */
    void forEachRun(RunConsumer use) {
        for (int i = 0; i < bounds.length; i += 2) {
            use.accept(bounds[i], bounds[i + 1]);
        }
    }

    /** Calls with each number, ascending. */
    void forEach(LongConsumer use) {
        for (int i = 0; i < bounds.length; i += 2) {
            for (long number = bounds[i]; number <= bounds[i + 1]; number++) {
                use.accept(number);
            }
        }
    }

    /** Calls with each number above {@code above}, up to {@code last}, that is not in the set, ascending. */
    void forEachMissing(long above, long last, LongConsumer use) {
        long next = above + 1;
        for (int i = 0; i < bounds.length && next <= last; i += 2) {
            for (; next < bounds[i] && next <= last; next++) {
                use.accept(next);
            }
            next = Math.max(next, bounds[i + 1] + 1);
        }
        for (; next <= last; next++) {
            use.accept(next);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberSet set
                && Arrays.equals(bounds, set.bounds)
                && Arrays.equals(repeated, set.repeated);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bounds) + Arrays.hashCode(repeated);
    }

    /** Returns e.g. {@code 1-4, 7}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : ", ").append(bounds[i]);
            if (bounds[i + 1] > bounds[i]) {
                text.append('-').append(bounds[i + 1]);
            }
        }
        return text.toString();
    }
}
