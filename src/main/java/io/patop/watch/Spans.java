package io.patop.watch;

import java.time.Duration;

/** How long something took, in the words of events and screens. */
public final class Spans {

    private Spans() {}

    /** {@code 0.8 s}, {@code 42.0 s}, {@code 3m 12s}, {@code 2h 05m}, {@code 3d 04h}; a negative one counts as 0. */
    public static String words(Duration span) {
        Duration length = span.isNegative() ? Duration.ZERO : span;
        long seconds = length.toSeconds();
        if (seconds < 100) {
            return seconds + "." + length.toMillisPart() / 100 + " s";
        }
        return coarse(seconds);
    }

    /** {@code 0s}, {@code 42s}, {@code 3m 12s}, {@code 2h 05m}, {@code 3d 04h}: for ages, where tenths only flicker. */
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
