package io.patop.text;

import io.patop.time.MeasuredDuration;
import java.time.Duration;

/** Formats durations for events and screens. */
public final class DurationText {

    private static final String SECONDS = " s";

    private DurationText() {}

    /**
     * The duration as {@code 0.8 s}, {@code 42.0 s}, {@code 3m 12s}, {@code 2h 05m} or {@code 3d 04h}; a negative one
     * counts as 0.
     */
    public static String text(Duration span) {
        Duration length = span.isNegative() ? Duration.ZERO : span;
        long seconds = length.toSeconds();
        if (seconds < 100) {
            return seconds + "." + length.toMillisPart() / 100 + SECONDS;
        }
        return coarse(seconds);
    }

    /**
     * The measured duration as {@code 2.1 s}, {@code 2.1 to 3.1 s}, or {@code ≥ 2.1 s} if its upper bound is not
     * known.
     */
    public static String text(MeasuredDuration measured) {
        String least = text(measured.least());
        if (measured.most().isEmpty()) {
            return "≥ " + least;
        }
        String most = text(measured.most().get());
        if (most.equals(least)) {
            return most;
        }
        boolean seconds = least.endsWith(SECONDS) && most.endsWith(SECONDS);
        return (seconds ? least.substring(0, least.length() - SECONDS.length()) : least) + " to " + most;
    }

    /**
     * The duration of an age as {@code 0s}, {@code 42s}, {@code 3m 12s}, {@code 2h 05m} or {@code 3d 04h}, without
     * tenths, which would flicker.
     */
    public static String age(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        return seconds < 100 ? seconds + "s" : coarse(seconds);
    }

    private static String coarse(long seconds) {
        if (seconds < 3600) {
            return seconds / 60 + "m " + two(seconds % 60) + "s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + "h " + two(seconds % 3600 / 60) + "m";
        }
        return seconds / 86_400 + "d " + two(seconds % 86_400 / 3600) + "h";
    }

    private static String two(long number) {
        return (number < 10 ? "0" : "") + number;
    }
}
