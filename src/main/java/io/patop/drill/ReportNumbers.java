package io.patop.drill;

import java.time.Duration;
import java.util.Locale;

/** Formats the numbers of a report, the same way for every format. */
final class ReportNumbers {

    private ReportNumbers() {}

    /** A duration to the hundredth of a second, as {@code 3.07 s}; a probe of 100 writes a second can tell no more. */
    static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.2f s", span.toMillis() / 1000.0);
    }

    /** A duration to the millisecond below a second, as {@code 7 ms}, else as {@link #seconds}. */
    static String millis(Duration span) {
        return span.compareTo(Duration.ofSeconds(1)) < 0 ? span.toMillis() + " ms" : seconds(span);
    }

    /** A number with its noun: {@code 1 write}, {@code 2 writes}. */
    static String count(long number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }
}
