package io.patop.time;

import io.patop.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How long something took, as far as it could be measured. {@link DurationText#words(MeasuredDuration)} is its text.
 *
 * @param least it took at least so long
 * @param most it took at most so long; empty where that is not known
 */
public record MeasuredDuration(Duration least, Optional<Duration> most) {

    /** Replaces negative lengths by zero, and refuses an upper bound below the lower one. */
    public MeasuredDuration {
        least = notNegative(least);
        most = most.map(MeasuredDuration::notNegative);
        Objects.requireNonNull(most, "most");
        if (most.isPresent() && most.get().compareTo(least) < 0) {
            throw new IllegalArgumentException("at least " + least + " and at most " + most.get());
        }
    }

    /** Reads the text of an exact duration, which recordings of patop 0.1 hold. */
    public static MeasuredDuration valueOf(String text) {
        return exactly(Duration.parse(text));
    }

    /** A length that is known. */
    public static MeasuredDuration exactly(Duration length) {
        return new MeasuredDuration(length, Optional.of(length));
    }

    /** A length of which the beginning was missed. */
    public static MeasuredDuration atLeast(Duration length) {
        return new MeasuredDuration(length, Optional.empty());
    }

    /** From the one to the other. */
    public static MeasuredDuration between(TimeBounds from, TimeBounds to) {
        Duration most = notNegative(Duration.between(from.notBefore(), to.notAfter()));
        Duration least = notNegative(Duration.between(from.notAfter(), to.notBefore()));
        return new MeasuredDuration(least.compareTo(most) > 0 ? most : least, Optional.of(most));
    }

    /** From the one to a known time. */
    public static MeasuredDuration between(TimeBounds from, Instant to) {
        return between(from, TimeBounds.exactly(to));
    }

    /** The upper bound, or the lower one where there is no other: one number that is never too small if one can be had. */
    public Duration longest() {
        return most.orElse(least);
    }

    private static Duration notNegative(Duration length) {
        return length.isNegative() ? Duration.ZERO : length;
    }
}
