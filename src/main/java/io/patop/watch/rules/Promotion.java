package io.patop.watch.rules;

import io.patop.cluster.Timeline;
import io.patop.watch.model.Event;
import io.patop.watch.model.Phase;
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

    /**
     * Notes that the new leader, which said that it is no primary yet, is one now, although its timeline is no newer.
     * A leader that was elected when the one before had just died need not know that one's timeline, and chooses the
     * same number.
     */
    static void onSameNumber(DashboardBuilder draft, String leader, Timeline timeline) {
        boolean waited = draft.failover
                .filter(running -> running.newLeader().filter(leader::equals).isPresent())
                .filter(running -> running.notYet().containsKey(Phase.PROMOTED))
                .isPresent();
        if (waited
                && draft.leadership.promotionDue()
                && draft.leadership.timeline().filter(timeline::equals).isPresent()) {
            promoted(draft, leader, timeline);
        }
    }

    private static void promoted(DashboardBuilder draft, String leader, Timeline timeline) {
        draft.leadership = draft.leadership.on(timeline);
        FollowRules.timelineChanged(draft, leader);
        draft.event(Event.Kind.PROMOTED, leader, leader + " is promoted: primary on timeline " + timeline);
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
        if (known.isEmpty()) {
            draft.leadership = draft.leadership.on(timeline);
        } else if (due) {
            promoted(draft, leader, timeline);
        } else {
            draft.leadership = draft.leadership.on(timeline);
            draft.event(
                    Event.Kind.LEADER_RESTARTED,
                    leader,
                    leader + " leads again after a restart, on timeline " + timeline + ": no failover");
        }
    }
}
