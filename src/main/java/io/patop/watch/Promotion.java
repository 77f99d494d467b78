package io.patop.watch;

import io.patop.cluster.Timeline;
import java.util.Optional;

/**
 * A leader on a new timeline: promoted if the leader had changed, else restarted. Told by the leader's own
 * API or by {@code /cluster}, whichever is first; the second finds nothing new.
 */
final class Promotion {

    private Promotion() {}

    static void reached(Draft draft, String leader, Timeline timeline) {
        Optional<Timeline> known = draft.leadership.timeline();
        if (known.isPresent() && !timeline.isAfter(known.get())) {
            return;
        }
        if (VigilRules.leadershipIsOld(draft)) {
            draft.leadership = draft.leadership.found(leader, Optional.of(timeline));
            known.ifPresent(old -> draft.event(
                    Event.Kind.FOUND_CHANGED,
                    leader,
                    leader + " is on timeline " + timeline + "; when last watched it was on " + old));
            return;
        }
        boolean due = draft.leadership.promotionDue();
        draft.leadership = draft.leadership.on(timeline);
        if (known.isEmpty()) {
            return;
        }
        if (due) {
            draft.event(Event.Kind.PROMOTED, leader, leader + " is promoted: primary on timeline " + timeline);
        } else {
            draft.event(
                    Event.Kind.LEADER_RESTARTED,
                    leader,
                    leader + " leads again after a restart, on timeline " + timeline + ": no failover");
        }
    }
}
