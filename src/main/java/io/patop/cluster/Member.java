package io.patop.cluster;

import java.net.URI;
import java.util.Optional;

/**
 * A member as {@code GET /cluster} lists it: what it last wrote to the DCS, up to loop_wait seconds ago, and still
 * listed up to ttl seconds after its death.
 *
 * @param name unique in its cluster
 * @param role according to the leader and sync keys in the DCS
 * @param state of its PostgreSQL
 * @param address of its PostgreSQL, if published
 * @param apiUrl of its REST API, if published and well-formed
 * @param timeline absent whenever PostgreSQL cannot be queried
 * @param lag behind the leader's last published position
 * @param lsn the position that the lag is computed from: the later of received and replayed (4.1 and later, replicas)
 * @param received WAL received (4.1 and later, replicas)
 * @param replayed WAL replayed (4.1 and later, replicas)
 * @param tags of its configuration
 * @param pendingRestart present if settings wait for a restart
 * @param scheduledRestart present if one is scheduled
 */
public record Member(
        String name,
        Role role,
        State state,
        Optional<PostgresAddress> address,
        Optional<URI> apiUrl,
        Optional<Timeline> timeline,
        Lag lag,
        Optional<Lsn> lsn,
        Optional<Progress> received,
        Optional<Progress> replayed,
        Tags tags,
        Optional<PendingRestart> pendingRestart,
        Optional<ScheduledRestart> scheduledRestart) {

    public Member {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a member has a name");
        }
    }
}
