package io.patop.control;

import io.patop.control.LocalCommand.Wind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a replay as a person types it: {@code 90s} or {@code 1m30s} since its start; {@code +10s} or
 * {@code -1m} from here; {@code 12:34:56}, a time of day; {@code event 5}.
 */
public final class SeekExpression {

    /** Examples of what is understood, for messages. */
    public static final String WORDS = "90s, 1h5m, +10s, -1m, 12:34:56 or event 5";

    private static final Pattern SPAN = Pattern.compile(
            "([+-]?)(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6}(?:\\.\\d{1,3})?)s?)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern EVENT = Pattern.compile("event\\s+(\\d{1,9})");

    private SeekExpression() {}

    /**
     * Reads a position.
     *
     * @param text what was typed
     * @param playback the present position
     * @param zone the zone of times of day
     * @return empty if the text is not understood
     */
    public static Optional<Wind> parse(String text, Playback playback, ZoneId zone) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        Matcher event = EVENT.matcher(words);
        if (event.matches()) {
            return Optional.of(new Wind.ByEvents((int) (Long.parseLong(event.group(1)) - playback.event())));
        }
        return words.contains(":") ? timeOfDay(words, playback, zone) : span(words);
    }

    private static Optional<Wind> span(String words) {
        Matcher span = SPAN.matcher(words);
        if (!span.matches() || (span.group(2) == null && span.group(3) == null && span.group(4) == null)) {
            return Optional.empty();
        }
        Duration time = Duration.ofHours(number(span.group(2)))
                .plusMinutes(number(span.group(3)))
                .plusMillis(span.group(4) == null ? 0 : Math.round(Double.parseDouble(span.group(4)) * 1000));
        return Optional.of(
                switch (span.group(1)) {
                    case "+" -> new Wind.By(time);
                    case "-" -> new Wind.By(time.negated());
                    default -> new Wind.To(time);
                });
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The first time in the recording with that time of day. */
    private static Optional<Wind> timeOfDay(String words, Playback playback, ZoneId zone) {
        try {
            LocalTime time = LocalTime.parse(words.indexOf(':') == 1 ? "0" + words : words);
            ZonedDateTime start = playback.start().atZone(zone);
            ZonedDateTime day = start.with(time);
            // The start may have a fraction of a second, which the screen does not show.
            ZonedDateTime target = day.isBefore(start.minusSeconds(1)) ? day.plusDays(1) : day;
            return Optional.of(new Wind.To(Duration.between(start, target)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
