package io.patop.watch.rules;

import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import io.patop.watch.model.Event;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedMember.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for whether replicas receive WAL, by the word of the nodes that send it. */
final class StreamRules {

    /**
     * Longest normal time without streaming for a running replica. One that takes longer may be on a timeline that
     * its leader does not know: it stays so after a leader took its key back on an older one (seen with 3.0.2 and
     * etcd3), while Patroni calls it running.
     */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private StreamRules() {}

    /** Compares a node's answer with the one before. A receiver that is gone is no event during a failover. */
    static void compare(DashboardBuilder draft, String name, NodeStatus earlier, NodeStatus now) {
        own(draft, name, earlier, now);
        if (!leads(draft, name, now)
                || draft.failover.isPresent()
                || !earlier.state().isRunning()) {
            return;
        }
        Set<String> lost = new HashSet<>(earlier.receivers());
        lost.removeAll(now.receivers());
        if (lost.isEmpty()) {
            return;
        }
        for (WatchedMember other : draft.members()) {
            if (lost.contains(other.name())) {
                lost(draft, other, name, draft.at);
            }
        }
    }

    /**
     * Judges a replica's own word, which says from 3.0.4 on whether it streams. That it stopped may be the first sign
     * of a dying leader.
     */
    private static void own(DashboardBuilder draft, String name, NodeStatus earlier, NodeStatus now) {
        WatchedMember member = draft.member(name);
        if (now.replicationState().isPresent() || !now.state().isRunning() || LeaderRules.leads(now)) {
            lostAt(draft, member, Optional.empty());
            return;
        }
        boolean lost = earlier.replicationState().filter("streaming"::equals).isPresent();
        if (!lost) {
            return;
        }
        lostAt(draft, member, Optional.of(draft.at));
        Optional<WatchedMember> leader = draft.leader();
        boolean fromLeader = leader.flatMap(known -> known.api().lastStatus())
                .filter(status -> status.streamsTo(name))
                .isPresent();
        if (fromLeader) {
            LeaderRules.streamLost(draft);
        }
        leader.filter(down -> down.troubles().postgresDown() && draft.failover.isEmpty())
                .ifPresent(down -> lost(draft, draft.member(name), down.name(), draft.at));
    }

    private static void lostAt(DashboardBuilder draft, WatchedMember member, Optional<Instant> at) {
        if (!member.troubles().streamLostAt().equals(at)) {
            draft.put(member.withTroubles(member.troubles().withStreamLostAt(at)));
        }
    }

    /**
     * Notes that the leader's PostgreSQL stopped without being told to, so that no replica streams from it any more.
     */
    static void senderDown(DashboardBuilder draft, String name, NodeStatus earlier, NodeStatus now) {
        boolean told = now.state().kind() == State.Kind.STOPPING || now.state().kind() == State.Kind.RESTARTING;
        if (told || !draft.leadership.isLeader(name) || draft.failover.isPresent()) {
            return;
        }
        for (WatchedMember other : draft.members()) {
            Optional<Instant> lostAt = other.troubles().streamLostAt();
            if (lostAt.isPresent()) {
                lost(draft, other, name, lostAt.get());
            } else if (earlier.streamsTo(other.name())) {
                draft.put(other.withTroubles(other.troubles().withIdleSince(Optional.of(draft.at))));
            }
        }
    }

    /**
     * Notes the replicas that do not stream yet when their sender runs again. Up to 3.0.3 only the sender tells who
     * streams.
     */
    static void senderBack(DashboardBuilder draft, String name, NodeStatus now) {
        if (!draft.leadership.isLeader(name) || draft.failover.isPresent()) {
            return;
        }
        for (WatchedMember other : draft.members()) {
            other.troubles()
                    .idleSince()
                    .filter(since -> runsAsReplica(other) && !now.streamsTo(other.name()))
                    .ifPresent(since -> lost(draft, other, name, since));
        }
    }

    private static void lost(DashboardBuilder draft, WatchedMember member, String sender, Instant at) {
        if (!member.troubles().notStreaming()) {
            draft.put(member.withTroubles(member.troubles().withNotStreaming(true)));
            draft.event(
                    at, Event.Kind.STREAMING_LOST, member.name(), member.name() + " no longer streams from " + sender);
        }
    }

    /** Judges all members after the leader's answer: which ones stream, and which have not for too long. */
    static void watch(DashboardBuilder draft, String name, NodeStatus now) {
        if (!leads(draft, name, now)) {
            return;
        }
        Set<String> receivers = receivers(draft.members().stream().flatMap(member -> member.status().stream()));
        for (WatchedMember other : draft.members()) {
            if (other.name().equals(name)) {
                clear(draft, other);
            } else {
                judge(draft, other, receivers.contains(other.name()));
            }
        }
    }

    private static boolean leads(DashboardBuilder draft, String name, NodeStatus now) {
        return draft.leadership.present().filter(name::equals).isPresent()
                && now.state().isRunning();
    }

    /** Clears the leader's own streaming troubles, since a leader need not stream. */
    private static void clear(DashboardBuilder draft, WatchedMember leader) {
        Troubles cleared = leader.troubles().withNotStreaming(false).withIdleSince(Optional.empty());
        if (!cleared.equals(leader.troubles())) {
            draft.put(leader.withTroubles(cleared));
        }
    }

    private static void judge(DashboardBuilder draft, WatchedMember member, boolean streams) {
        Troubles troubles = member.troubles();
        Optional<Instant> idle = streams || !runsAsReplica(member)
                ? Optional.empty()
                : Optional.of(troubles.idleSince().orElse(draft.at));
        if (!idle.equals(troubles.idleSince())) {
            troubles = troubles.withIdleSince(idle);
            draft.put(member.withTroubles(troubles));
        }
        boolean tooLong = idle.filter(since -> Duration.between(since, draft.at).compareTo(PATIENCE) >= 0)
                .isPresent();
        if (tooLong && !troubles.notStreaming()) {
            draft.put(member.withTroubles(troubles.withNotStreaming(true)));
            draft.event(
                    Event.Kind.STREAMING_LOST,
                    member.name(),
                    member.name() + " runs, and has streamed from nobody for " + PATIENCE.toSeconds()
                            + " s: if it does not catch up, reinitialize it");
        } else if (streams && troubles.notStreaming()) {
            draft.put(member.withTroubles(troubles.withNotStreaming(false)));
            draft.event(Event.Kind.STREAMING_BACK, member.name(), member.name() + " streams again");
        }
    }

    /**
     * Whether the member runs as a replica and does not tell how it gets WAL. From 3.0.4 on a replica tells that
     * itself, also if it reads from an archive.
     */
    private static boolean runsAsReplica(WatchedMember member) {
        return member.isListed()
                && member.status()
                        .filter(status -> status.state().isRunning()
                                && !status.role().isPrimary()
                                && !status.role().leads()
                                && status.replicationState().isEmpty())
                        .isPresent();
    }

    /** The names of all that stream from one of those nodes. */
    static Set<String> receivers(Stream<NodeStatus> senders) {
        return senders.flatMap(status -> status.receivers().stream()).collect(Collectors.toSet());
    }
}
