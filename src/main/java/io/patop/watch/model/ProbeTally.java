package io.patop.watch.model;

import io.patop.probe.Outcome;
import io.patop.probe.Server;
import io.patop.time.MeasuredDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results of a probe's tries so far, writes or reads: counts, the present outage and earlier ones.
 *
 * @param began when the first try could have been made
 * @param acknowledged the number of tries
 * @param refused the number of tries
 * @param unknown the number of tries with an unknown outcome
 * @param lastAcknowledged when the last acknowledgement came
 * @param server the server that gave it, if known
 * @param outage the present one
 * @param outages the ended ones, oldest first, at most {@link #OUTAGES}
 * @param outagesSeen the number of outages so far, the present one included
 * @param longest the longest ended one
 * @param strip the last minutes, second by second
 * @param watchedSince the end of the last monitoring gap: no outage reaches back before it
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

    public ProbeTally {
        outages = List.copyOf(outages);
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

    /** The number of all tries. */
    public long all() {
        return acknowledged + refused + unknown;
    }

    /** The longest outage so far, the present one included. */
    public Optional<MeasuredDuration> longestBy(Instant now) {
        return Stream.concat(longest.stream(), outage.stream())
                .max(Comparator.comparing(each -> each.lasted(now)))
                .map(each -> each.measured(now));
    }

    /** Whether nobody can write (or read) now: a try has failed, or no answer has come for {@link Outage#STALL}. */
    public boolean isOut(Instant now) {
        return outage.isPresent() || Duration.between(lastGood(), now).compareTo(Outage.STALL) >= 0;
    }

    /** How long nobody has been able to write (or read), up to now. */
    public Duration outFor(Instant now) {
        return outage.orElseGet(() -> Outage.begun(lastGood())).lasted(now);
    }

    /** The last acknowledgement, or the beginning if there was none; never before the end of a monitoring gap. */
    Instant lastGood() {
        Instant good = lastAcknowledged.orElse(began);
        return watchedSince.filter(good::isBefore).orElse(good);
    }

    /**
     * The tally after a monitoring gap: a present outage ends where the gap begins, and a later one counts as
     * another.
     */
    ProbeTally unwatched(MonitoringGap gap) {
        if (outage.flatMap(Outage::acknowledged).isPresent()) {
            return withLastTry().unwatched(gap);
        }
        ProbeTally then =
                outage.map(running -> withEnded(running.cutOff(gap.since()))).orElse(this);
        return new ProbeTally(
                began,
                acknowledged,
                refused,
                unknown,
                lastAcknowledged,
                server,
                Optional.empty(),
                then.outages,
                then.outagesSeen,
                then.longest,
                strip,
                Optional.of(gap.until()));
    }

    private boolean isLongest(Outage ended) {
        Duration before =
                longest.flatMap(Outage::length).map(MeasuredDuration::longest).orElse(Duration.ZERO);
        return ended.length()
                .filter(length -> length.longest().compareTo(before) > 0)
                .isPresent();
    }

    /**
     * The tally after an acknowledgement. It ends an outage if its try began after the last failure was known.
     * Otherwise the outage may go on, since tries end in another order than they began, and a later try decides.
     */
    public ProbeTally withAcknowledged(Instant tried, Instant at, Optional<Server> by) {
        Outage.Acknowledgement now = new Outage.Acknowledgement(tried, at, by);
        Optional<Outage> open =
                outage.filter(running -> running.failedAfter(tried)).map(running -> running.withAcknowledged(now));
        Optional<Outage> over = open.isPresent()
                ? Optional.empty()
                : outage.map(running -> running.over(now))
                        .or(() -> stalled(at).map(running -> running.ended(tried, at)));
        ProbeTally then = over.map(this::withEnded).orElse(this);
        return new ProbeTally(
                began,
                acknowledged + 1,
                refused,
                unknown,
                Optional.of(at.isBefore(lastGood()) ? lastGood() : at),
                by.or(() -> server),
                open,
                then.outages,
                then.outagesSeen,
                then.longest,
                strip.with(tried, Outcome.ACKNOWLEDGED),
                watchedSince);
    }

    private ProbeTally withEnded(Outage over) {
        List<Outage> past = new ArrayList<>(outages);
        past.add(over);
        return new ProbeTally(
                began,
                acknowledged,
                refused,
                unknown,
                lastAcknowledged,
                server,
                Optional.empty(),
                past.subList(Math.max(0, past.size() - OUTAGES), past.size()),
                outagesSeen + (outage.isEmpty() ? 1 : 0),
                isLongest(over) ? Optional.of(over) : longest,
                strip,
                watchedSince);
    }

    /** The tally after the last try: an acknowledgement that no later try has decided on ends the outage. */
    public ProbeTally withLastTry() {
        return outage.flatMap(running -> running.acknowledged().map(running::over))
                .map(this::withEnded)
                .orElse(this);
    }

    /**
     * The tally after a failure. It begins an outage, unless something was acknowledged, or a monitoring gap ended,
     * after the try began.
     */
    public ProbeTally withFailed(Instant tried, Instant at, Outcome outcome, String why) {
        boolean refusedIt = outcome == Outcome.REFUSED;
        boolean isLate = outage.isEmpty()
                && (lastAcknowledged.filter(tried::isBefore).isPresent()
                        || watchedSince.filter(tried::isBefore).isPresent());
        Optional<Outage> now = isLate
                ? Optional.empty()
                : Optional.of(outage.orElseGet(() -> Outage.begun(lastGood())).withFailed(tried, at, refusedIt, why));
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
                ? Optional.of(Outage.begun(lastGood()))
                : Optional.empty();
    }
}
