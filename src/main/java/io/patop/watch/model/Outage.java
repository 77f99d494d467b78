package io.patop.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which nobody could write (or read), from the last acknowledgement before it to the first after it.
 *
 * @param since the last acknowledgement before; if there was none, when the probe began
 * @param until the first acknowledgement after, or the beginning of a monitoring gap; empty while the outage lasts
 * @param refused how many tries were refused
 * @param unknown how many tries have an unknown outcome
 * @param cause why the first of them failed; empty if none did and the server was only slow
 */
public record Outage(Instant since, Optional<Instant> until, long refused, long unknown, String cause) {

    /** Without an answer for this long nobody can write, even if no try has failed yet. */
    public static final Duration STALL = Duration.ofSeconds(1);

    /** The length of the outage, up to now if it has not ended; never negative. */
    public Duration lasted(Instant now) {
        Duration lasted = Duration.between(since, until.orElse(now));
        return lasted.isNegative() ? Duration.ZERO : lasted;
    }

    /** The length of the outage; empty while it lasts. */
    public Optional<Duration> length() {
        return until.map(this::lasted);
    }

    Outage ended(Instant at) {
        return new Outage(since, Optional.of(at), refused, unknown, cause);
    }

    /** The outage, ended at that time because a monitoring gap began. */
    Outage cutOff(Instant at) {
        return new Outage(
                since,
                Optional.of(at.isBefore(since) ? since : at),
                refused,
                unknown,
                (cause.isEmpty() ? "" : cause + "; ") + "not watched to its end");
    }

    Outage withFailed(boolean wasRefused, String why) {
        return new Outage(
                since,
                until,
                refused + (wasRefused ? 1 : 0),
                unknown + (wasRefused ? 0 : 1),
                cause.isEmpty() ? why : cause);
    }
}
