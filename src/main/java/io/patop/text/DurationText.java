package io.patop.text;

import io.patop.time.MeasuredDuration;
import java.time.Duration;
import java.util.Locale;

/** Formats durations for events and screens. */
public final class DurationText {

    private static final String SECONDS = " s";

    /** Largest difference of two bounds that is no error worth telling. */
    private static final Duration EXACT = Duration.ofMillis(10);

    /** Largest difference of two bounds that is told as an error. */
    private static final Duration CLOSE = Duration.ofMillis(300);

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
     * The measured duration as {@code 2.1 s}, {@code 6.4 ± 0.1 s} if its bounds are close, {@code 2.1 to 3.1 s} if
     * they are not, or {@code ≥ 2.1 s} if its upper bound is not known. It is the one rule for all that was measured,
     * outages and phases.
     */
    public static String text(MeasuredDuration measured) {
        String least = text(measured.least());
        if (measured.most().isEmpty()) {
            return "≥ " + least;
        }
        Duration between = measured.most().get().minus(measured.least());
        if (between.compareTo(EXACT) > 0 && between.compareTo(CLOSE) <= 0 && least.endsWith(SECONDS)) {
            return withError(measured.least().toMillis(), measured.most().get().toMillis());
        }
        String most = text(measured.most().get());
        if (most.equals(least)) {
            return most;
        }
        boolean seconds = least.endsWith(SECONDS) && most.endsWith(SECONDS);
        return (seconds ? least.substring(0, least.length() - SECONDS.length()) : least) + " to " + most;
    }

    /** The middle of two numbers of milliseconds, and an error that covers both, as {@code 6.4 ± 0.1 s}. */
    private static String withError(long least, long most) {
        long unit = most - least >= 100 ? 100 : 10;
        long middle = Math.round((least + most) / 2.0 / unit);
        long error = Math.max(most - middle * unit, middle * unit - least);
        long units = (error + unit - 1) / unit;
        String form = unit == 100 ? "%.1f ± %.1f s" : "%.2f ± %.2f s";
        return String.format(Locale.ROOT, form, middle * unit / 1000.0, units * unit / 1000.0);
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
