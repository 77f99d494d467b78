package io.patop.watch.rules;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Role;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Api;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.WatchedMember;
import java.time.Instant;
import java.util.Optional;

/**
 * Rules for a cluster that starts or stops following another one ({@code demote-cluster}, {@code promote-cluster}).
 * Each is an event of its own and no change of leader. {@code /cluster} calls the leader a standby leader as soon as
 * the configuration says so, so the leader's own word must say it too.
 */
final class StandbyRules {

    private StandbyRules() {}

    /** Judges again after an observation that told who leads, or what the leader is. */
    static void judge(DashboardBuilder draft) {
        Optional<WatchedMember> leader = draft.leadership.present().flatMap(draft::known);
        Optional<Role.Kind> listed =
                leader.flatMap(WatchedMember::listed).map(Member::role).map(Role::kind);
        if (leader.isEmpty() || listed.isEmpty()) {
            return;
        }
        String name = leader.get().name();
        Optional<Role> own = leader.get()
                .status()
                .filter(status -> status.state().isRunning())
                .map(NodeStatus::role);
        boolean follows = listed.get() == Role.Kind.STANDBY_LEADER
                && own.filter(role -> role.kind() == Role.Kind.STANDBY_LEADER).isPresent();
        if (follows && draft.standbyLeader.filter(name::equals).isEmpty()) {
            follows(draft, name);
        } else if (listed.get() == Role.Kind.LEADER
                && draft.standbyLeader.isPresent()
                && own.filter(Role::isPrimary).isPresent()) {
            promoted(draft, leader.get());
        }
    }

    private static void promoted(DashboardBuilder draft, WatchedMember leader) {
        draft.standbyLeader = Optional.empty();
        draft.leadership = draft.leadership.promoted();
        String text = "the cluster is no longer a standby cluster, leader " + leader.name()
                + leader.status()
                        .flatMap(NodeStatus::timeline)
                        .map(timeline -> " on timeline " + timeline)
                        .orElse("");
        Optional<MeasuredDuration> unwritable =
                demotion(draft).map(demotion -> demotion.until(noticed(draft, leader.name(), demotion)));
        draft.event(new Event(
                draft.at,
                Event.Kind.CLUSTER_PROMOTED,
                Optional.of(leader.name()),
                text + (unwritable.isPresent() ? "; nobody could write until then" : ""),
                unwritable));
    }

    /** The bounds of what both the leader and {@code /cluster} say now, and did not both say before. */
    private static TimeBounds noticed(DashboardBuilder draft, String leader, Failover since) {
        return new TimeBounds(
                notYet(draft, leader).orElseGet(() -> since.beginning().notAfter()), draft.at);
    }

    /**
     * When what the leader and {@code /cluster} had said before was asked for: that of the leader if it has just
     * answered, else the earlier of the two.
     */
    static Optional<Instant> notYet(DashboardBuilder draft, String leader) {
        Optional<Api.Answering> last =
                draft.known(leader).map(WatchedMember::api).flatMap(Api::lastAnswer);
        Optional<Instant> word = last.flatMap(Api.Answering::askedBefore);
        if (last.filter(own -> own.at().equals(draft.at)).isPresent()) {
            return word;
        }
        Optional<Instant> listed = draft.earlierClusterAsked();
        return word.flatMap(own -> listed.map(dcs -> own.isBefore(dcs) ? own : dcs));
    }

    /** The demotion that made the cluster a standby cluster, if it was seen. */
    private static Optional<Failover> demotion(DashboardBuilder draft) {
        return draft.pastFailovers().stream()
                .filter(past -> past.outcome() == Failover.Outcome.CLUSTER_DEMOTED)
                .reduce((earlier, later) -> later);
    }

    private static void follows(DashboardBuilder draft, String leader) {
        boolean anew = draft.standbyLeader.isEmpty();
        draft.standbyLeader = Optional.of(leader);
        draft.leadership = draft.leadership.promoted();
        if (anew) {
            String text = "the cluster is a standby cluster now, standby leader " + leader;
            Optional<MeasuredDuration> took =
                    draft.failover.map(running -> running.until(noticed(draft, leader, running)));
            draft.event(new Event(draft.at, Event.Kind.CLUSTER_DEMOTED, Optional.of(leader), text, took));
        } else {
            draft.event(Event.Kind.PROMOTED, leader, leader + " is standby leader now");
        }
    }
}
