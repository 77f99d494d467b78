package io.patop.watch.rules;

import io.patop.cluster.NodeStatus;
import io.patop.time.MeasuredDuration;
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
 * Rules for the leader's health by its own word: when it was last well, the first sign that it is not, and whether it
 * holds the key without becoming primary.
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

    /**
     * Notes how long the leader has held the key without being primary. That does not count during an outage of the
     * DCS, since a leader that has stepped down then holds the key only in what was read last.
     */
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
                MeasuredDuration.atLeast(Duration.between(since, draft.at)));
        return now.told(draft.at);
    }

    /** Notes that the leader has not answered since that time. */
    static void silent(DashboardBuilder draft, String name, Instant since) {
        if (draft.leadership.isLeader(name)) {
            draft.leaderHealth = Optional.of(health(draft, name).sign(since).unpromoted(Optional.empty()));
        }
    }

    /**
     * Notes a sign of trouble because a replica no longer receives from the leader. The leader's next answer clears
     * it if the leader is well.
     */
    static void streamLost(DashboardBuilder draft) {
        sign(draft);
    }

    /** Notes that no member holds the leader key. */
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

    /**
     * The bounds of the beginning of that leader's trouble, which is noticed now at the latest; empty if it was never
     * seen to be well.
     */
    static Optional<TimeBounds> trouble(DashboardBuilder draft, String leader) {
        return draft.leaderHealth
                .filter(health ->
                        health.leader().equals(leader) && health.signAt().isPresent())
                .or(() -> draft.earlierHealth().filter(health -> health.leader().equals(leader)))
                .flatMap(health -> health.trouble(draft.at));
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
