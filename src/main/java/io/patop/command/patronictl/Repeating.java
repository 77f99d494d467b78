package io.patop.command.patronictl;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Output that is printed repeatedly ({@code -w SECONDS}, {@code -W}), with the time above it ({@code -t}). On a
 * terminal a frame replaces the one before in one piece, without a blank screen between; elsewhere frames follow each
 * other without escape codes.
 */
final class Repeating {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final double LONGEST_SECONDS = 86_400;
    private static final double NANOSECONDS = 1e9;

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /**
     * Begins a synchronized update: terminals that know DEC mode 2026 show the whole update at once; others ignore
     * it.
     */
    private static final String BEGIN = "\u001b[?2026h";

    private static final String END = "\u001b[?2026l";

    /** Goes to the upper left corner and erases everything from there on. */
    private static final String FROM_THE_TOP = "\u001b[H\u001b[J";

    private Repeating() {}

    /**
     * Returns how often to print: {@code -w}, else every two seconds for {@code -W}; empty for once, which
     * {@code -w 0} means too.
     *
     * @throws IllegalArgumentException if the seconds are no number from 0 to 86400; the message says so
     */
    static Optional<Duration> interval(OptionalDouble seconds, boolean everyTwoSeconds) {
        double wanted = seconds.orElse(0);
        if (!(wanted >= 0 && wanted <= LONGEST_SECONDS)) {
            throw new IllegalArgumentException("-w takes 0 to 86400 seconds, not " + wanted);
        }
        if (wanted > 0) {
            return Optional.of(Duration.ofNanos(Math.max(1, Math.round(wanted * NANOSECONDS))));
        }
        return everyTwoSeconds ? Optional.of(EVERY) : Optional.empty();
    }

    /**
     * Returns one frame; for a terminal with the codes that put it in place of the last one, to be written in one
     * piece.
     */
    static String frame(String text, boolean onTerminal) {
        return onTerminal ? BEGIN + FROM_THE_TOP + text + END : text;
    }

    /** Returns the local time to the second, with a line end. */
    static String timestamp(Instant now, ZoneId zone) {
        return TIMESTAMP.format(now.atZone(zone)) + "\n";
    }
}
