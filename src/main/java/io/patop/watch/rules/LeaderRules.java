package io.patop.watch.rules;

import io.patop.cluster.NodeStatus;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.LeaderHealth;
import io.patop.watch.model.MemberText;
import io.patop.watch.model.NeverPromoted;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the leader does by its own word: when it last was well, the first sign that it is not, and whether it holds the key
 * without ever becoming primary.
 */
final class LeaderRules {

    private LeaderRules() {}

    static void answered(DashboardBuilder draft, Observation.NodeAnswered answered) {
        String name = answered.member();
        if (!draft.leadership.isLeader(name)) {
            return;
        }
        LeaderHealth health = health(draft, name);
        NodeStatus now = answered.status();
        if (!leads(now)) {
            draft.leaderHealth = Optional.of(unpromoted(draft, health.sign(draft.at)));
        } else if (now.state().isRunning()) {
            draft.leaderHealth = Optional.of(health.well(answered.at().minus(answered.took())));
        } else {
            draft.leaderHealth = Optional.of(health.sign(draft.at).unpromoted(Optional.empty()));
        }
    }

    /** While the DCS is gone, a leader that has stepped down holds the key in what was read last, and only there. */
    private static LeaderHealth unpromoted(DashboardBuilder draft, LeaderHealth health) {
        boolean holds =
                draft.leadership.present().filter(health.leader()::equals).isPresent()
                        && draft.clusterApi instanceof Dashboard.ClusterApi.Answered
                        && draft.dcsOutage.isEmpty();
        if (!holds) {
            return health.unpromoted(Optional.empty());
        }
        Instant since = health.unpromotedSince().orElse(draft.at);
        LeaderHealth now = health.unpromoted(Optional.of(since));
        boolean tooLong = Duration.between(since, draft.at).compareTo(NeverPromoted.PATIENCE) >= 0;
        if (!tooLong || now.toldAt().isPresent()) {
            return now;
        }
        draft.event(
                Event.Kind.NEVER_PROMOTED,
                health.leader(),
                health.leader() + " holds the leader key and is not promoted: it says "
                        + draft.member(health.leader())
                                .status()
                                .map(MemberText::own)
                                .orElse("nothing"),
                Duration.between(since, draft.at));
        return now.told(draft.at);
    }

    /** It gives no answer since then. */
    static void silent(DashboardBuilder draft, String name, Instant since) {
        if (draft.leadership.isLeader(name)) {
            draft.leaderHealth = Optional.of(health(draft, name).sign(since).unpromoted(Optional.empty()));
        }
    }

    /** A replica that received from it does no longer. Its next answer takes the suspicion back, if it is well. */
    static void streamLost(DashboardBuilder draft) {
        sign(draft);
    }

    /** Nobody holds the leader key. */
    static void keyFree(DashboardBuilder draft) {
        sign(draft);
        draft.leaderHealth = draft.leaderHealth.map(health -> health.unpromoted(Optional.empty()));
    }

    private static void sign(DashboardBuilder draft) {
        draft.leadership
                .leader()
                .ifPresent(leader ->
                        draft.leaderHealth = Optional.of(health(draft, leader).sign(draft.at)));
    }

    /** When the trouble of that leader began, which is noticed now at the latest. */
    static TimeBounds trouble(DashboardBuilder draft, String leader) {
        return draft.leaderHealth
                .filter(health ->
                        health.leader().equals(leader) && health.signAt().isPresent())
                .or(() -> draft.earlierHealth.filter(health -> health.leader().equals(leader)))
                .map(health -> health.trouble(draft.at))
                .orElseGet(() -> TimeBounds.exactly(draft.at));
    }

    static boolean leads(NodeStatus status) {
        return status.role().isPrimary() || status.role().leads();
    }

    private static LeaderHealth health(DashboardBuilder draft, String leader) {
        return draft.leaderHealth
                .filter(known -> known.leader().equals(leader))
                .orElseGet(() -> LeaderHealth.unknown(leader));
    }
}
