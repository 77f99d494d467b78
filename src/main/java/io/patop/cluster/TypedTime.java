package io.patop.cluster;

import io.patop.text.Printable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as a person types it, on the screen or the command line: a duration from now, or a date, a time of day or
 * both in the forms that patronictl accepts (Python's dateutil), in ISO 8601 or with the name of a month, with or
 * without a zone. The defaults are today, midnight and the local zone.
 *
 * <p>A text with two meanings ({@code 01.02.2027}), or with a zone in letters other than UTC ({@code PST}), is
 * refused, while dateutil guesses.
 */
public final class TypedTime {

    /** Examples of accepted forms, for a question and for the help. */
    public static final String FORMS = "+10m, 22:30, tomorrow 22:30, 2027-02-01 22:30";

    private static final Pattern SPAN = Pattern.compile(
            "(?:\\+|in )\\s*(\\d{1,5})\\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)", Pattern.CASE_INSENSITIVE);

    private static final Pattern ZONE = Pattern.compile("(?i)(?<=[0-9mT ])\\s*(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)$");
    private static final Pattern REGION = Pattern.compile("(?<=[0-9mM]) ([A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+)$");
    private static final Pattern TIME =
            Pattern.compile("(?i)(?:^|[\\sT,])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(am|pm)?$");
    private static final Pattern HOUR = Pattern.compile("(?i)(?:^|[\\s,])(\\d{1,2})\\s*(am|pm)$");
    private static final Pattern COMPACT = Pattern.compile("(?i)(?<=\\d{8})T(\\d{2})(\\d{2})(\\d{2})?$");

    private static final Pattern DAY = Pattern.compile("(today|tomorrow)(?: at)?");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})");
    private static final Pattern DIGITS = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern MONTH_FIRST = Pattern.compile("(\\d{1,2})[/](\\d{1,2})[/](\\d{4})");
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,2})[.-](\\d{1,2})[.-](\\d{4})");
    private static final Pattern DAY_MONTH = Pattern.compile("(\\d{1,2})[ -]([a-z]{3,9})\\.?,?(?:[ -](\\d{4}))?");
    private static final Pattern MONTH_DAY =
            Pattern.compile("([a-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,?(?: (\\d{4}))?");
    private static final Pattern WEEKDAY = Pattern.compile("^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? ");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private TypedTime() {}

    /**
     * The time that the text stands for, whether past or not. A time of day alone is today's, as in patronictl.
     *
     * @param zone the zone of a time without one
     * @param now the present time, which determines today
     * @throws IllegalArgumentException if the text is no time; the message is one line for the person
     */
    public static OffsetDateTime parse(String typed, Instant now, ZoneId zone) {
        String text = typed.strip().replaceAll("\\s+", " ");
        try {
            return read(text, now.atZone(zone));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    "\"" + Printable.line(text) + "\" is no time: write it as " + FORMS, unreadable);
        }
    }

    /**
     * The time that the text stands for, which must be in the future.
     *
     * @throws IllegalArgumentException if the text is no time, or has passed; the message is one line for the person
     */
    public static OffsetDateTime upcoming(String typed, Instant now, ZoneId zone) {
        OffsetDateTime time = parse(typed, now, zone);
        if (!time.toInstant().isAfter(now)) {
            throw new IllegalArgumentException(time + " has passed");
        }
        return time;
    }

    private static OffsetDateTime read(String text, ZonedDateTime here) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            return here.truncatedTo(ChronoUnit.SECONDS)
                    .plus(span(Long.parseLong(span.group(1)), span.group(2)))
                    .toOffsetDateTime();
        }
        String rest = text;
        Optional<ZoneId> zone = Optional.empty();
        for (Pattern pattern : List.of(ZONE, REGION)) {
            Matcher found = pattern.matcher(rest);
            if (found.find() && clock(rest.substring(0, found.start())).isPresent()) {
                zone = Optional.of(zone(found.group(1)));
                rest = rest.substring(0, found.start());
                break;
            }
        }
        Optional<Matcher> clock = clock(rest);
        LocalTime time = LocalTime.MIDNIGHT;
        if (clock.isPresent()) {
            time = time(clock.get());
            rest = rest.substring(0, clock.get().start()).strip();
        }
        LocalDate today = here.toLocalDate();
        LocalDate date = rest.isEmpty() && clock.isPresent()
                ? today
                : date(rest.toLowerCase(Locale.ROOT), today, clock.isPresent());
        return date.atTime(time).atZone(zone.orElse(here.getZone())).toOffsetDateTime();
    }

    private static Duration span(long count, String unit) {
        return switch (Character.toLowerCase(unit.charAt(0))) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static ZoneId zone(String word) {
        if (word.contains("/")) {
            return ZoneId.of(word);
        }
        return Character.isLetter(word.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(word);
    }

    private static Optional<Matcher> clock(String text) {
        for (Pattern pattern : List.of(TIME, COMPACT, HOUR)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(matcher);
            }
        }
        return Optional.empty();
    }

    private static LocalTime time(Matcher clock) {
        boolean hourOnly = clock.groupCount() == 2;
        int hour = Integer.parseInt(clock.group(1));
        boolean withFraction = clock.groupCount() == 5;
        String half = hourOnly ? clock.group(2) : withFraction ? clock.group(5) : null;
        int minute = hourOnly ? 0 : Integer.parseInt(clock.group(2));
        int second = hourOnly || clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw new IllegalArgumentException("no hour of half a day");
            }
            hour = hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
        }
        String fraction = withFraction && clock.group(4) != null ? clock.group(4) : "";
        return LocalTime.of(hour, minute, second, microseconds(fraction) * 1000);
    }

    /** The microseconds of a fraction. Python's times have no smaller unit, so further digits are cut off. */
    private static int microseconds(String fraction) {
        return Integer.parseInt((fraction + "000000").substring(0, 6));
    }

    private static LocalDate date(String text, LocalDate today, boolean withClock) {
        Matcher day = DAY.matcher(text);
        if (withClock && day.matches()) {
            return day.group(1).equals("today") ? today : today.plusDays(1);
        }
        return date(WEEKDAY.matcher(text).replaceFirst("").replaceAll(",$", "").strip(), today);
    }

    private static LocalDate date(String plain, LocalDate today) {
        Matcher found = YEAR_FIRST.matcher(plain);
        if (found.matches()) {
            return date(found.group(1), number(found.group(2)), number(found.group(3)), today);
        }
        found = DIGITS.matcher(plain);
        if (found.matches()) {
            return date(found.group(1), number(found.group(2)), number(found.group(3)), today);
        }
        found = MONTH_FIRST.matcher(plain);
        if (found.matches()) {
            return date(found.group(3), number(found.group(1)), number(found.group(2)), today);
        }
        found = DOTTED.matcher(plain);
        if (found.matches() && number(found.group(1)) > 12) {
            return date(found.group(3), number(found.group(2)), number(found.group(1)), today);
        }
        found = DAY_MONTH.matcher(plain);
        if (found.matches()) {
            return date(found.group(3), month(found.group(2)), number(found.group(1)), today);
        }
        found = MONTH_DAY.matcher(plain);
        if (found.matches()) {
            return date(found.group(3), month(found.group(1)), number(found.group(2)), today);
        }
        throw new IllegalArgumentException("no date");
    }

    private static LocalDate date(String year, int month, int day, LocalDate today) {
        return LocalDate.of(year == null ? today.getYear() : number(year), month, day);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static int month(String name) {
        int month = MONTHS.indexOf(name.substring(0, 3));
        if (month < 0) {
            throw new IllegalArgumentException("no month");
        }
        return month + 1;
    }
}
