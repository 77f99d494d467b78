package io.patop.time;

import io.patop.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The duration of something, as exactly as it could be measured. {@link DurationText#text(MeasuredDuration)} formats
 * it.
 *
 * @param least the lower bound
 * @param most the upper bound; empty if it is not known
 */
public record MeasuredDuration(Duration least, Optional<Duration> most) {

    /** Replaces negative bounds by zero, and refuses an upper bound below the lower one. */
    public MeasuredDuration {
        least = notNegative(least);
        most = most.map(MeasuredDuration::notNegative);
        if (most.isPresent() && most.get().compareTo(least) < 0) {
            throw new IllegalArgumentException("at least " + least + " and at most " + most.get());
        }
    }

    /** Reads an exact duration in its text form, which recordings of patop 0.1 hold. */
    public static MeasuredDuration valueOf(String text) {
        return exactly(Duration.parse(text));
    }

    /** A duration that is known exactly. */
    public static MeasuredDuration exactly(Duration length) {
        return new MeasuredDuration(length, Optional.of(length));
    }

    /** A duration of which only the lower bound is known, since its beginning was missed. */
    public static MeasuredDuration atLeast(Duration length) {
        return new MeasuredDuration(length, Optional.empty());
    }

    /** The duration between two times that are known within bounds. */
    public static MeasuredDuration between(TimeBounds from, TimeBounds to) {
        Duration most = notNegative(Duration.between(from.notBefore(), to.notAfter()));
        Duration least = notNegative(Duration.between(from.notAfter(), to.notBefore()));
        return new MeasuredDuration(least.compareTo(most) > 0 ? most : least, Optional.of(most));
    }

    /** The duration from a time known within bounds to an exact time. */
    public static MeasuredDuration between(TimeBounds from, Instant to) {
        return between(from, TimeBounds.exactly(to));
    }

    /**
     * The upper bound, or the lower one if there is no other. As a single number it is never too small if that can be
     * avoided.
     */
    public Duration longest() {
        return most.orElse(least);
    }

    private static Duration notNegative(Duration length) {
        return length.isNegative() ? Duration.ZERO : length;
    }
}
