package io.patop.watch.forecast;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Lsn;
import io.patop.watch.bill.Estimate;
import io.patop.watch.bill.FailoverTerms;
import io.patop.watch.bill.FailoverTiming;
import io.patop.watch.bill.LeaderFailure;
import io.patop.watch.bill.Spread;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.rules.Succession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What would happen if the leader died now, by all that the dashboard knows. */
public sealed interface Forecast {

    /** The forecast in one line, in several lengths, the longest first. */
    List<String> lines();

    /** The line, and each term with its bounds and its source. */
    default List<String> explanation() {
        return List.of(lines().get(0));
    }

    /** No forecast: something that it needs is not known. */
    record Unknown(String why) implements Forecast {
        @Override
        public List<String> lines() {
            return List.of("If the leader died now: not known, " + why);
        }
    }

    /**
     * No other member would take over.
     *
     * @param leader the leader
     * @param why the reason
     */
    record Nobody(String leader, String why) implements Forecast {
        @Override
        public List<String> lines() {
            return List.of("If " + leader + " died now: NOBODY CAN TAKE OVER: " + why, "NOBODY CAN TAKE OVER: " + why);
        }
    }

    /**
     * Another member would take over.
     *
     * @param leader the leader
     * @param successors the members of which one would take over; at least one
     * @param times how long nobody could write, for each way in which the leader may fail
     * @param risk the writes that would be lost
     * @param unknown the settings that are not known
     */
    record Takeover(
            String leader, List<String> successors, Map<LeaderFailure, Estimate> times, Risk risk, List<String> unknown)
            implements Forecast {
        public Takeover {
            successors = List.copyOf(successors);
            times = Map.copyOf(times);
            unknown = List.copyOf(unknown);
        }

        @Override
        public List<String> lines() {
            return ForecastText.lines(this);
        }

        @Override
        public List<String> explanation() {
            return ForecastText.explanation(this);
        }

        /** How long nobody could write after such a failure. */
        public Estimate after(LeaderFailure failure) {
            return Objects.requireNonNull(times.get(failure), "each failure has a time");
        }
    }

    /** The forecast at that time. */
    static Forecast of(Dashboard dashboard, Instant now) {
        Optional<String> leader = dashboard.leadership().present();
        Optional<String> hindrance = hindrance(dashboard, leader, now);
        if (hindrance.isPresent()) {
            return new Unknown(hindrance.get());
        }
        if (dashboard.paused()) {
            return new Nobody(leader.orElseThrow(), "maintenance mode is on (pause)");
        }
        Succession succession = Succession.afterDeath(dashboard.members().values(), dashboard.config());
        if (succession.nobody().isPresent()) {
            return new Nobody(leader.orElseThrow(), succession.nobody().get());
        }
        DynamicConfig config = dashboard.config().orElseThrow();
        FailoverTiming timing = FailoverTiming.of(config, dashboard);
        List<String> successors = foremost(dashboard, succession.able());
        return new Takeover(
                leader.orElseThrow(),
                successors,
                times(dashboard, timing),
                Risk.of(dashboard, successors, config.isSynchronous(), now),
                unknown(timing));
    }

    /** The times of all failures; the terms come from the settings and from what was seen in this session. */
    private static Map<LeaderFailure, Estimate> times(Dashboard dashboard, FailoverTiming timing) {
        FailoverTerms terms = new FailoverTerms(timing, Spread.of(dashboard.pastFailovers()));
        Map<LeaderFailure, Estimate> times = new EnumMap<>(LeaderFailure.class);
        for (LeaderFailure failure : LeaderFailure.values()) {
            times.put(failure, failure.estimate(terms, timing));
        }
        return times;
    }

    private static Optional<String> hindrance(Dashboard dashboard, Optional<String> leader, Instant now) {
        if (leader.isEmpty()) {
            return Optional.of(
                    dashboard.leadership().lockFree().isPresent() ? "nobody leads now" : "who leads is not known");
        }
        Optional<WatchedMember> member = dashboard.leader();
        if (member.filter(WatchedMember::isSilent).isPresent()) {
            return Optional.of(leader.get() + " does not answer");
        }
        if (dashboard.failover().filter(change -> !change.isServed()).isPresent()) {
            return Optional.of("a change of leader is going on");
        }
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing) {
            return Optional.of("/cluster does not answer");
        }
        if (member.filter(known -> known.answers() && !known.isOld(now)).isEmpty()) {
            return Optional.of("nothing new of " + leader.get());
        }
        if (dashboard.standbyLeader().isPresent()) {
            return Optional.of("nobody writes to a standby cluster");
        }
        return dashboard.config().isEmpty()
                ? Optional.of("ttl and loop_wait have not been read yet")
                : Optional.empty();
    }

    /**
     * Those that have received most: Patroni elects nobody who is behind another. Of these the ones with the highest
     * failover_priority, which Patroni prefers.
     */
    private static List<String> foremost(Dashboard dashboard, List<String> able) {
        Comparator<Optional<Lsn>> furthest = Comparator.comparing(known -> known.orElse(new Lsn(0)));
        Optional<Lsn> most = able.stream()
                .map(name -> received(dashboard, name))
                .max(furthest)
                .orElse(Optional.empty());
        Optional<Lsn> written = dashboard
                .leader()
                .flatMap(WatchedMember::status)
                .flatMap(status -> status.wal().location());
        boolean upToDate = most.isPresent() && written.isPresent() && most.get().compareTo(written.get()) >= 0;
        List<String> first = new ArrayList<>();
        for (String name : able) {
            Optional<Lsn> received = received(dashboard, name);
            boolean close = received.isEmpty()
                    || most.isEmpty()
                    || received.get().compareTo(upToDate ? written.get() : most.get()) >= 0;
            if (close) {
                first.add(name);
            }
        }
        List<String> known = first.isEmpty() ? able : first;
        long priority = known.stream()
                .mapToLong(name -> priority(dashboard, name))
                .max()
                .orElse(1);
        return known.stream()
                .filter(name -> priority(dashboard, name) == priority)
                .toList();
    }

    private static long priority(Dashboard dashboard, String name) {
        return dashboard
                .member(name)
                .flatMap(WatchedMember::listed)
                .map(listed -> listed.tags().values().get("failover_priority"))
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .orElse(1L);
    }

    static Optional<Lsn> received(Dashboard dashboard, String name) {
        return dashboard.member(name).flatMap(WatchedMember::status).flatMap(status -> status.wal()
                .furthest());
    }

    private static List<String> unknown(FailoverTiming timing) {
        List<String> unknown = new ArrayList<>();
        timing.checks().ifPresent(checks -> {
            unknown.add("inter");
            if (checks.rise().isEmpty()) {
                unknown.add("rise");
            }
        });
        return unknown;
    }
}
