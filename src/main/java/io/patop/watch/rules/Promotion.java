package io.patop.watch.rules;

import io.patop.cluster.Timeline;
import io.patop.watch.model.Event;
import java.util.Optional;

/**
 * A leader on a new timeline: promoted if the leader had changed, else restarted. Told by the leader's own
 * API or by {@code /cluster}, whichever is first; the second finds nothing new.
 */
final class Promotion {

    private Promotion() {}

    /**
     * The leader runs as primary on an older timeline than a leader was seen on: one that was frozen, say, took the
     * leader key back (Patroni 3.0.2 with etcd's v3 API, seen). What was written on the newer one is no longer there.
     */
    static void wentBack(DashboardBuilder draft, String leader, Timeline timeline) {
        Optional<Timeline> newer = draft.leadership.timeline().filter(known -> known.isAfter(timeline));
        if (newer.isEmpty()) {
            return;
        }
        draft.leadership = draft.leadership.on(timeline);
        draft.event(
                Event.Kind.LEADER_WENT_BACK,
                leader,
                leader + " leads on timeline " + timeline + ", which is older than " + newer.get()
                        + ": what was written on that is lost");
    }

    static void reached(DashboardBuilder draft, String leader, Timeline timeline) {
        Optional<Timeline> known = draft.leadership.timeline();
        if (known.isPresent() && !timeline.isAfter(known.get())) {
            return;
        }
        if (SuspendRules.leadershipIsOld(draft)) {
            draft.leadership = draft.leadership.found(leader, Optional.of(timeline));
            known.ifPresent(old -> draft.event(
                    Event.Kind.FOUND_CHANGED,
                    leader,
                    leader + " is on timeline " + timeline + "; when last watched it was on " + old));
            return;
        }
        if (draft.standbyLeader.isPresent()) {
            draft.leadership = draft.leadership.on(timeline);
            return;
        }
        boolean due = draft.leadership.promotionDue();
        draft.leadership = draft.leadership.on(timeline);
        if (known.isEmpty()) {
            return;
        }
        if (due) {
            FollowRules.timelineChanged(draft, leader);
            draft.event(Event.Kind.PROMOTED, leader, leader + " is promoted: primary on timeline " + timeline);
        } else {
            draft.event(
                    Event.Kind.LEADER_RESTARTED,
                    leader,
                    leader + " leads again after a restart, on timeline " + timeline + ": no failover");
        }
    }
}
