package io.patop.watch.model;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.ScheduledSwitchover;
import io.patop.watch.rules.Reducer;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that is known of one cluster at one moment: what every front end shows. Immutable; made by the
 * {@link Reducer} alone. Ages are for the front end to tell, against its own clock.
 *
 * @param identity which cluster this is
 * @param members all that were listed in this session, by name; at most {@link ClusterView#MOST_MEMBERS}
 * @param clusterApi how {@code GET /cluster} does
 * @param leadership who leads
 * @param paused maintenance mode, by the last answer
 * @param scheduledSwitchover by the last answer
 * @param history of timelines, once read
 * @param config the dynamic configuration, once read
 * @param docker how Docker does, and what it showed last
 * @param workloads what each member runs in, by the member's name; remembered while it does not run
 * @param proxies every HAProxy that was found or given, by name
 * @param probe how the write probe does, where one runs or ran
 * @param drill the failover drill that runs, or the last one
 * @param failover the one that runs
 * @param pastFailovers oldest first, at most {@link #PAST_FAILOVERS}
 * @param events oldest first, at most {@link #EVENTS}
 * @param eventsSeen how many there have been in the whole session
 * @param underWay what was asked for and has not come to an end, the oldest first
 * @param unlisted how many members {@code /cluster} told of beyond those that are taken, if it told too many
 * @param unwatched the last while in which nobody watched, if there was one
 * @param leaderHealth how the leader does by its own word
 * @param dcsOutage the outage of the DCS that lasts
 * @param standbyLeader who leads the standby cluster, while it is one
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
        Optional<String> standbyLeader) {

    /** How many events are kept. */
    public static final int EVENTS = 500;

    /** How many ended failovers are kept. */
    public static final int PAST_FAILOVERS = 100;

    /** Nothing has been observed. */
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
            Optional.empty());

    /**
     * Which cluster it is.
     *
     * @param scope its name, once a node told it
     * @param systemIdentifier of its database, once a node told it
     */
    public record Identity(Optional<String> scope, Optional<String> systemIdentifier) {
        /** Checks that both parts are there. */
        public Identity {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(systemIdentifier, "systemIdentifier");
        }

        /** With what a node of it told; what was told first stands. */
        public Identity with(NodeStatus said) {
            return new Identity(scope.or(said::scope), systemIdentifier.or(said::systemIdentifier));
        }

        /** That the node is of another cluster, in words; empty if nothing speaks for that. */
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

    /** How {@code GET /cluster} does, and with it the DCS behind it. */
    public sealed interface ClusterApi {

        /** It has not been asked yet. */
        record Unasked() implements ClusterApi {}

        /**
         * A node answered.
         *
         * @param at when
         * @param via which node
         */
        record Answered(Instant at, URI via) implements ClusterApi {}

        /**
         * No node answered the last time.
         *
         * @param since the first failure of the present run of failures
         * @param failure the last reason
         * @param via the node asked last
         * @param lastAnsweredAt when a node answered last
         * @param dcsLost nodes answer for themselves, and none can read the DCS
         * @param dcsBackAt when a node told that it has read the DCS again, without an answer of {@code /cluster} since
         */
        record Failing(
                Instant since,
                Failure failure,
                URI via,
                Optional<Instant> lastAnsweredAt,
                boolean dcsLost,
                Optional<Instant> dcsBackAt)
                implements ClusterApi {}

        /** When a node answered last. */
        default Optional<Instant> lastAnswer() {
            if (this instanceof Answered answered) {
                return Optional.of(answered.at());
            }
            return this instanceof Failing failing ? failing.lastAnsweredAt() : Optional.empty();
        }
    }

    /** Copies the collections. */
    public Dashboard {
        Objects.requireNonNull(identity, "identity");
        members = Roster.of(members);
        Objects.requireNonNull(clusterApi, "clusterApi");
        Objects.requireNonNull(leadership, "leadership");
        Objects.requireNonNull(scheduledSwitchover, "scheduledSwitchover");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(docker, "docker");
        workloads = Map.copyOf(workloads);
        proxies = Collections.unmodifiableSortedMap(new TreeMap<>(proxies));
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(drill, "drill");
        Objects.requireNonNull(failover, "failover");
        pastFailovers = List.copyOf(pastFailovers);
        events = List.copyOf(events);
        underWay = List.copyOf(underWay);
        Objects.requireNonNull(unlisted, "unlisted");
        Objects.requireNonNull(unwatched, "unwatched");
        Objects.requireNonNull(leaderHealth, "leaderHealth");
        Objects.requireNonNull(dcsOutage, "dcsOutage");
        Objects.requireNonNull(standbyLeader, "standbyLeader");
    }

    /** The member of that name, if it was ever heard of. */
    public Optional<WatchedMember> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The first change of leader, or attempt at one, that began then or later, whether it runs or has ended. */
    public Optional<Failover> failoverSince(Instant at) {
        return Stream.concat(pastFailovers.stream(), failover.stream())
                .filter(change -> !change.beginning().notAfter().isBefore(at))
                .findFirst();
    }

    /** The leader that holds the key and has not become primary for longer than a promotion takes, if that is so. */
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
