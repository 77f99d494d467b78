package io.patop.watch.rules;

import io.patop.cluster.ClusterView;
import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.Role;
import io.patop.cluster.Timeline;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.MemberText;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for an answer of {@code /cluster}. */
final class ClusterRules {

    /**
     * Longest time between a node's word that the key is free and its confirmation by {@code /cluster}. An older word
     * was about something else.
     */
    private static final Duration SAID_BEFORE = Duration.ofSeconds(2);

    /** Longest time for which two nodes' views of the DCS differ. */
    private static final Duration OLD_VIEW = Duration.ofSeconds(2);

    private ClusterRules() {}

    static void answered(DashboardBuilder draft, Observation.ClusterAnswered answered) {
        ClusterView view = answered.view();
        boolean first = draft.clusterApi.lastAnswer().isEmpty();
        DcsRules.clusterAnswered(draft, answered);
        boolean afterGap = SuspendRules.leadershipIsOld(draft);
        if (afterGap) {
            view.leader().ifPresent(leader -> found(draft, leader));
        }
        draft.clusterApi = new Dashboard.ClusterApi.Answered(answered.at(), answered.took(), answered.via());
        draft.unlisted = view.leftOut();
        draft.identity =
                new Dashboard.Identity(draft.identity.scope().or(view::scope), draft.identity.systemIdentifier());
        members(draft, view, first);
        leader(draft, view, first);
        StandbyRules.judge(draft);
        FollowRules.listed(draft);
        if (first) {
            draft.paused = view.paused();
            draft.scheduledSwitchover = view.scheduledSwitchover();
        } else {
            flags(draft, view);
        }
    }

    static void otherFound(DashboardBuilder draft, Observation.OtherClusterFound found) {
        draft.event(
                Event.Kind.OTHER_CLUSTER,
                found.url() + ": " + found.why() + "; it is not shown here, where "
                        + draft.identity
                                .systemIdentifier()
                                .map(id -> "the one with " + id + " is")
                                .orElse("another is")
                        + ": watch it with a patop of its own");
    }

    private static void members(DashboardBuilder draft, ClusterView view, boolean first) {
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
            draft.put(draft.member(member.name()).withListed(member));
        }
    }

    private static void joined(DashboardBuilder draft, WatchedMember known, Member member) {
        if (known.api() instanceof Api.Silent silent) {
            draft.earlierClusterAsked().ifPresent(asked -> draft.put(known.withApi(silent.unlisted(asked))));
        }
        Optional<String> old = known.listed()
                .flatMap(Member::address)
                .map(PostgresAddress::host)
                .filter(host -> !host.equals(MemberText.host(member)));
        draft.event(
                Event.Kind.MEMBER_JOINED,
                member.name(),
                member.name() + (known.listed().isPresent() ? " is back in /cluster" : " has joined /cluster") + " at "
                        + MemberText.host(member)
                        + old.map(host -> " (was " + host + ")").orElse("") + ": " + MemberText.listed(member));
    }

    private static void compare(DashboardBuilder draft, Member old, Member now) {
        if (!old.address().equals(now.address()) && now.address().isPresent()) {
            draft.event(
                    Event.Kind.MEMBER_MOVED,
                    now.name(),
                    now.name() + " has a new address: " + MemberText.host(now) + " (was " + MemberText.host(old) + "), "
                            + MemberText.listed(now));
        }
        boolean wasSync = old.role().isSynchronous();
        boolean isSync = now.role().isSynchronous();
        boolean changed = (wasSync || isSync) && old.role().kind() != now.role().kind();
        if (changed && !old.role().leads() && !now.role().leads()) {
            draft.event(
                    Event.Kind.SYNC_CHANGED,
                    now.name(),
                    now.name()
                            + (isSync ? " is now " + role(now) : " is no longer " + role(old))
                            + (wasSync && isSync ? ", no longer " + role(old) : ""));
        }
        if (old.pendingRestart().isEmpty() && now.pendingRestart().isPresent()) {
            draft.event(Event.Kind.RESTART_PENDING, now.name(), now.name() + " waits for a restart: settings changed");
        }
    }

    private static String role(Member member) {
        return member.role().word().replace('_', ' ');
    }

    private static void leader(DashboardBuilder draft, ClusterView view, boolean first) {
        Optional<Member> now = view.leader();
        if (now.isEmpty()) {
            if (draft.leadership.present().isPresent()) {
                released(draft);
            }
            return;
        }
        Member leader = now.get();
        if (first || draft.leadership.leader().isEmpty()) {
            draft.leadership = draft.leadership.first(leader.name(), leader.timeline());
            if (leader.role().kind() == Role.Kind.STANDBY_LEADER) {
                draft.standbyLeader = Optional.of(leader.name());
            }
        } else if (!draft.leadership.isLeader(leader.name())) {
            changed(draft, leader);
        } else if (isHeldAgain(draft, leader.name())) {
            MeasuredDuration free = free(draft);
            draft.leadership = draft.leadership.locked();
            draft.event(Event.Kind.LEADER_KEY_BACK, leader.name(), leader.name() + " holds the leader key again", free);
        }
        leader.timeline().ifPresent(timeline -> Promotion.reached(draft, leader.name(), timeline));
    }

    /** How long no member held the leader key, up to this answer or the one before. */
    private static MeasuredDuration free(DashboardBuilder draft) {
        Instant since = draft.leadership.lockFree().orElseThrow();
        TimeBounds held = new TimeBounds(draft.earlierClusterAsked().orElse(since), draft.at);
        return draft.failover
                .flatMap(running -> running.bounds(Phase.LOCK_RELEASED))
                .filter(freed -> freed.notAfter().equals(since))
                .map(freed -> MeasuredDuration.between(freed, held))
                .orElseGet(() -> MeasuredDuration.atLeast(Duration.between(since, held.notBefore())));
    }

    /**
     * Notes that no member holds the leader key, since now or since a node said so. Only {@code /cluster} decides,
     * since a node's word is as old as its last HA loop; once {@code /cluster} confirms it, the word gives the
     * earlier time, unless the leader has changed since. The word of a node whose own key has expired does not count,
     * since that node cannot see the DCS.
     */
    private static void released(DashboardBuilder draft) {
        Optional<WatchedMember> first = draft.members().stream()
                .filter(WatchedMember::isListed)
                .filter(member -> member.troubles()
                        .unlockedSince()
                        .filter(since -> draft.leadership
                                .changedAt()
                                .filter(since::isBefore)
                                .isEmpty())
                        .filter(since -> Duration.between(since, draft.at).compareTo(SAID_BEFORE) < 0)
                        .isPresent())
                .min(Comparator.comparing(
                        member -> member.troubles().unlockedSince().orElseThrow()));
        Instant at = first.flatMap(member -> member.troubles().unlockedSince()).orElse(draft.at);
        draft.leadership = draft.leadership.unlocked(at);
        LeaderRules.keyFree(draft);
        draft.event(new Event(
                at,
                Event.Kind.LEADER_KEY_FREE,
                Optional.empty(),
                "nobody holds the leader key, "
                        + first.map(member -> "by " + member.name() + "'s own word")
                                .orElse("by /cluster"),
                Optional.empty()));
    }

    /**
     * Whether the leader holds the key again. A silent leader counts only after a while, since the node that lists it
     * may have an older view of the DCS than the node asked before.
     */
    private static boolean isHeldAgain(DashboardBuilder draft, String leader) {
        return draft.leadership
                .lockFree()
                .filter(since -> !draft.member(leader).isSilent()
                        || Duration.between(since, draft.at).compareTo(OLD_VIEW) > 0)
                .isPresent();
    }

    /** Notes the leader that is found after a monitoring gap, which need not have just become leader. */
    private static void found(DashboardBuilder draft, Member leader) {
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

    private static void changed(DashboardBuilder draft, Member leader) {
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

    private static void flags(DashboardBuilder draft, ClusterView view) {
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
