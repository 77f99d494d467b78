package io.patop.watch.model;

import io.patop.probe.Outcome;
import io.patop.probe.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has become of a probe's tries so far, writes or reads: counts, the present outage and those before.
 *
 * @param began when the first try could have been made
 * @param acknowledged how many
 * @param refused how many
 * @param unknown how many
 * @param lastAcknowledged when the last acknowledgement came
 * @param server that gave it, where that is known
 * @param outage the one that lasts
 * @param outages those before, oldest first, at most {@link #OUTAGES}
 * @param outagesSeen how many there have been, with the present one
 * @param longest of those before
 * @param strip the last minutes
 * @param watchedSince the end of the last while in which nobody watched: nothing is an outage before it
 */
public record ProbeTally(
        Instant began,
        long acknowledged,
        long refused,
        long unknown,
        Optional<Instant> lastAcknowledged,
        Optional<Server> server,
        Optional<Outage> outage,
        List<Outage> outages,
        long outagesSeen,
        Optional<Outage> longest,
        SecondBySecond strip,
        Optional<Instant> watchedSince) {

    /** How many ended outages are kept. */
    public static final int OUTAGES = 100;

    /** Checks that all parts are there. */
    public ProbeTally {
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(lastAcknowledged, "lastAcknowledged");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(outage, "outage");
        outages = List.copyOf(outages);
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(strip, "strip");
        Objects.requireNonNull(watchedSince, "watchedSince");
    }

    public static ProbeTally begun(Instant at) {
        return new ProbeTally(
                at,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                SecondBySecond.EMPTY,
                Optional.empty());
    }

    /** How many tries there have been. */
    public long all() {
        return acknowledged + refused + unknown;
    }

    /** The longest outage so far, the present one too. */
    public Optional<Duration> longestBy(Instant now) {
        Optional<Duration> before = longest.flatMap(Outage::length);
        Optional<Duration> present = outage.map(running -> running.lasted(now));
        return present.isPresent() && present.get().compareTo(before.orElse(Duration.ZERO)) > 0 ? present : before;
    }

    /** Whether nobody can write (or read) now: a try failed since the last answer, or there is none for a while. */
    public boolean isOut(Instant now) {
        return outage.isPresent() || Duration.between(lastGood(), now).compareTo(Outage.STALL) >= 0;
    }

    /** For how long nobody could, by now. */
    public Duration outFor(Instant now) {
        return outage.orElseGet(() -> new Outage(lastGood(), Optional.empty(), 0, 0, ""))
                .lasted(now);
    }

    /** The last acknowledgement, or the beginning where there was none; at the earliest when somebody watched again. */
    Instant lastGood() {
        Instant good = lastAcknowledged.orElse(began);
        return watchedSince.filter(good::isBefore).orElse(good);
    }

    /** Nobody watched for a while: an outage lasted until then at least, and what lasts after it is another. */
    ProbeTally unwatched(MonitoringGap gap) {
        Optional<Outage> cut = outage.map(running -> running.cutOff(gap.since()));
        List<Outage> past = new ArrayList<>(outages);
        cut.ifPresent(past::add);
        return new ProbeTally(
                began,
                acknowledged,
                refused,
                unknown,
                lastAcknowledged,
                server,
                Optional.empty(),
                past.subList(Math.max(0, past.size() - OUTAGES), past.size()),
                outagesSeen,
                cut.filter(this::isLongest).isPresent() ? cut : longest,
                strip,
                Optional.of(gap.until()));
    }

    private boolean isLongest(Outage ended) {
        return ended.length()
                .filter(length ->
                        length.compareTo(longest.flatMap(Outage::length).orElse(Duration.ZERO)) > 0)
                .isPresent();
    }

    /** One acknowledgement more: it ends an outage. */
    public ProbeTally withAcknowledged(Instant tried, Instant at, Optional<Server> by) {
        Optional<Outage> over = outage.or(() -> stalled(at)).map(running -> running.ended(at));
        List<Outage> past = new ArrayList<>(outages);
        over.ifPresent(past::add);
        boolean isLonger = over.filter(this::isLongest).isPresent();
        return new ProbeTally(
                began,
                acknowledged + 1,
                refused,
                unknown,
                Optional.of(at.isBefore(lastGood()) ? lastGood() : at),
                by.or(() -> server),
                Optional.empty(),
                past.subList(Math.max(0, past.size() - OUTAGES), past.size()),
                outagesSeen + (over.isPresent() && outage.isEmpty() ? 1 : 0),
                isLonger ? over : longest,
                strip.with(tried, Outcome.ACKNOWLEDGED),
                watchedSince);
    }

    /**
     * One failure more: it begins an outage, unless something was acknowledged since it began, or nobody watched in
     * the midst of it.
     */
    public ProbeTally withFailed(Instant tried, Outcome outcome, String why) {
        boolean refusedIt = outcome == Outcome.REFUSED;
        boolean isLate = outage.isEmpty()
                && (lastAcknowledged.filter(tried::isBefore).isPresent()
                        || watchedSince.filter(tried::isBefore).isPresent());
        Optional<Outage> now = isLate
                ? Optional.empty()
                : Optional.of(outage.orElseGet(() -> new Outage(lastGood(), Optional.empty(), 0, 0, ""))
                        .withFailed(refusedIt, why));
        return new ProbeTally(
                began,
                acknowledged,
                refused + (refusedIt ? 1 : 0),
                unknown + (refusedIt ? 0 : 1),
                lastAcknowledged,
                server,
                now,
                outages,
                outagesSeen + (now.isPresent() && outage.isEmpty() ? 1 : 0),
                longest,
                strip.with(tried, outcome),
                watchedSince);
    }

    private Optional<Outage> stalled(Instant at) {
        return Duration.between(lastGood(), at).compareTo(Outage.STALL) >= 0
                ? Optional.of(new Outage(lastGood(), Optional.empty(), 0, 0, ""))
                : Optional.empty();
    }
}
