package io.patop.watch.model;

import io.patop.time.MeasuredDuration;
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
 * @param failedFrom when the first try that failed, or waited for the end, began
 * @param failedTo when the last try that failed began, or the end if a try waited for it
 */
public record Outage(
        Instant since,
        Optional<Instant> until,
        long refused,
        long unknown,
        String cause,
        Optional<Instant> failedFrom,
        Optional<Instant> failedTo) {

    /** Without an answer for this long nobody can write, even if no try has failed yet. */
    public static final Duration STALL = Duration.ofSeconds(1);

    /** An outage of which no try has failed yet. */
    static Outage begun(Instant since) {
        return new Outage(since, Optional.empty(), 0, 0, "", Optional.empty(), Optional.empty());
    }

    /** The length of the outage, up to now if it has not ended; never negative. */
    public Duration lasted(Instant now) {
        Duration lasted = Duration.between(since, until.orElse(now));
        return lasted.isNegative() ? Duration.ZERO : lasted;
    }

    /**
     * The length of the outage, up to now if it has not ended, as exactly as the tries show it: it lasted from the
     * first to the last try that failed at least, and at most from the acknowledgement before to the one after. Where
     * none failed, since the server was only slow, it is the time without an acknowledgement.
     */
    public MeasuredDuration measured(Instant now) {
        Duration most = lasted(now);
        Duration least = failedFrom
                .flatMap(
                        from -> (until.isPresent() ? failedTo : Optional.of(now)).map(to -> Duration.between(from, to)))
                .filter(tried -> tried.compareTo(most) < 0)
                .orElse(most);
        return new MeasuredDuration(least, Optional.of(most));
    }

    /** The length of the outage; empty while it lasts. */
    public Optional<MeasuredDuration> length() {
        return until.map(this::measured);
    }

    /**
     * The outage, ended by an acknowledgement. If the acknowledged try had waited since before the last failure, or for
     * the whole outage, it shows that nobody could write in all that time.
     *
     * @param tried when the acknowledged try began
     * @param at when it was acknowledged
     */
    Outage ended(Instant tried, Instant at) {
        boolean waited =
                !tried.isBefore(since) && failedTo.filter(tried::isAfter).isEmpty();
        Optional<Instant> from =
                waited ? Optional.of(failedFrom.filter(tried::isAfter).orElse(tried)) : failedFrom;
        return new Outage(since, Optional.of(at), refused, unknown, cause, from, waited ? Optional.of(at) : failedTo);
    }

    /** The outage, ended at that time because a monitoring gap began. */
    Outage cutOff(Instant at) {
        return new Outage(
                since,
                Optional.of(at.isBefore(since) ? since : at),
                refused,
                unknown,
                (cause.isEmpty() ? "" : cause + "; ") + "not watched to its end",
                failedFrom,
                failedTo);
    }

    Outage withFailed(Instant tried, boolean wasRefused, String why) {
        return new Outage(
                since,
                until,
                refused + (wasRefused ? 1 : 0),
                unknown + (wasRefused ? 0 : 1),
                cause.isEmpty() ? why : cause,
                Optional.of(failedFrom.filter(tried::isAfter).orElse(tried)),
                Optional.of(failedTo.filter(tried::isBefore).orElse(tried)));
    }
}
