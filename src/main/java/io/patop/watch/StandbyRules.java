package io.patop.watch;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Role;
import java.util.Optional;

/**
 * A cluster that begins or ceases to follow another one ({@code demote-cluster}, {@code promote-cluster}): an event of its
 * own, no change of leader. {@code /cluster} calls the leader a standby leader as soon as the configuration says so; its
 * own word tells when it is one.
 */
final class StandbyRules {

    private StandbyRules() {}

    /** After whatever told who leads, or what the leader is. */
    static void judge(Draft draft) {
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
            draft.standbyLeader = Optional.empty();
            draft.leadership = draft.leadership.promoted();
            draft.event(
                    Event.Kind.CLUSTER_PROMOTED,
                    name,
                    "the cluster is no longer a standby cluster, leader " + name
                            + leader.get()
                                    .status()
                                    .flatMap(NodeStatus::timeline)
                                    .map(timeline -> " on timeline " + timeline)
                                    .orElse(""));
        }
    }

    private static void follows(Draft draft, String leader) {
        boolean anew = draft.standbyLeader.isEmpty();
        draft.standbyLeader = Optional.of(leader);
        draft.leadership = draft.leadership.promoted();
        if (anew) {
            String text = "the cluster is a standby cluster now, standby leader " + leader;
            Optional<MeasuredDuration> took = draft.failover.map(running -> running.until(draft.at));
            draft.event(new Event(draft.at, Event.Kind.CLUSTER_DEMOTED, Optional.of(leader), text, took));
        } else {
            draft.event(Event.Kind.PROMOTED, leader, leader + " is standby leader now");
        }
    }
}
