package io.patop.watch.rules;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.History;
import io.patop.cluster.ScheduledSwitchover;
import io.patop.time.MeasuredDuration;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DcsOutage;
import io.patop.watch.model.DockerStatus;
import io.patop.watch.model.DrillProgress;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.LeaderHealth;
import io.patop.watch.model.Leadership;
import io.patop.watch.model.MonitoringGap;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.Roster;
import io.patop.watch.model.UnderWay;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedProxy;
import io.patop.watch.model.Workload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A dashboard while one observation is folded into it. It lives within one call of the reducer and can be changed, so
 * that no rule has to copy the whole dashboard.
 */
final class DashboardBuilder {

    private final Dashboard before;
    private final Roster.Editor members;
    private final Roster listed;
    private final List<Event> news = new ArrayList<>();
    private final List<Failover> ended = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();

    final Instant at;
    Dashboard.Identity identity;
    Dashboard.ClusterApi clusterApi;
    Leadership leadership;
    boolean paused;
    Optional<Integer> unlisted;
    Optional<ScheduledSwitchover> scheduledSwitchover;
    Optional<History> history;
    Optional<DynamicConfig> config;
    DockerStatus docker;
    Map<String, Workload> workloads;
    Optional<ProbeStatus> probe;
    Optional<DrillProgress> drill;
    Optional<Failover> failover;
    List<UnderWay> underWay;
    Optional<MonitoringGap> unwatched;
    Optional<LeaderHealth> leaderHealth;
    Optional<DcsOutage> dcsOutage;
    Optional<String> standbyLeader;
    Lanes lanes;
    Dashboard.Takeover takeover;

    private final SortedMap<String, WatchedProxy> proxies;

    DashboardBuilder(Dashboard before, Instant at) {
        this.before = before;
        this.at = at;
        listed = Roster.of(before.members());
        members = new Roster.Editor(listed);
        identity = before.identity();
        clusterApi = before.clusterApi();
        leadership = before.leadership();
        paused = before.paused();
        unlisted = before.unlisted();
        scheduledSwitchover = before.scheduledSwitchover();
        history = before.history();
        config = before.config();
        docker = before.docker();
        workloads = before.workloads();
        probe = before.probe();
        drill = before.drill();
        failover = before.failover();
        underWay = before.underWay();
        unwatched = before.unwatched();
        leaderHealth = before.leaderHealth();
        dcsOutage = before.dcsOutage();
        standbyLeader = before.standbyLeader();
        lanes = before.lanes();
        takeover = before.takeover();
        proxies = new TreeMap<>(before.proxies());
    }

    WatchedMember member(String name) {
        return members.get(name).orElseGet(() -> WatchedMember.unknown(name));
    }

    Optional<WatchedMember> known(String name) {
        return members.get(name);
    }

    int memberCount() {
        return members.size();
    }

    /** The members as they are now; later changes are not in the list. */
    List<WatchedMember> members() {
        return members.roster().values();
    }

    /** The names of the listed members whose REST API has that host and port. */
    List<String> listedAt(URI url) {
        return url.getRawAuthority() == null ? List.of() : listed.listedAt(url.getRawAuthority());
    }

    void put(WatchedMember member) {
        members.put(member);
        touched.add(member.name());
    }

    /** The members that this observation has changed so far. */
    List<WatchedMember> touched() {
        return touched.stream().flatMap(name -> known(name).stream()).toList();
    }

    WatchedProxy proxy(String name) {
        return proxies.getOrDefault(name, WatchedProxy.unknown(name));
    }

    List<WatchedProxy> proxies() {
        return List.copyOf(proxies.values());
    }

    void put(WatchedProxy proxy) {
        proxies.put(proxy.name(), proxy);
    }

    Optional<WatchedMember> leader() {
        return leadership.leader().flatMap(this::known);
    }

    /** The leader's health before this observation. */
    Optional<LeaderHealth> earlierHealth() {
        return before.leaderHealth();
    }

    /** The leadership before this observation. */
    Leadership earlierLeadership() {
        return before.leadership();
    }

    /** The change of leader that was going on before this observation. */
    Optional<Failover> earlierFailover() {
        return before.failover();
    }

    /** When the last answer of {@code /cluster} before this observation was asked for. */
    Optional<Instant> earlierClusterAsked() {
        return before.clusterApi() instanceof Dashboard.ClusterApi.Answered answered
                ? Optional.of(answered.at().minus(answered.took()))
                : before.clusterApi().lastAnswer();
    }

    /** The changes of leader that had ended before this observation, oldest first. */
    List<Failover> pastFailovers() {
        return before.pastFailovers();
    }

    /** The changes of leader that ended with this observation, and the one that goes on. */
    List<Failover> changes() {
        return Stream.concat(ended.stream(), failover.stream()).toList();
    }

    /** The events that this observation has led to so far. */
    List<Event> news() {
        return news;
    }

    /** Adds an event with its own time, for when that is known better than by the observation's time. */
    void event(Event event) {
        news.add(event);
    }

    void event(Event.Kind kind, String text) {
        news.add(new Event(at, kind, Optional.empty(), text, Optional.empty()));
    }

    void event(Event.Kind kind, String member, String text) {
        news.add(new Event(at, kind, Optional.of(member), text, Optional.empty()));
    }

    void event(Event.Kind kind, Optional<String> member, String text, Optional<Duration> took) {
        news.add(new Event(at, kind, member, text, took.map(MeasuredDuration::exactly)));
    }

    void event(Event.Kind kind, String member, String text, Duration took) {
        event(kind, member, text, MeasuredDuration.exactly(took));
    }

    void event(Event.Kind kind, String member, String text, MeasuredDuration took) {
        news.add(new Event(at, kind, Optional.of(member), text, Optional.of(took)));
    }

    /** Adds an event that happened before it was noticed. */
    void event(Instant happened, Event.Kind kind, String member, String text) {
        news.add(new Event(happened, kind, Optional.of(member), text, Optional.empty()));
    }

    void event(Instant happened, Event.Kind kind, String member, String text, MeasuredDuration took) {
        news.add(new Event(happened, kind, Optional.of(member), text, Optional.of(took)));
    }

    void end(Failover finished) {
        ended.add(finished);
        failover = Optional.empty();
    }

    /**
     * The finished dashboard. Its new events are sorted by the time at which they happened, not by that at which they
     * were noticed.
     */
    Dashboard done() {
        forget();
        news.sort(Comparator.comparing(Event::at));
        return new Dashboard(
                identity,
                members.roster(),
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
                latest(before.pastFailovers(), ended, Dashboard.PAST_FAILOVERS),
                latest(before.events(), news, Dashboard.EVENTS),
                before.eventsSeen() + news.size(),
                underWay,
                unlisted,
                unwatched,
                leaderHealth,
                dcsOutage,
                standbyLeader,
                lanes,
                takeover);
    }

    /**
     * Drops members beyond the maximum, those that left longest ago first, so that names that come and go cannot fill
     * the memory.
     */
    private void forget() {
        List<WatchedMember> all = members();
        if (all.size() > ClusterView.MOST_MEMBERS) {
            members.retain(all.stream()
                    .sorted(Comparator.comparing(WatchedMember::isListed)
                            .thenComparing(WatchedMember::answers)
                            .thenComparing(member -> member.leftAt().orElse(Instant.MIN))
                            .reversed())
                    .limit(ClusterView.MOST_MEMBERS)
                    .toList());
            lanes = lanes.withMembers(
                    lanes.members().only(name -> members.get(name).isPresent()));
        }
    }

    private static <T> List<T> latest(List<T> old, List<T> added, int most) {
        if (added.isEmpty()) {
            return old;
        }
        List<T> all = new ArrayList<>(old);
        all.addAll(added);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
