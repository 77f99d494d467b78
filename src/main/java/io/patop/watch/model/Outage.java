package io.patop.watch.model;

import io.patop.probe.Server;
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
 * @param failedBy when the last failure was known; empty if none was, and once the outage has ended
 * @param acknowledged the first acknowledgement since then, whose try began before; a later try decides whether it was
 *     the end
 */
public record Outage(
        Instant since,
        Optional<Instant> until,
        long refused,
        long unknown,
        String cause,
        Optional<Instant> failedFrom,
        Optional<Instant> failedTo,
        Optional<Instant> failedBy,
        Optional<Acknowledgement> acknowledged) {

    /** Without an answer for this long nobody can write, even if no try has failed yet. */
    public static final Duration STALL = Duration.ofSeconds(1);

    /**
     * An acknowledged try.
     *
     * @param tried when it began
     * @param at when it was acknowledged
     * @param by the server, if known
     */
    public record Acknowledgement(Instant tried, Instant at, Optional<Server> by) {}

    /** An outage of which no try has failed yet. */
    static Outage begun(Instant since) {
        return new Outage(
                since,
                Optional.empty(),
                0,
                0,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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
        return new Outage(
                since,
                Optional.of(at),
                refused,
                unknown,
                cause,
                from,
                waited ? Optional.of(at) : failedTo,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a failure was known only after that time. */
    boolean failedAfter(Instant tried) {
        return failedBy.filter(tried::isBefore).isPresent();
    }

    /** The outage with an acknowledgement that may be its end; the first one stays if both may be the same end. */
    Outage withAcknowledged(Acknowledgement now) {
        return new Outage(
                since,
                until,
                refused,
                unknown,
                cause,
                failedFrom,
                failedTo,
                failedBy,
                Optional.of(sameEnd(now).orElse(now)));
    }

    /** The outage, ended by that acknowledgement, or by one shortly before it after which no try has failed. */
    Outage over(Acknowledgement now) {
        Acknowledgement end = sameEnd(now).orElse(now);
        return ended(end.tried(), end.at());
    }

    private Optional<Acknowledgement> sameEnd(Acknowledgement now) {
        return acknowledged.filter(earlier -> earlier.by().equals(now.by())
                && Duration.between(earlier.at(), now.at()).compareTo(STALL) < 0);
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
                failedTo,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The outage after another failure. A try that began before an acknowledgement shows nothing of the time after it.
     *
     * @param tried when the try began
     * @param at when its failure was known
     */
    Outage withFailed(Instant tried, Instant at, boolean wasRefused, String why) {
        Optional<Acknowledgement> kept = acknowledged.filter(earlier -> tried.isBefore(earlier.at()));
        Instant latest = failedBy.filter(at::isBefore).orElse(at);
        return new Outage(
                since,
                until,
                refused + (wasRefused ? 1 : 0),
                unknown + (wasRefused ? 0 : 1),
                cause.isEmpty() ? why : cause,
                Optional.of(failedFrom.filter(tried::isAfter).orElse(tried)),
                Optional.of(failedTo.filter(tried::isBefore).orElse(tried)),
                kept.isPresent() ? failedBy : Optional.of(latest),
                kept);
    }
}
