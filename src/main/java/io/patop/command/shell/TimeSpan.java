package io.patop.command.shell;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long something takes: {@code 30s}, {@code 500ms}, {@code 1m}. */
public final class TimeSpan {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,6})?)\\s*(ms|s|m|h|)");

    private TimeSpan() {}

    /** Returns the time that an option names, e.g. {@code 30s}. */
    public static Duration of(String option, String text) {
        Matcher matcher = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(option + " is a time such as 30s, 500ms or 1m, not " + text);
        }
        int millis =
                switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 1000;
                };
        return Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millis))
                .longValue());
    }
}
