package io.patop.command.patronictl;

import io.patop.cluster.TypedTime;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The time at which a command is to be done, as it is typed; with patronictl's word for "at once" and its refusal. */
final class ScheduledTime {

    /** What the option {@code --scheduled} takes. */
    static final String HELP = "When, e.g. " + TypedTime.FORMS + "; now is at once.";

    private ScheduledTime() {}

    /**
     * The time; nothing for {@code now} and the empty text, which mean at once. Whether it is past is Patroni's to say,
     * by its own clock.
     */
    static Optional<OffsetDateTime> of(String typed, ZoneId zone, Instant now) {
        String text = typed.strip();
        if (text.isEmpty() || text.equals("now")) {
            return Optional.empty();
        }
        try {
            return Optional.of(TypedTime.parse(text, now, zone));
        } catch (IllegalArgumentException unreadable) {
            throw CommandFailure.ofPatronictl(
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
}
