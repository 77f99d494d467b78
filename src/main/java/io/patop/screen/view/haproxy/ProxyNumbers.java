package io.patop.screen.view.haproxy;

import io.patop.text.ByteText;
import java.util.Locale;

/** Numbers of HAProxy as its tables show them: short, and exact as long as there is room. */
final class ProxyNumbers {

    private ProxyNumbers() {}

    /**
     * Returns a count as hatop writes it, at most five characters: {@code 99999}, {@code 1234k}, {@code 17M},
     * {@code 3G}.
     */
    static String count(long count) {
        if (count < 100_000) {
            return Long.toString(count);
        }
        if (count < 10_000_000) {
            return count / 1000 + "k";
        }
        return count < 10_000_000_000L ? count / 1_000_000 + "M" : count / 1_000_000_000 + "G";
    }

    /** Returns a rate per second: {@code 0}, {@code 0.4}, {@code 12}. */
    static String rate(double perSecond) {
        if (perSecond <= 0) {
            return "0";
        }
        return perSecond < 9.95 ? String.format(Locale.ROOT, "%.1f", perSecond) : count(Math.round(perSecond));
    }

    /** Returns a rate in bytes per second. */
    static String byteRate(double perSecond) {
        return ByteText.text(Math.round(perSecond));
    }
}
