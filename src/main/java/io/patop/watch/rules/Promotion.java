package io.patop.watch.rules;

import io.patop.cluster.Timeline;
import io.patop.watch.model.Event;
import java.util.Optional;

/**
 * Rules for a leader on a new timeline: it was promoted if the leader had changed, else restarted. The leader's own
 * API or {@code /cluster} may show it first; the other then changes nothing.
 */
final class Promotion {

    private Promotion() {}

    /**
     * Notes that the leader runs as primary on an older timeline than a leader before. A leader that was frozen, for
     * example, can take the key back (seen with Patroni 3.0.2 and etcd's v3 API); what was written on the newer
     * timeline is lost.
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
