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

/** The typed time for a command, with patronictl's word for "at once" and its refusal. */
final class ScheduledTime {

    /** Help text of the option {@code --scheduled}. */
    static final String HELP = "When, e.g. " + TypedTime.FORMS + "; now is at once.";

    private ScheduledTime() {}

    /**
     * Returns the time; empty for {@code now} and for the empty text, which mean at once. Patroni decides by its own
     * clock whether the time is past.
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

    /** Returns an hour from now, for patronictl's question. */
    static String nextHour(ZoneId zone, Instant now) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT)
                .format(now.atZone(zone).plusHours(1));
    }
}
