package io.patop.watch.model;

import io.patop.cluster.Timeline;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Who leads.
 *
 * @param leader the member that holds the leader key, or held it last
 * @param previous who led before that member
 * @param timeline the highest timeline that a leader was seen on
 * @param changedAt when the leader was seen to change
 * @param lockFree since when nobody holds the leader key
 * @param promotionDue the leader has changed, and its timeline has not yet
 * @param primarySeen the leader has been seen to run as primary since it leads
 * @param rivals since when two members run as primary
 */
public record Leadership(
        Optional<String> leader,
        Optional<String> previous,
        Optional<Timeline> timeline,
        Optional<Instant> changedAt,
        Optional<Instant> lockFree,
        boolean promotionDue,
        boolean primarySeen,
        Optional<Instant> rivals) {

    /** Nothing is known. */
    public static final Leadership UNKNOWN = new Leadership(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty());

    /** Checks that all parts are there. */
    public Leadership {
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(changedAt, "changedAt");
        Objects.requireNonNull(lockFree, "lockFree");
        Objects.requireNonNull(rivals, "rivals");
    }

    /** The member that holds the leader key now. */
    public Optional<String> present() {
        return lockFree.isPresent() ? Optional.empty() : leader;
    }

    /** Whether that member leads, or led last. */
    public boolean isLeader(String member) {
        return leader.isPresent() && leader.get().equals(member);
    }

    public Leadership first(String name, Optional<Timeline> on) {
        return new Leadership(Optional.of(name), previous, on, changedAt, Optional.empty(), false, false, rivals);
    }

    public Leadership changed(String name, Instant at) {
        return new Leadership(
                Optional.of(name), leader, timeline, Optional.of(at), Optional.empty(), true, false, rivals);
    }

    public Leadership locked() {
        return new Leadership(
                leader, previous, timeline, changedAt, Optional.empty(), promotionDue, primarySeen, rivals);
    }

    public Leadership unlocked(Instant at) {
        return new Leadership(
                leader, previous, timeline, changedAt, Optional.of(at), promotionDue, primarySeen, rivals);
    }

    /** Nobody watched until then: what has lasted since is counted from there. */
    public Leadership unwatched(Instant until) {
        return new Leadership(
                leader,
                previous,
                timeline,
                changedAt,
                lockFree.map(before -> until),
                promotionDue,
                primarySeen,
                Optional.empty());
    }

    /** After nobody watched: how it came to that is not known, unless nothing has changed. */
    public Leadership found(String name, Optional<Timeline> on) {
        boolean same = isLeader(name) && (on.isEmpty() || on.equals(timeline));
        return new Leadership(
                Optional.of(name),
                isLeader(name) ? previous : leader,
                on.or(() -> timeline),
                same ? changedAt : Optional.empty(),
                Optional.empty(),
                false,
                isLeader(name) && primarySeen,
                rivals);
    }

    /** No promotion to a new timeline is waited for. */
    public Leadership promoted() {
        return new Leadership(leader, previous, timeline, changedAt, lockFree, false, primarySeen, rivals);
    }

    public Leadership on(Timeline reached) {
        return new Leadership(leader, previous, Optional.of(reached), changedAt, lockFree, false, primarySeen, rivals);
    }

    public Leadership withPrimarySeen(boolean seen) {
        return new Leadership(leader, previous, timeline, changedAt, lockFree, promotionDue, seen, rivals);
    }

    public Leadership withRivals(Optional<Instant> since) {
        return new Leadership(leader, previous, timeline, changedAt, lockFree, promotionDue, primarySeen, since);
    }
}
