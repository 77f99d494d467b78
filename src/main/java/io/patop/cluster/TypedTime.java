package io.patop.cluster;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time in the future, as people type it; where they name no time zone, in theirs. */
public final class TypedTime {

    private static final Pattern SPAN = Pattern.compile(
            "(?:\\+|in )\\s*(\\d{1,5})\\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY =
            Pattern.compile("(?:(today|tomorrow)\\s+(?:at\\s+)?)?(\\d{1,2}:\\d{2}(?::\\d{2})?)", Pattern.CASE_INSENSITIVE);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm[:ss]", Locale.ROOT);
    private static final DateTimeFormatter WHOLE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[ ]['T']H:mm[:ss][.SSSSSS][.SSS][ ]")
            .appendPattern("[XXX][XX][X][VV]")
            .toFormatter(Locale.ROOT);

    private TypedTime() {}

    /**
     * Reads {@code +10m}, {@code in 2 hours}, {@code 22:30} (the next), {@code tomorrow 22:30}, {@code 2026-12-31
     * 22:30} with an offset or zone behind it or without.
     *
     * @throws IllegalArgumentException with one line for the person, if it is none or has passed
     */
    public static OffsetDateTime parse(String typed, Instant now, ZoneId zone) {
        String text = typed.strip();
        ZonedDateTime here = now.atZone(zone).truncatedTo(ChronoUnit.SECONDS);
        OffsetDateTime time;
        try {
            time = read(text, here);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("\"" + Printable.line(text)
                    + "\" is no time: write it as +10m, 22:30, tomorrow 22:30 or 2026-12-31 22:30");
        }
        if (!time.toInstant().isAfter(now)) {
            throw new IllegalArgumentException(time + " has passed");
        }
        return time;
    }

    private static OffsetDateTime read(String text, ZonedDateTime here) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            return here.plus(span(Long.parseLong(span.group(1)), span.group(2))).toOffsetDateTime();
        }
        Matcher day = DAY.matcher(text);
        if (day.matches()) {
            LocalTime clock = LocalTime.parse(day.group(2), CLOCK);
            LocalDate date = here.toLocalDate();
            boolean tomorrow = "tomorrow".equalsIgnoreCase(day.group(1));
            boolean passed = day.group(1) == null && !clock.isAfter(here.toLocalTime());
            return date.plusDays(tomorrow || passed ? 1 : 0)
                    .atTime(clock)
                    .atZone(here.getZone())
                    .toOffsetDateTime();
        }
        TemporalAccessor whole = WHOLE.parseBest(
                text, ZonedDateTime::from, OffsetDateTime::from, java.time.LocalDateTime::from);
        if (whole instanceof ZonedDateTime zoned) {
            return zoned.toOffsetDateTime();
        }
        return whole instanceof OffsetDateTime offset
                ? offset
                : java.time.LocalDateTime.from(whole).atZone(here.getZone()).toOffsetDateTime();
    }

    private static Duration span(long count, String unit) {
        return switch (Character.toLowerCase(unit.charAt(0))) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
