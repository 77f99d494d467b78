package io.patop.watch.model;

import io.patop.cluster.Lsn;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PendingRestart;
import io.patop.cluster.ScheduledRestart;
import io.patop.cluster.Wal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything known of one member: what {@code /cluster} lists and what the node itself says. Both are kept, since
 * they can differ: the DCS is up to loop_wait old, and lists a dead member until its key expires.
 *
 * @param name unique in the cluster
 * @param listed as {@code /cluster} lists it, or listed it last
 * @param leftAt since when {@code /cluster} no longer lists it; empty while it does
 * @param api the state of its own REST API
 * @param standing its position relative to the leader
 * @param troubles reported troubles that have not ended yet
 * @param lagTrail its latest lags
 */
public record WatchedMember(
        String name,
        Optional<Member> listed,
        Optional<Instant> leftAt,
        Api api,
        Standing standing,
        Troubles troubles,
        LagTrail lagTrail) {

    /** A member's position relative to the leader, by what {@code /cluster} lists. */
    public enum Standing {
        /** The position is not known yet. */
        UNKNOWN,
        /** The member holds the leader key. */
        LEADS,
        /** The member runs on the leader's timeline and is near the leader's position. */
        IN_STEP,
        /** The leader has a new timeline, and the member does not stream on it yet. */
        TO_FOLLOW,
        /** The member runs on an older timeline than the leader, and lacks WAL. */
        BEHIND,
        /** The member lags by more than maximum_lag_on_failover. */
        LAGGING,
        /** The member's PostgreSQL does not run. */
        DOWN
    }

    /**
     * Troubles of a member that were told by an event at their beginning and need another at their end.
     *
     * @param postgresDown its PostgreSQL stopped running while its API answered
     * @param notStreaming it stopped streaming from the leader, or has not started for long
     * @param dcsUnseen it says that it cannot see the DCS, while the leader can
     * @param idleSince since when it runs as a replica and streams from nobody; empty while it streams, or is no
     *     replica
     * @param unlockedSince since when it says that nobody leads, or that it cannot see who does
     * @param contradictsSince since when it says so while the leader says that it leads
     * @param streamLostAt when it stopped streaming, by its own word; empty while it streams
     */
    public record Troubles(
            boolean postgresDown,
            boolean notStreaming,
            boolean dcsUnseen,
            Optional<Instant> idleSince,
            Optional<Instant> unlockedSince,
            Optional<Instant> contradictsSince,
            Optional<Instant> streamLostAt) {
        /** A member without trouble. */
        public static final Troubles NONE = new Troubles(
                false, false, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Troubles withPostgresDown(boolean down) {
            return new Troubles(
                    down, notStreaming, dcsUnseen, idleSince, unlockedSince, contradictsSince, streamLostAt);
        }

        public Troubles withNotStreaming(boolean lost) {
            return new Troubles(
                    postgresDown, lost, dcsUnseen, idleSince, unlockedSince, contradictsSince, streamLostAt);
        }

        public Troubles withDcsUnseen(boolean unseen) {
            return new Troubles(
                    postgresDown, notStreaming, unseen, idleSince, unlockedSince, contradictsSince, streamLostAt);
        }

        public Troubles withIdleSince(Optional<Instant> since) {
            return new Troubles(
                    postgresDown, notStreaming, dcsUnseen, since, unlockedSince, contradictsSince, streamLostAt);
        }

        /** The troubles after the member has said that it sees a leader. */
        public Troubles locked() {
            return new Troubles(
                    postgresDown, notStreaming, false, idleSince, Optional.empty(), Optional.empty(), streamLostAt);
        }

        public Troubles unlocked(Instant at, Optional<Instant> contradicts) {
            return new Troubles(
                    postgresDown,
                    notStreaming,
                    dcsUnseen,
                    idleSince,
                    Optional.of(unlockedSince.orElse(at)),
                    contradicts,
                    streamLostAt);
        }

        public Troubles withStreamLostAt(Optional<Instant> at) {
            return new Troubles(postgresDown, notStreaming, dcsUnseen, idleSince, unlockedSince, contradictsSince, at);
        }
    }

    public static WatchedMember unknown(String name) {
        return new WatchedMember(
                name,
                Optional.empty(),
                Optional.empty(),
                new Api.Unasked(),
                Standing.UNKNOWN,
                Troubles.NONE,
                LagTrail.EMPTY);
    }

    /** Whether {@code /cluster} lists it now. */
    public boolean isListed() {
        return listed.isPresent() && leftAt.isEmpty();
    }

    /** Whether its own API answers. */
    public boolean answers() {
        return api instanceof Api.Answering;
    }

    /** Whether its own API was asked and does not answer. */
    public boolean isSilent() {
        return api instanceof Api.Silent;
    }

    /**
     * Whether everything known of the member is old at that time, from itself and from {@code /cluster}, although its
     * API was asked.
     */
    public boolean isOld(Instant now) {
        return !(api instanceof Api.Unasked) && api.isOld(now);
    }

    /** What the node says of itself now. */
    public Optional<NodeStatus> status() {
        return api.status();
    }

    /** The member's scheduled restart, by its own word if it answers. */
    public Optional<ScheduledRestart> restartDue() {
        return status().isPresent()
                ? status().flatMap(NodeStatus::scheduledRestart)
                : listed.filter(member -> isListed()).flatMap(Member::scheduledRestart);
    }

    /** The settings that wait for a restart of the member, by its own word if it answers. */
    public Optional<PendingRestart> restartPending() {
        return status().isPresent()
                ? status().flatMap(NodeStatus::pendingRestart)
                : listed.filter(member -> isListed()).flatMap(Member::pendingRestart);
    }

    /**
     * The member's lag behind that leader, by the positions that the two tell themselves, which are newer than those
     * in the DCS.
     *
     * @param which picks the member's position to compare
     */
    public Optional<Long> liveLag(Optional<WatchedMember> leader, Function<Wal, Optional<Lsn>> which) {
        Optional<Lsn> there = leader.flatMap(WatchedMember::status)
                .filter(status -> status.role().isPrimary())
                .flatMap(status -> status.wal().location());
        Optional<Lsn> here = status().map(NodeStatus::wal).flatMap(which);
        return there.flatMap(ahead -> here.map(own -> Math.max(0, ahead.position() - own.position())));
    }

    public WatchedMember withListed(Member member) {
        return new WatchedMember(name, Optional.of(member), Optional.empty(), api, standing, troubles, lagTrail);
    }

    public WatchedMember withLeft(Instant at) {
        return new WatchedMember(name, listed, Optional.of(at), api, Standing.UNKNOWN, troubles, lagTrail);
    }

    public WatchedMember withApi(Api changed) {
        return new WatchedMember(name, listed, leftAt, changed, standing, troubles, lagTrail);
    }

    public WatchedMember withStanding(Standing changed) {
        return new WatchedMember(name, listed, leftAt, api, changed, troubles, lagTrail);
    }

    public WatchedMember withTroubles(Troubles changed) {
        return new WatchedMember(name, listed, leftAt, api, standing, changed, lagTrail);
    }

    public WatchedMember withLagTrail(LagTrail changed) {
        return new WatchedMember(name, listed, leftAt, api, standing, troubles, changed);
    }
}
