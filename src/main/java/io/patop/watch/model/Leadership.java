package io.patop.watch.model;

import io.patop.cluster.Timeline;
import java.time.Instant;
import java.util.Optional;

/**
 * The leader of the cluster, and what is known of its last change.
 *
 * @param leader the member that holds the leader key, or held it last
 * @param previous the leader before that member
 * @param timeline the highest timeline on which a leader was seen
 * @param changedAt when the change of leader was seen
 * @param lockFree since when no member holds the leader key
 * @param promotionDue whether the leader has changed and its timeline has not yet
 * @param primarySeen whether the present leader has been seen to run as primary
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

    /** The leadership before anything is known. */
    public static final Leadership UNKNOWN = new Leadership(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty());

    /** The member that holds the leader key now. */
    public Optional<String> present() {
        return lockFree.isPresent() ? Optional.empty() : leader;
    }

    /** Whether that member is the leader, or was the last one. */
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

    /** The leadership after a monitoring gap: what still lasts is counted from the gap's end. */
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

    /**
     * The leadership that was found after a monitoring gap. How and when it changed is not known, unless it is the
     * same.
     */
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

    /** The leadership after the promotion: no new timeline is expected. */
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
