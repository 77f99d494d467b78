package io.patop.cluster;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/**
 * A time as Patroni wrote it. The text is what patronictl prints; the time is used for ages and countdowns.
 *
 * @param text Patroni's text, e.g. {@code 2099-01-01T00:00:00+00:00}
 * @param time the parsed text; empty if it cannot be read
 */
public record PatroniTime(String text, Optional<OffsetDateTime> time) {

    /**
     * The forms of a time: {@code 2026-11-24 01:33:43.189338+00:00} (3.x, 4.x), {@code …T…} (history), {@code … UTC}
     * (2.0).
     */
    private static final DateTimeFormatter PATRONI = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[ ]['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ]")
            .appendPattern("[XXX][X][zzz]")
            .toFormatter(java.util.Locale.ROOT);

    /** Reads Patroni's text, in the forms of 2.0 to 4.1. A text that cannot be read is kept without a time. */
    public static PatroniTime of(String text) {
        try {
            return new PatroniTime(
                    text, Optional.of(ZonedDateTime.from(PATRONI.parse(text)).toOffsetDateTime()));
        } catch (DateTimeException unreadable) {
            return new PatroniTime(text, Optional.empty());
        }
    }
}
