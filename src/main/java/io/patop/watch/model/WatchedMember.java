package io.patop.watch.model;

import io.patop.cluster.Lsn;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PendingRestart;
import io.patop.cluster.ScheduledRestart;
import io.patop.cluster.Wal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that is known of one member: what {@code /cluster} lists and what the node itself says. The two can
 * differ, and both are kept: the DCS is up to loop_wait old and lies about the dead until their key expires.
 *
 * @param name unique in the cluster
 * @param listed as {@code /cluster} lists it, or listed it last
 * @param leftAt since when {@code /cluster} no longer lists it; empty while it does
 * @param api how its own REST API does
 * @param standing how it keeps up with the leader
 * @param troubles what has been reported of it and not yet been called off
 * @param lagTrail how its lag has gone of late
 */
public record WatchedMember(
        String name,
        Optional<Member> listed,
        Optional<Instant> leftAt,
        Api api,
        Standing standing,
        Troubles troubles,
        LagTrail lagTrail) {

    /** How a member keeps up with the leader, by what {@code /cluster} lists. */
    public enum Standing {
        /** Nothing can be said yet. */
        UNKNOWN,
        /** It holds the leader key. */
        LEADS,
        /** It runs on the leader's timeline and near the leader's position. */
        IN_STEP,
        /** The leader has a new timeline, on which it does not stream yet. */
        TO_FOLLOW,
        /** It runs on an older timeline than the leader, and lacks WAL. */
        BEHIND,
        /** It lags by more than maximum_lag_on_failover. */
        LAGGING,
        /** Its PostgreSQL does not run. */
        DOWN
    }

    /**
     * Troubles of a member that have an event for their beginning and need one for their end.
     *
     * @param postgresDown its PostgreSQL stopped running while its API answered
     * @param notStreaming it ceased to stream from the leader, or has not begun to for long
     * @param dcsUnseen it says that it cannot see the DCS, while the leader can
     * @param idleSince since when it runs as a replica and streams from nobody; empty while it does, or is none
     * @param unlockedSince since when it says that nobody leads, or that it cannot see who does
     * @param contradictsSince since when it says so while the leader itself says that it leads
     * @param streamLostAt when it ceased to stream, by its own word; empty while it does
     */
    public record Troubles(
            boolean postgresDown,
            boolean notStreaming,
            boolean dcsUnseen,
            Optional<Instant> idleSince,
            Optional<Instant> unlockedSince,
            Optional<Instant> contradictsSince,
            Optional<Instant> streamLostAt) {
        /** No trouble. */
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

        /** It sees that somebody leads. */
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

    /** Checks that all parts are there. */
    public WatchedMember {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(listed, "listed");
        Objects.requireNonNull(leftAt, "leftAt");
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(troubles, "troubles");
        Objects.requireNonNull(lagTrail, "lagTrail");
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

    /** Whether all that is known of it is old by then, though its API was asked: from itself and from {@code /cluster}. */
    public boolean isOld(Instant now) {
        return !(api instanceof Api.Unasked) && api.isOld(now);
    }

    /** What the node says of itself now. */
    public Optional<NodeStatus> status() {
        return api.status();
    }

    /** The restart that is scheduled for it, by its own word where it answers. */
    public Optional<ScheduledRestart> restartDue() {
        return status().isPresent()
                ? status().flatMap(NodeStatus::scheduledRestart)
                : listed.filter(member -> isListed()).flatMap(Member::scheduledRestart);
    }

    /** The settings that wait for a restart of it, by its own word where it answers. */
    public Optional<PendingRestart> restartPending() {
        return status().isPresent()
                ? status().flatMap(NodeStatus::pendingRestart)
                : listed.filter(member -> isListed()).flatMap(Member::pendingRestart);
    }

    /**
     * How far it is behind that leader by what the two say themselves, newer than what the DCS tells.
     *
     * @param which of its positions
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
