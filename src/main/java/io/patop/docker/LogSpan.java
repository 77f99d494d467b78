package io.patop.docker;

import java.time.Instant;
import java.util.Optional;

/**
 * The part of a log that is wanted.
 *
 * @param lines the most lines, from the end of that part; 1 to {@link #MOST_LINES}
 * @param since only lines from that time on
 * @param until only lines before that time
 */
public record LogSpan(int lines, Optional<Instant> since, Optional<Instant> until) {

    /** The most lines that are read at once. */
    public static final int MOST_LINES = 10_000;

    public LogSpan {
        if (lines < 1 || lines > MOST_LINES) {
            throw new IllegalArgumentException("1 to " + MOST_LINES + " lines of a log are read, not " + lines);
        }
    }

    /** The last lines. */
    public static LogSpan last(int lines) {
        return new LogSpan(lines, Optional.empty(), Optional.empty());
    }

    /** All lines between two times, as far as the bound goes. */
    public static LogSpan between(Instant since, Instant until) {
        return new LogSpan(MOST_LINES, Optional.of(since), Optional.of(until));
    }

    boolean includes(LogLine line) {
        return line.at()
                .map(at -> since.filter(at::isBefore).isEmpty()
                        && until.filter(end -> !at.isBefore(end)).isEmpty())
                .orElse(true);
    }

    String query() {
        return "stdout=1&stderr=1&timestamps=1&tail=" + lines
                + since.map(at -> "&since=" + seconds(at)).orElse("")
                + until.map(at -> "&until=" + seconds(at)).orElse("");
    }

    private static String seconds(Instant at) {
        return at.getEpochSecond() + "." + String.format("%09d", at.getNano());
    }
}
