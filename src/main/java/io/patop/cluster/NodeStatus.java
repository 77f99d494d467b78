package io.patop.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The status that a node reports of itself ({@code GET /patroni}), live from its own PostgreSQL.
 *
 * @param name the member's name (reported by 3.2 and later)
 * @param scope the cluster's name
 * @param patroniVersion e.g. {@code 3.0.2}
 * @param postgresVersion absent when PostgreSQL cannot be queried
 * @param role as PostgreSQL itself has it, if it can be queried
 * @param state of PostgreSQL
 * @param replicationState {@code streaming} or {@code in archive recovery} (3.0.4 and later, replicas)
 * @param postmasterStart when PostgreSQL was started
 * @param timeline absent when PostgreSQL cannot be queried
 * @param wal positions
 * @param replication the receivers of WAL from this node
 * @param dcsLastSeen when the node last read the DCS (2.1.2 and later)
 * @param systemIdentifier of the database cluster
 * @param tags of its configuration
 * @param pendingRestart present if settings wait for a restart
 * @param scheduledRestart present if one is scheduled
 * @param flags further properties
 */
public record NodeStatus(
        Optional<String> name,
        Optional<String> scope,
        Optional<String> patroniVersion,
        Optional<PostgresVersion> postgresVersion,
        Role role,
        State state,
        Optional<String> replicationState,
        Optional<PatroniTime> postmasterStart,
        Optional<Timeline> timeline,
        Wal wal,
        List<Walsender> replication,
        Optional<Instant> dcsLastSeen,
        Optional<String> systemIdentifier,
        Tags tags,
        Optional<PendingRestart> pendingRestart,
        Optional<ScheduledRestart> scheduledRestart,
        Flags flags) {

    /**
     * The properties that a node reports by naming them; each is false if it is not named.
     *
     * @param clusterUnlocked nobody holds the leader key, or the DCS cannot be read
     * @param paused maintenance mode
     * @param failsafeActive the DCS is gone and failsafe mode keeps the primary up (3.0 and later)
     * @param syncStandby the node is a synchronous standby
     * @param quorumStandby the node is a standby of quorum commit (4.0 and later)
     * @param watchdogFailed the watchdog could not be armed
     */
    public record Flags(
            boolean clusterUnlocked,
            boolean paused,
            boolean failsafeActive,
            boolean syncStandby,
            boolean quorumStandby,
            boolean watchdogFailed) {

        /** No flag. */
        public static final Flags NONE = new Flags(false, false, false, false, false, false);
    }

    public NodeStatus {
        replication = List.copyOf(replication);
    }

    /** The receivers that stream from this node, by the names that they give, whether members or not. */
    public Set<String> receivers() {
        return replication.stream()
                .filter(Walsender::isStreaming)
                .map(Walsender::applicationName)
                .collect(Collectors.toSet());
    }

    /** Whether the member of that name streams from this node. */
    public boolean streamsTo(String member) {
        return replication.stream()
                .anyMatch(sender ->
                        sender.isStreaming() && sender.applicationName().equals(member));
    }
}
