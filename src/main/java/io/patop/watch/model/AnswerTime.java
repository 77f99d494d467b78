package io.patop.watch.model;

import java.time.Duration;

/**
 * A node's answer times, smoothed.
 *
 * @param last the latest answer's duration
 * @param average over the latest answers, the newer ones counting more
 * @param usual the average at its last move of more than a quarter; it stays until the next such move, so that the
 *     number on the screen does not flicker
 */
public record AnswerTime(Duration last, Duration average, Duration usual) {

    /** The divisor of a new answer's weight: it counts an eighth, as in TCP's smoothed round-trip time (RFC 6298). */
    private static final int WEIGHT = 8;

    /** A smaller move than this leaves the usual time unchanged. */
    private static final Duration FINE = Duration.ofMillis(5);

    /** Upper limit of an answer time: no request lasts longer, but a damaged recording may hold any value. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** The time after the first answer. */
    public static AnswerTime of(Duration took) {
        Duration first = sane(took);
        return new AnswerTime(first, first, first);
    }

    /** The time after one more answer. */
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
