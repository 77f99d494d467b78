package io.patop.watch.model;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a node takes to answer.
 *
 * @param last the latest answer's duration
 * @param average over the latest answers, the newer ones counting more
 * @param usual the average when it last moved by more than a quarter: it stays while there is no news in it, so
 *     that a figure on the screen does not flicker
 */
public record AnswerTime(Duration last, Duration average, Duration usual) {

    /** An answer counts an eighth, as in TCP's smoothed round-trip time (RFC 6298). */
    private static final int WEIGHT = 8;

    /** What is less than this is no news either. */
    private static final Duration FINE = Duration.ofMillis(5);

    /** Nothing is awaited longer; a damaged recording may say anything. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** None may be missing. */
    public AnswerTime {
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(average, "average");
        Objects.requireNonNull(usual, "usual");
    }

    /** Of a first answer. */
    public static AnswerTime of(Duration took) {
        Duration first = sane(took);
        return new AnswerTime(first, first, first);
    }

    /** With one answer more. */
    public AnswerTime and(Duration took) {
        Duration next = sane(took);
        Duration moved = average.plus(next.minus(average).dividedBy(WEIGHT));
        Duration off = moved.minus(usual).abs();
        boolean isNews = off.compareTo(FINE) > 0 && off.multipliedBy(4).compareTo(usual) > 0;
        return new AnswerTime(next, moved, isNews ? moved : usual);
    }

    private static Duration sane(Duration took) {
        if (took.isNegative()) {
            return Duration.ZERO;
        }
        return took.compareTo(LONGEST) > 0 ? LONGEST : took;
    }
}
