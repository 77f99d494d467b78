package io.patop.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as people type it, in the forms that patronictl takes (Python's dateutil): a date, a time, both, in ISO
 * 8601 or with a month's name, with or without a zone. What is left out is today, midnight and the local zone.
 * What can be read in two ways ({@code 01.02.2027}) or names a zone by letters other than UTC is refused, where
 * dateutil guesses.
 */
final class ScheduledTime {

    private static final Pattern ZONE = Pattern.compile("(?i)(?<=[0-9mT ])\\s*(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)$");
    private static final Pattern TIME =
            Pattern.compile("(?i)(?:^|[\\sT,])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(am|pm)?$");
    private static final Pattern HOUR = Pattern.compile("(?i)(?:^|[\\s,])(\\d{1,2})\\s*(am|pm)$");
    private static final Pattern COMPACT = Pattern.compile("(?i)(?<=\\d{8})T(\\d{2})(\\d{2})(\\d{2})?$");

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

    private ScheduledTime() {}

    /**
     * The time; nothing for {@code now} and the empty text, which mean at once.
     *
     * @param zone that a time without one is in
     * @param now today is its day there. Whether the time is past is Patroni's to say, by its own clock
     */
    static Optional<OffsetDateTime> of(String typed, ZoneId zone, Instant now) {
        String text = typed.strip();
        if (text.isEmpty() || text.equals("now")) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(text, zone, now));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            throw Complaint.ofPatronictl(
                    ExitCode.USAGE,
                    "Unable to parse scheduled timestamp (" + typed
                            + "). It should be in an unambiguous format (e.g. ISO 8601)");
        }
    }

    /** An hour from now, for patronictl's question. */
    static String nextHour(ZoneId zone, Instant now) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT)
                .format(now.atZone(zone).plusHours(1));
    }

    private static OffsetDateTime read(String text, ZoneId local, Instant now) {
        String rest = text.replaceAll("\\s+", " ");
        Optional<ZoneOffset> offset = Optional.empty();
        Matcher zone = ZONE.matcher(rest);
        if (zone.find() && clock(rest.substring(0, zone.start())).isPresent()) {
            String word = zone.group(1).toUpperCase(Locale.ROOT);
            offset = Optional.of(Character.isLetter(word.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(word));
            rest = rest.substring(0, zone.start());
        }
        LocalTime time = LocalTime.MIDNIGHT;
        Optional<Matcher> clock = clock(rest);
        if (clock.isPresent()) {
            time = time(clock.get());
            rest = rest.substring(0, clock.get().start()).strip();
        }
        LocalDate today = now.atZone(local).toLocalDate();
        LocalDate date = rest.isEmpty() ? today : date(rest.toLowerCase(Locale.ROOT), today);
        return offset.isPresent()
                ? date.atTime(time).atOffset(offset.get())
                : date.atTime(time).atZone(local).toOffsetDateTime();
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

    /** Python's times end with microseconds; what is finer is cut off. */
    private static int microseconds(String fraction) {
        return Integer.parseInt((fraction + "000000").substring(0, 6));
    }

    private static LocalDate date(String text, LocalDate today) {
        String plain =
                WEEKDAY.matcher(text).replaceFirst("").replaceAll(",$", "").strip();
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
