package io.patop.watch;

import io.patop.cluster.NodeStatus;
import io.patop.watch.WatchedMember.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether replicas receive WAL, by the word of those that send it. */
final class StreamRules {

    /**
     * A replica streams some seconds after it has come up. One that does not may be on a timeline that its leader does
     * not know: so it stays where a leader took its key back on an older one (3.0.2 with etcd3, seen), while Patroni
     * calls it running.
     */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private StreamRules() {}

    /** What the node has said, beside what it said before. While leaders change, vanishing is part of the change. */
    static void compare(Draft draft, String name, NodeStatus earlier, NodeStatus now) {
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
            if (lost.contains(other.name()) && !other.troubles().notStreaming()) {
                draft.put(other.withTroubles(other.troubles().withNotStreaming(true)));
                draft.event(Event.Kind.STREAMING_LOST, other.name(), other.name() + " no longer streams from " + name);
            }
        }
    }

    /** Who streams, and who has not for long, as often as the leader says who streams from it. */
    static void watch(Draft draft, String name, NodeStatus now) {
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

    private static boolean leads(Draft draft, String name, NodeStatus now) {
        return draft.leadership.present().filter(name::equals).isPresent()
                && now.state().isRunning();
    }

    /** Who leads need not stream, whatever it did before. */
    private static void clear(Draft draft, WatchedMember leader) {
        Troubles cleared = leader.troubles().withNotStreaming(false).withIdleSince(Optional.empty());
        if (!cleared.equals(leader.troubles())) {
            draft.put(leader.withTroubles(cleared));
        }
    }

    private static void judge(Draft draft, WatchedMember member, boolean streams) {
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

    /** From 3.0.4 on a node tells itself how it is fed, be it from an archive. */
    private static boolean runsAsReplica(WatchedMember member) {
        return member.isListed()
                && member.status()
                        .filter(status -> status.state().isRunning()
                                && !status.role().isPrimary()
                                && !status.role().leads()
                                && status.replicationState().isEmpty())
                        .isPresent();
    }

    /** Who streams from any of those nodes. */
    static Set<String> receivers(Stream<NodeStatus> senders) {
        return senders.flatMap(status -> status.receivers().stream()).collect(Collectors.toSet());
    }
}
