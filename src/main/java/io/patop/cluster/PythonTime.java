package io.patop.cluster;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats times like Python, in which Patroni and patronictl are written: microseconds appear only if there are any.
 */
public final class PythonTime {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private PythonTime() {}

    /** The time as {@code isoformat()} writes it, and as Patroni's API reads it. */
    public static String isoformat(OffsetDateTime time) {
        return DATE.format(time) + 'T' + clock(time);
    }

    /** The time as {@code str()} writes it, with a space instead of the T. */
    public static String str(OffsetDateTime time) {
        return DATE.format(time) + ' ' + clock(time);
    }

    private static String clock(OffsetDateTime time) {
        return (time.getNano() < 1000 ? SECONDS : MICROSECONDS).format(time);
    }
}
