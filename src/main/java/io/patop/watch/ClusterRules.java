package io.patop.watch;

import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.Failure;
import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.Timeline;
import io.patop.watch.WatchedMember.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from an answer of {@code /cluster}, or from its absence. */
final class ClusterRules {

    private ClusterRules() {}

    static void answered(Draft draft, Observation.ClusterAnswered answered) {
        ClusterView view = answered.view();
        boolean first = draft.clusterApi.lastAnswer().isEmpty();
        if (draft.clusterApi instanceof Dashboard.ClusterApi.Failing failing && failing.dcsLost()) {
            draft.event(
                    Event.Kind.DCS_BACK,
                    "the DCS can be read again, after " + Spans.words(Duration.between(failing.since(), draft.at)));
        }
        boolean afterGap = VigilRules.leadershipIsOld(draft);
        if (afterGap) {
            view.leader().ifPresent(leader -> found(draft, leader));
        }
        draft.clusterApi = new Dashboard.ClusterApi.Answered(answered.at(), answered.via());
        draft.unlisted = view.leftOut();
        draft.identity =
                new Dashboard.Identity(draft.identity.scope().or(view::scope), draft.identity.systemIdentifier());
        members(draft, view, first);
        leader(draft, view, first);
        for (Member member : view.members()) {
            standing(draft, member);
        }
        if (first) {
            draft.paused = view.paused();
            draft.scheduledSwitchover = view.scheduledSwitchover();
        } else {
            flags(draft, view);
        }
    }

    /**
     * The DCS is lost if nodes answer for themselves and {@code /cluster} hangs or breaks off on them, on more
     * than one or more than once: a leader that dies in the middle of an answer breaks off too.
     */
    static void failed(Draft draft, Observation.ClusterFailed failed) {
        boolean hung = failed.failure().kind() == Failure.Kind.TIMED_OUT
                || failed.failure().kind() == Failure.Kind.BROKEN_OFF
                || failed.failure().kind() == Failure.Kind.REJECTED;
        boolean answersItself = draft.members().stream()
                .anyMatch(member -> member.api() instanceof Api.Answering answering
                        && answering.url().equals(failed.via())
                        && Duration.between(answering.at(), draft.at).compareTo(Duration.ofSeconds(5)) < 0);
        Optional<Dashboard.ClusterApi.Failing> before = draft.clusterApi instanceof Dashboard.ClusterApi.Failing failing
                ? Optional.of(failing)
                : Optional.empty();
        boolean knownLost = before.filter(Dashboard.ClusterApi.Failing::dcsLost).isPresent();
        boolean lost = knownLost || (hung && answersItself && before.isPresent());
        Instant since = before.map(Dashboard.ClusterApi.Failing::since).orElse(draft.at);
        draft.clusterApi = new Dashboard.ClusterApi.Failing(
                since, failed.failure(), failed.via(), draft.clusterApi.lastAnswer(), lost);
        if (lost && !knownLost) {
            draft.event(
                    Event.Kind.DCS_LOST,
                    "the DCS cannot be read: nodes answer for themselves, and /cluster "
                            + failed.failure().kind().words());
        }
    }

    static void otherFound(Draft draft, Observation.OtherClusterFound found) {
        draft.event(
                Event.Kind.OTHER_CLUSTER,
                found.url() + ": " + found.why() + "; it is not shown here, where "
                        + draft.identity
                                .systemIdentifier()
                                .map(id -> "the one with " + id + " is")
                                .orElse("another is")
                        + ": watch it with a patop of its own");
    }

    private static void members(Draft draft, ClusterView view, boolean first) {
        Set<String> listed = view.members().stream().map(Member::name).collect(Collectors.toSet());
        for (WatchedMember known : draft.members()) {
            if (known.isListed() && !listed.contains(known.name())) {
                draft.put(known.withLeft(draft.at));
                draft.event(Event.Kind.MEMBER_LEFT, known.name(), known.name() + " has left /cluster: its key expired");
            }
        }
        for (Member member : view.members()) {
            WatchedMember known = draft.member(member.name());
            if (!known.isListed() && !first) {
                joined(draft, known, member);
            }
            if (known.isListed()) {
                compare(draft, known.listed().get(), member);
            }
            draft.put(known.withListed(member));
        }
    }

    private static void joined(Draft draft, WatchedMember known, Member member) {
        Optional<String> old = known.listed()
                .flatMap(Member::address)
                .map(PostgresAddress::host)
                .filter(host -> !host.equals(MemberWords.host(member)));
        draft.event(
                Event.Kind.MEMBER_JOINED,
                member.name(),
                member.name() + (known.listed().isPresent() ? " is back in /cluster" : " has joined /cluster") + " at "
                        + MemberWords.host(member)
                        + old.map(host -> " (was " + host + ")").orElse("") + ": " + MemberWords.listed(member));
    }

    private static void compare(Draft draft, Member old, Member now) {
        if (!old.address().equals(now.address()) && now.address().isPresent()) {
            draft.event(
                    Event.Kind.MEMBER_MOVED,
                    now.name(),
                    now.name() + " has a new address: " + MemberWords.host(now) + " (was " + MemberWords.host(old)
                            + "), " + MemberWords.listed(now));
        }
        boolean wasSync = old.role().isSynchronous();
        boolean isSync = now.role().isSynchronous();
        if (wasSync != isSync && !old.role().leads() && !now.role().leads()) {
            draft.event(
                    Event.Kind.SYNC_CHANGED,
                    now.name(),
                    now.name()
                            + (isSync ? " is now " : " is no longer ")
                            + (isSync ? now : old).role().word().replace('_', ' '));
        }
        if (old.pendingRestart().isEmpty() && now.pendingRestart().isPresent()) {
            draft.event(Event.Kind.RESTART_PENDING, now.name(), now.name() + " waits for a restart: settings changed");
        }
    }

    private static void leader(Draft draft, ClusterView view, boolean first) {
        Optional<Member> now = view.leader();
        if (now.isEmpty()) {
            if (draft.leadership.present().isPresent()) {
                NodeRules.release(draft, "by /cluster");
            }
            return;
        }
        Member leader = now.get();
        if (first || draft.leadership.leader().isEmpty()) {
            draft.leadership = draft.leadership.first(leader.name(), leader.timeline());
        } else if (!draft.leadership.isLeader(leader.name())) {
            changed(draft, leader);
        } else if (draft.leadership.lockFree().isPresent()) {
            Duration free = Duration.between(draft.leadership.lockFree().get(), draft.at);
            draft.leadership = draft.leadership.locked();
            draft.event(Event.Kind.LEADER_KEY_BACK, leader.name(), leader.name() + " holds the leader key again", free);
        }
        leader.timeline().ifPresent(timeline -> Promotion.reached(draft, leader.name(), timeline));
    }

    /** Who leads after nobody watched has not just come to lead. */
    private static void found(Draft draft, Member leader) {
        Optional<String> before = draft.leadership.leader().filter(old -> !old.equals(leader.name()));
        if (before.isEmpty()) {
            leader.timeline().ifPresent(timeline -> Promotion.reached(draft, leader.name(), timeline));
        }
        draft.leadership = draft.leadership.found(leader.name(), leader.timeline());
        before.ifPresent(old -> draft.event(
                Event.Kind.FOUND_CHANGED,
                leader.name(),
                leader.name() + " leads"
                        + leader.timeline().map(on -> " on timeline " + on).orElse("") + "; when last watched " + old
                        + " did"));
    }

    private static void changed(Draft draft, Member leader) {
        String old = draft.leadership.leader().orElse("nobody");
        boolean promotedAlready = leader.timeline().isPresent()
                && draft.leadership.timeline().isPresent()
                && leader.timeline().get().isAfter(draft.leadership.timeline().get());
        Optional<Timeline> older = leader.timeline().filter(own -> draft.leadership
                .timeline()
                .filter(known -> known.isAfter(own))
                .isPresent());
        String timeline = promotedAlready
                ? ""
                : older.map(own -> ", on timeline " + own)
                        .or(() -> draft.leadership.timeline().map(known -> ", still on timeline " + known))
                        .orElse("");
        draft.leadership = draft.leadership.changed(leader.name(), draft.at);
        draft.event(
                Event.Kind.LEADER_CHANGED,
                leader.name(),
                leader.name() + " holds the leader key in place of " + old + timeline);
        draft.known(leader.name())
                .flatMap(WatchedMember::status)
                .filter(status -> status.role().isPrimary())
                .ifPresent(status -> {
                    status.timeline().ifPresent(own -> Promotion.reached(draft, leader.name(), own));
                    draft.leadership = draft.leadership.withPrimarySeen(true);
                });
    }

    private static void standing(Draft draft, Member listed) {
        WatchedMember member = draft.member(listed.name());
        Standing before = member.standing();
        Standing now = judge(draft, listed, before);
        if (now == before) {
            return;
        }
        draft.put(member.withStanding(now));
        switch (now) {
            case DOWN -> {
                boolean joined = before == Standing.UNKNOWN;
                if (!joined && !member.answers()) {
                    draft.event(
                            Event.Kind.MEMBER_DOWN,
                            listed.name(),
                            listed.name() + " is now " + MemberWords.listed(listed) + ", by /cluster");
                }
            }
            case BEHIND ->
                draft.event(
                        Event.Kind.REPLICA_BEHIND,
                        listed.name(),
                        listed.name() + " runs on timeline "
                                + listed.timeline().map(Timeline::toString).orElse("?") + ", "
                                + MemberWords.lag(listed.lag()) + " behind");
            case LAGGING ->
                draft.event(
                        Event.Kind.REPLICA_LAGGING,
                        listed.name(),
                        listed.name() + " is " + MemberWords.lag(listed.lag())
                                + " behind, more than maximum_lag_on_failover");
            case IN_STEP -> {
                if (before != Standing.UNKNOWN) {
                    draft.event(
                            Event.Kind.REPLICA_CAUGHT_UP,
                            listed.name(),
                            listed.name() + " keeps up: " + MemberWords.listed(listed)
                                    + listed.timeline()
                                            .map(timeline -> " on timeline " + timeline)
                                            .orElse("")
                                    + ", " + MemberWords.lag(listed.lag()) + " behind");
                }
            }
            case LEADS, UNKNOWN -> {}
        }
    }

    private static Standing judge(Draft draft, Member member, Standing before) {
        if (member.role().leads()) {
            return Standing.LEADS;
        }
        if (!member.state().isRunning()) {
            return member.state().isPassing() && before != Standing.LEADS ? before : Standing.DOWN;
        }
        Optional<Timeline> leads = draft.leadership.timeline();
        boolean older = member.timeline().isPresent()
                && leads.isPresent()
                && leads.get().isAfter(member.timeline().get());
        if (!(member.lag() instanceof Lag.Bytes lag)) {
            return before;
        }
        if (older) {
            return lag.count() > 0 ? Standing.BEHIND : before;
        }
        long most = draft.config
                .map(DynamicConfig::maximumLagOnFailover)
                .orElse(DynamicConfig.DEFAULT_MAXIMUM_LAG_ON_FAILOVER);
        if (before == Standing.LAGGING && lag.count() > most / 2) {
            return Standing.LAGGING;
        }
        return lag.count() > most ? Standing.LAGGING : Standing.IN_STEP;
    }

    private static void flags(Draft draft, ClusterView view) {
        if (view.paused() != draft.paused) {
            draft.paused = view.paused();
            draft.event(
                    view.paused() ? Event.Kind.PAUSED : Event.Kind.RESUMED,
                    view.paused()
                            ? "maintenance mode is on: no automatic failover"
                            : "maintenance mode is off: automatic failover works again");
        }
        if (!view.scheduledSwitchover().equals(draft.scheduledSwitchover)) {
            draft.scheduledSwitchover = view.scheduledSwitchover();
            draft.event(
                    Event.Kind.SWITCHOVER_SCHEDULED,
                    view.scheduledSwitchover()
                            .map(due ->
                                    "a switchover is scheduled at " + due.at().text()
                                            + due.to().map(to -> " to " + to).orElse(""))
                            .orElse("no switchover is scheduled any more"));
        }
    }
}
