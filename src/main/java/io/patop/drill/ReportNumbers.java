package io.patop.drill;

import java.time.Duration;
import java.util.Locale;

/** Figures of a report, the same in every format. */
final class ReportNumbers {

    private ReportNumbers() {}

    /** To the hundredth of a second, which is what a probe of 100 writes a second can tell: {@code 3.07 s}. */
    static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.2f s", span.toMillis() / 1000.0);
    }

    /** {@code 1 write}, {@code 2 writes}. */
    static String count(long number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }
}
