package io.patop.watch.rules;

import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import io.patop.cluster.Timeline;
import io.patop.cluster.Wal;
import io.patop.cluster.Walsender;
import io.patop.watch.model.Api;
import io.patop.watch.model.Event;
import io.patop.watch.model.MemberText;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedMember.Standing;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules for whether replicas follow the leader, that is, stream on its timeline by their own word or by
 * {@code /cluster}, whichever shows it first. The phases of a failover and the events use the same rule, so that both
 * get the same time.
 */
final class FollowRules {

    private static final String STREAMING = "streaming";

    private FollowRules() {}

    /**
     * Judges members again after a node's answer. Only the leader and nodes that send WAL tell of others, so that in
     * a large cluster not every answer costs a look at all members.
     */
    static void answered(DashboardBuilder draft, String name) {
        boolean tellsOfOthers = draft.leadership.isLeader(name)
                || draft.known(name)
                        .flatMap(WatchedMember::status)
                        .filter(status -> !status.replication().isEmpty())
                        .isPresent();
        Receivers receivers = new Receivers(draft);
        if (tellsOfOthers) {
            draft.members().stream().filter(FollowRules::isPending).forEach(member -> stand(draft, member, receivers));
        } else {
            draft.known(name).filter(FollowRules::isPending).ifPresent(member -> stand(draft, member, receivers));
        }
    }

    /** Judges all listed members again after an answer of {@code /cluster}. */
    static void listed(DashboardBuilder draft) {
        Receivers receivers = new Receivers(draft);
        for (WatchedMember member : draft.members()) {
            if (member.isListed()) {
                stand(draft, member, receivers);
            }
        }
    }

    /** Notes that the leader has a new timeline, which all other members have to follow. */
    static void timelineChanged(DashboardBuilder draft, String leader) {
        for (WatchedMember member : draft.members()) {
            boolean stood = member.standing() == Standing.IN_STEP || member.standing() == Standing.LAGGING;
            boolean runs = member.status()
                    .filter(status -> status.state().isRunning() && !LeaderRules.leads(status))
                    .isPresent();
            if (!member.name().equals(leader) && (stood || (member.standing() == Standing.UNKNOWN && runs))) {
                draft.put(member.withStanding(Standing.TO_FOLLOW));
            }
        }
    }

    /**
     * Whether the member streams on the leader's timeline. It uses no Java streams, since in a large cluster it runs
     * for each member at each answer.
     */
    static boolean follows(DashboardBuilder draft, WatchedMember member, Receivers receivers) {
        Optional<NodeStatus> own = member.status();
        if (own.isEmpty()) {
            return !member.isSilent() && isListedStreaming(draft, member);
        }
        NodeStatus status = own.get();
        if (!status.state().isRunning() || LeaderRules.leads(status)) {
            return false;
        }
        if (isLeaders(draft, status.timeline()) && streams(status, member.name(), receivers)) {
            return true;
        }
        return isListedStreaming(draft, member);
    }

    /**
     * How new the nodes' words are on whether the member streams: its own from 3.0.4 on, else the leader's too, which
     * then lists who streams. Empty if it is not known.
     */
    static Optional<Instant> toldAt(DashboardBuilder draft, WatchedMember member) {
        Optional<Instant> leaders = draft.leader().flatMap(FollowRules::asked);
        Optional<Instant> own = asked(member);
        if (own.isEmpty()) {
            return leaders;
        }
        boolean itself = member.status()
                .filter(status ->
                        !status.state().isRunning() || status.replicationState().isPresent())
                .isPresent();
        return itself ? own : leaders.filter(own.get()::isAfter).or(() -> own);
    }

    private static Optional<Instant> asked(WatchedMember member) {
        return member.api() instanceof Api.Answering last ? Optional.of(last.askedAt()) : Optional.empty();
    }

    private static boolean streams(NodeStatus status, String name, Receivers receivers) {
        Optional<String> told = status.replicationState();
        return told.isPresent() ? told.get().equals(STREAMING) : receivers.contains(name);
    }

    private static boolean isListedStreaming(DashboardBuilder draft, WatchedMember member) {
        return member.isListed()
                && member.listed().isPresent()
                && member.listed().get().state().kind() == State.Kind.STREAMING
                && isLeaders(draft, member.listed().get().timeline());
    }

    /**
     * The members that receive WAL on the leader's timeline, from the leader or from a replica. Computed at the first
     * use only, since nodes of 3.0.4 and later tell themselves whether they stream.
     */
    static final class Receivers {
        private final DashboardBuilder draft;
        private Optional<Set<String>> names = Optional.empty();

        Receivers(DashboardBuilder draft) {
            this.draft = draft;
        }

        boolean contains(String name) {
            if (names.isEmpty()) {
                names = Optional.of(find());
            }
            return names.get().contains(name);
        }

        private Set<String> find() {
            Set<String> receivers = new HashSet<>();
            for (WatchedMember sender : draft.members()) {
                Optional<NodeStatus> status = sender.status();
                if (status.isPresent()
                        && !status.get().replication().isEmpty()
                        && isLeaders(draft, status.get().timeline())) {
                    add(status.get().replication(), sender.name(), receivers);
                }
            }
            return receivers;
        }

        private static void add(List<Walsender> walsenders, String sender, Set<String> receivers) {
            for (Walsender walsender : walsenders) {
                if (walsender.isStreaming() && !walsender.applicationName().equals(sender)) {
                    receivers.add(walsender.applicationName());
                }
            }
        }
    }

    private static boolean isLeaders(DashboardBuilder draft, Optional<Timeline> timeline) {
        return timeline.isPresent() && timeline.equals(draft.leadership.timeline());
    }

    private static boolean isPending(WatchedMember member) {
        return switch (member.standing()) {
            case TO_FOLLOW, BEHIND, DOWN -> member.listed().isPresent();
            case UNKNOWN, LEADS, IN_STEP, LAGGING -> false;
        };
    }

    private static void stand(DashboardBuilder draft, WatchedMember member, Receivers receivers) {
        Member listed = member.listed().orElseThrow();
        Standing before = member.standing();
        boolean streams = follows(draft, member, receivers);
        Standing now = judge(draft, member, listed, streams);
        if (now == before) {
            return;
        }
        draft.put(member.withStanding(now));
        switch (now) {
            case DOWN -> {
                if (before != Standing.UNKNOWN && !member.answers()) {
                    draft.event(
                            Event.Kind.MEMBER_DOWN,
                            listed.name(),
                            listed.name() + " is now " + MemberText.listed(listed) + ", by /cluster");
                }
            }
            case BEHIND ->
                draft.event(
                        Event.Kind.REPLICA_BEHIND,
                        listed.name(),
                        listed.name() + " runs on timeline "
                                + listed.timeline().map(Timeline::toString).orElse("?") + ", "
                                + MemberText.lag(listed.lag()) + " behind");
            case LAGGING ->
                draft.event(
                        Event.Kind.REPLICA_LAGGING,
                        listed.name(),
                        listed.name() + " is " + MemberText.lag(listed.lag())
                                + " behind, more than maximum_lag_on_failover");
            case IN_STEP -> {
                if (before != Standing.UNKNOWN) {
                    draft.event(Event.Kind.REPLICA_CAUGHT_UP, listed.name(), keepsUp(draft, listed, streams));
                }
            }
            case LEADS, TO_FOLLOW, UNKNOWN -> {}
        }
    }

    /**
     * The text for a replica that has caught up. The lag in the DCS is up to loop_wait old, so it is told only if it
     * is 0.
     */
    private static String keepsUp(DashboardBuilder draft, Member listed, boolean streams) {
        Optional<Timeline> timeline = streams ? draft.leadership.timeline() : listed.timeline();
        boolean none = listed.lag() instanceof Lag.Bytes lag
                && lag.count() == 0
                && listed.timeline().equals(timeline);
        return listed.name() + " keeps up: " + listed.role().word() + ", "
                + (streams ? STREAMING : MemberText.state(listed.state()))
                + timeline.map(on -> " on timeline " + on).orElse("")
                + (none ? ", " + MemberText.lag(listed.lag()) + " behind" : "");
    }

    private static Standing judge(DashboardBuilder draft, WatchedMember member, Member listed, boolean streams) {
        Standing before = member.standing();
        if (member.isListed() && listed.role().leads()) {
            return Standing.LEADS;
        }
        if (streams) {
            return byLag(draft, member, listed, before);
        }
        if (!member.isListed()) {
            return before;
        }
        if (!listed.state().isRunning()) {
            return listed.state().isPassing() && before != Standing.LEADS ? before : Standing.DOWN;
        }
        if (member.status().filter(own -> !own.state().isRunning()).isPresent()) {
            return before == Standing.LEADS ? Standing.DOWN : before;
        }
        if (before == Standing.LEADS) {
            // /cluster lists a leader that is being stopped as a running replica for a moment (4.1.5).
            return Standing.TO_FOLLOW;
        }
        boolean older = listed.timeline().isPresent()
                && draft.leadership
                        .timeline()
                        .filter(leads -> leads.isAfter(listed.timeline().get()))
                        .isPresent();
        if (!(listed.lag() instanceof Lag.Bytes lag)) {
            return before;
        }
        if (older) {
            return lag.count() > 0 ? Standing.BEHIND : before;
        }
        return tellsWhetherItStreams(draft, member)
                ? lagging(draft, member, lag, before)
                : byLag(draft, member, listed, before);
    }

    /**
     * Whether the nodes' own answers would show that the member streams. If they would and do not, a small lag in the
     * DCS does not count as caught up.
     */
    private static boolean tellsWhetherItStreams(DashboardBuilder draft, WatchedMember member) {
        return member.status()
                        .filter(status -> status.state().isRunning())
                        .filter(status -> status.replicationState().isEmpty())
                        .isPresent()
                && draft.leader().flatMap(WatchedMember::status).isPresent();
    }

    private static Standing lagging(DashboardBuilder draft, WatchedMember member, Lag.Bytes lag, Standing before) {
        if (lags(draft, member, lag, DynamicConfig.maximumLagOnFailover(draft.config))) {
            return Standing.LAGGING;
        }
        return before == Standing.UNKNOWN ? Standing.IN_STEP : before;
    }

    private static Standing byLag(DashboardBuilder draft, WatchedMember member, Member listed, Standing before) {
        if (!(listed.lag() instanceof Lag.Bytes lag)) {
            return Standing.IN_STEP;
        }
        long most = DynamicConfig.maximumLagOnFailover(draft.config) / (before == Standing.LAGGING ? 2 : 1);
        return lags(draft, member, lag, most) ? Standing.LAGGING : Standing.IN_STEP;
    }

    /**
     * Whether the member lags by more than that, in the DCS and by the nodes' own words if both answer. A lag in the
     * DCS alone may be none, since the leader and the member write their positions at different times (seen on 4.1.5:
     * 19 MB for 0.2 s, after a switch of the WAL file).
     */
    private static boolean lags(DashboardBuilder draft, WatchedMember member, Lag.Bytes lag, long most) {
        if (lag.count() <= most) {
            return false;
        }
        Optional<WatchedMember> leader = draft.leader().filter(WatchedMember::answers);
        return !member.answers()
                || member.liveLag(leader, Wal::furthest)
                        .filter(live -> live <= most)
                        .isEmpty();
    }
}
