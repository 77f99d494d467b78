package io.patop.cluster;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Python writes them, which Patroni and patronictl are written in: microseconds only where there are any. */
public final class PythonTime {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private PythonTime() {}

    /** As {@code isoformat()} writes it, and as Patroni's API reads it. */
    public static String isoformat(OffsetDateTime time) {
        return DATE.format(time) + 'T' + clock(time);
    }

    /** As {@code str()} writes it: with a space. */
    public static String str(OffsetDateTime time) {
        return DATE.format(time) + ' ' + clock(time);
    }

    private static String clock(OffsetDateTime time) {
        return (time.getNano() < 1000 ? SECONDS : MICROSECONDS).format(time);
    }
}
