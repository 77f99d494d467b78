package io.patop.watch.model;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.Lsn;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.ScheduledSwitchover;
import io.patop.time.TimeBounds;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.rules.Reducer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything known of one cluster at one moment, as every front end shows it. It is immutable, and only the
 * {@link Reducer} makes it. Ages are left to the front ends, which compare with their own clock.
 *
 * @param identity which cluster this is
 * @param members all that were listed in this session, by name; at most {@link ClusterView#MOST_MEMBERS}
 * @param clusterApi the state of {@code GET /cluster}
 * @param leadership the leader, and the one before
 * @param paused maintenance mode, by the last answer
 * @param scheduledSwitchover by the last answer
 * @param history of timelines, once read
 * @param config the dynamic configuration, once read
 * @param docker the state of Docker, and what it showed last
 * @param workloads what each member runs in, by the member's name; remembered while it does not run
 * @param proxies every HAProxy that was found or given, by name
 * @param probe the state of the write probe, where one runs or ran
 * @param drill the failover drill that runs, or the last one
 * @param failover the one that is going on
 * @param pastFailovers oldest first, at most {@link #PAST_FAILOVERS}
 * @param events oldest first, at most {@link #EVENTS}
 * @param eventsSeen the number of events in the whole session
 * @param underWay actions that were asked for and have not ended, the oldest first
 * @param unlisted the number of members in {@code /cluster} beyond those that are taken; empty if all were
 * @param unwatched the last monitoring gap, if there was one
 * @param leaderHealth the health of the leader by its own word
 * @param dcsOutage the present outage of the DCS
 * @param standbyLeader the leader of the standby cluster, while it is one
 * @param lanes what each part of the cluster did over the last 24 hours
 * @param takeover whether another member could take over, and how far the leader has written
 */
public record Dashboard(
        Identity identity,
        SortedMap<String, WatchedMember> members,
        ClusterApi clusterApi,
        Leadership leadership,
        boolean paused,
        Optional<ScheduledSwitchover> scheduledSwitchover,
        Optional<History> history,
        Optional<DynamicConfig> config,
        DockerStatus docker,
        Map<String, Workload> workloads,
        SortedMap<String, WatchedProxy> proxies,
        Optional<ProbeStatus> probe,
        Optional<DrillProgress> drill,
        Optional<Failover> failover,
        List<Failover> pastFailovers,
        List<Event> events,
        long eventsSeen,
        List<UnderWay> underWay,
        Optional<Integer> unlisted,
        Optional<MonitoringGap> unwatched,
        Optional<LeaderHealth> leaderHealth,
        Optional<DcsOutage> dcsOutage,
        Optional<String> standbyLeader,
        Lanes lanes,
        Takeover takeover) {

    /** How many events are kept. */
    public static final int EVENTS = 500;

    /** How many ended failovers are kept. */
    public static final int PAST_FAILOVERS = 100;

    /** The dashboard before the first observation. */
    public static final Dashboard EMPTY = new Dashboard(
            new Identity(Optional.empty(), Optional.empty()),
            Collections.emptySortedMap(),
            new ClusterApi.Unasked(),
            Leadership.UNKNOWN,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new DockerStatus.Unasked(),
            Map.of(),
            Collections.emptySortedMap(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Lanes.EMPTY,
            Takeover.NONE);

    /**
     * What the risk of a failover is derived from.
     *
     * @param nobodySince since when no other member could take over; empty while one could
     * @param judgedOf how new the words were from which that was judged last
     * @param nobodyTold whether that has been told
     * @param written the leader's latest positions, oldest first, at most {@link #POSITIONS}
     */
    public record Takeover(
            Optional<TimeBounds> nobodySince, Optional<Instant> judgedOf, boolean nobodyTold, List<Position> written) {

        /** How many positions are kept. */
        public static final int POSITIONS = 60;

        /** Nothing known. */
        public static final Takeover NONE = new Takeover(Optional.empty(), Optional.empty(), false, List.of());

        /**
         * The leader's position at one moment.
         *
         * @param at when it told it
         * @param leader who led then
         * @param lsn how far it had written
         */
        public record Position(Instant at, String leader, Lsn lsn) {}

        public Takeover {
            written = List.copyOf(written);
        }

        public Takeover with(Position position) {
            List<Position> longer = new ArrayList<>(written);
            longer.add(position);
            return new Takeover(
                    nobodySince,
                    judgedOf,
                    nobodyTold,
                    longer.subList(Math.max(0, longer.size() - POSITIONS), longer.size()));
        }

        /** The takeover without its last position. */
        public Takeover withoutLast() {
            return new Takeover(nobodySince, judgedOf, nobodyTold, written.subList(0, written.size() - 1));
        }

        public Takeover withNobody(Optional<TimeBounds> since, Optional<Instant> judged, boolean told) {
            return new Takeover(since, judged, told, written);
        }
    }

    /**
     * The identity of a cluster.
     *
     * @param scope its name, once a node told it
     * @param systemIdentifier of its database, once a node told it
     */
    public record Identity(Optional<String> scope, Optional<String> systemIdentifier) {

        /** The identity completed by what a node of the cluster told; what was told first stays. */
        public Identity with(NodeStatus said) {
            return new Identity(scope.or(said::scope), systemIdentifier.or(said::systemIdentifier));
        }

        /** The reason why the node is of another cluster, for a person; empty if nothing says so. */
        public Optional<String> otherCluster(NodeStatus said) {
            return said.systemIdentifier()
                    .filter(id ->
                            systemIdentifier.filter(known -> !known.equals(id)).isPresent())
                    .map(id -> "a node of another database cluster answers there: system identifier " + id)
                    .or(() -> said.scope()
                            .filter(name ->
                                    scope.filter(known -> !known.equals(name)).isPresent())
                            .map(name -> "a node of another cluster answers there: " + name));
        }
    }

    /** The state of {@code GET /cluster}, and so of the DCS behind it. */
    public sealed interface ClusterApi {

        /** {@code /cluster} has not been asked yet. */
        record Unasked() implements ClusterApi {
            @Override
            public Optional<Instant> lastAnswer() {
                return Optional.empty();
            }
        }

        /**
         * A node answered {@code /cluster} the last time.
         *
         * @param at when
         * @param took how long it took: what it says may be that old
         * @param via which node
         */
        record Answered(Instant at, Duration took, URI via) implements ClusterApi {
            @Override
            public Optional<Instant> lastAnswer() {
                return Optional.of(at);
            }
        }

        /**
         * No node answered {@code /cluster} the last time.
         *
         * @param since the first failure of the present series of failures
         * @param failure the last reason
         * @param via the node asked last
         * @param lastAnsweredAt when a node answered last
         * @param dcsLost whether nodes answer for themselves and none can read the DCS
         * @param dcsBackAt when a node told that it has read the DCS again, if {@code /cluster} has not answered
         *     since
         */
        record Failing(
                Instant since,
                Failure failure,
                URI via,
                Optional<Instant> lastAnsweredAt,
                boolean dcsLost,
                Optional<Instant> dcsBackAt)
                implements ClusterApi {
            @Override
            public Optional<Instant> lastAnswer() {
                return lastAnsweredAt;
            }
        }

        /** When a node answered last. */
        Optional<Instant> lastAnswer();
    }

    public Dashboard {
        members = Roster.of(members);
        workloads = Map.copyOf(workloads);
        proxies = Collections.unmodifiableSortedMap(new TreeMap<>(proxies));
        pastFailovers = List.copyOf(pastFailovers);
        events = List.copyOf(events);
        underWay = List.copyOf(underWay);
    }

    /** Returns the dashboard with other lanes. */
    public Dashboard withLanes(Lanes other) {
        return new Dashboard(
                identity,
                members,
                clusterApi,
                leadership,
                paused,
                scheduledSwitchover,
                history,
                config,
                docker,
                workloads,
                proxies,
                probe,
                drill,
                failover,
                pastFailovers,
                events,
                eventsSeen,
                underWay,
                unlisted,
                unwatched,
                leaderHealth,
                dcsOutage,
                standbyLeader,
                other,
                takeover);
    }

    /** The member of that name, if it was ever listed. */
    public Optional<WatchedMember> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The first change of leader, or attempt at one, that began at that time or later, whether it has ended or not. */
    public Optional<Failover> failoverSince(Instant at) {
        return Stream.concat(pastFailovers.stream(), failover.stream())
                .filter(change -> !change.beginning().notAfter().isBefore(at))
                .findFirst();
    }

    /**
     * The leader that has held the key for longer than a promotion takes without becoming primary; empty if there is
     * none.
     */
    public Optional<NeverPromoted> neverPromoted() {
        return leaderHealth
                .filter(health -> health.toldAt().isPresent())
                .map(health -> new NeverPromoted(
                        health.leader(),
                        health.unpromotedSince().orElse(health.toldAt().get()),
                        member(health.leader())
                                .flatMap(WatchedMember::status)
                                .map(MemberText::own)
                                .orElse("nothing")));
    }

    /** The member that holds the leader key, or held it last. */
    public Optional<WatchedMember> leader() {
        return leadership.leader().flatMap(this::member);
    }
}
