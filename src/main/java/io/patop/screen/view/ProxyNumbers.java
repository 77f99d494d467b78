package io.patop.screen.view;

import io.patop.text.ByteText;
import java.util.Locale;

/** Figures of HAProxy as its tables show them: short, and exact for as long as there is room. */
final class ProxyNumbers {

    private ProxyNumbers() {}

    /** {@code 99999}, {@code 1234k}, {@code 17M}, {@code 3G}: as hatop, of which a person knows the width. */
    static String count(long count) {
        if (count < 100_000) {
            return Long.toString(count);
        }
        if (count < 10_000_000) {
            return count / 1000 + "k";
        }
        return count < 10_000_000_000L ? count / 1_000_000 + "M" : count / 1_000_000_000 + "G";
    }

    /** Per second: {@code 0}, {@code 0.4}, {@code 12}. */
    static String rate(double perSecond) {
        if (perSecond <= 0) {
            return "0";
        }
        return perSecond < 9.95 ? String.format(Locale.ROOT, "%.1f", perSecond) : count(Math.round(perSecond));
    }

    /** Bytes per second. */
    static String byteRate(double perSecond) {
        return ByteText.text(Math.round(perSecond));
    }
}
