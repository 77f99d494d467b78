package io.patop.watch.rules;

import io.patop.cluster.State;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Api;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Outage;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules for a failover: which phases the new events have reached, and when the failover is over. */
final class FailoverRules {

    /** Longest wait for a proxy to follow the new leader. After it a failover ends without that phase. */
    private static final Duration PROXY_PATIENCE = Duration.ofSeconds(30);

    private static final Set<Phase> BEGINNINGS = EnumSet.of(Phase.FAULT, Phase.LEADER_STOPPING, Phase.LEADER_LOST);
    /** Longest time between a change of leader and its observation. */
    private static final Duration NOTICED_LATE = Duration.ofSeconds(5);

    private FailoverRules() {}

    static void apply(DashboardBuilder draft) {
        for (Event event : draft.news()) {
            step(draft, event);
        }
        draft.failover.ifPresent(running -> conclude(draft, running));
    }

    private static void step(DashboardBuilder draft, Event event) {
        switch (event.kind()) {
            case API_LOST -> {
                if (event.member().filter(draft.leadership::isLeader).isPresent()) {
                    reach(draft, Phase.LEADER_LOST, event.at());
                }
            }
            case MEMBER_DOWN -> {
                if (isStoppingLeader(draft, event)) {
                    reach(draft, Phase.LEADER_STOPPING, event.at());
                }
            }
            case LEADER_KEY_FREE -> {
                if (!isOver(draft)) {
                    reach(draft, Phase.LOCK_RELEASED, event.at());
                }
            }
            case LEADER_CHANGED -> changed(draft, event.member().orElseThrow());
            case PROMOTED, LEADER_RESTARTED, LEADER_WENT_BACK -> {
                reach(draft, Phase.PROMOTED, event.at());
                draft.failover = draft.failover.map(running ->
                        draft.leadership.timeline().map(running::withTo).orElse(running));
            }
            case CLUSTER_DEMOTED -> end(draft, Failover.Outcome.CLUSTER_DEMOTED);
            case CLUSTER_PROMOTED -> clusterPromoted(draft, event);
            default -> {}
        }
    }

    private static void end(DashboardBuilder draft, Failover.Outcome outcome) {
        draft.failover.ifPresent(running -> draft.end(running.ended(draft.at, outcome)));
    }

    /**
     * Ends a promotion of the cluster, in which the leader stays the same. It is measured from the first sign that
     * the leader is no standby leader any more.
     */
    private static void clusterPromoted(DashboardBuilder draft, Event event) {
        String leader = event.member().orElseThrow();
        Optional<Instant> notYet = StandbyRules.notYet(draft, leader);
        Failover change = draft.failover
                .map(running -> notYet.map(before -> running.withNotYet(Phase.PROMOTED, before))
                        .orElse(running)
                        .with(Phase.PROMOTED, event.at()))
                .orElseGet(() -> Failover.begun(
                        leader,
                        draft.earlierLeadership().timeline(),
                        Phase.PROMOTED,
                        event.at(),
                        notYet,
                        LeaderRules.trouble(draft, leader)));
        Failover promoted = draft.leadership.timeline().map(change::withTo).orElse(change);
        draft.end(promoted.ended(draft.at, Failover.Outcome.CLUSTER_PROMOTED));
    }

    private static boolean isStoppingLeader(DashboardBuilder draft, Event event) {
        return event.member()
                .filter(name -> draft.leadership.present().filter(name::equals).isPresent())
                .flatMap(draft::known)
                .flatMap(WatchedMember::status)
                .filter(status -> status.state().kind() == State.Kind.STOPPING)
                .isPresent();
    }

    /**
     * Notes a new leader. If the leader before had been promoted already, that failover ends and another begins, with
     * the key that was free meanwhile. If it had not, it was no leader that anybody could write to, and this one takes
     * its place.
     */
    private static void changed(DashboardBuilder draft, String leader) {
        boolean another = draft.failover
                .filter(running -> running.reached().containsKey(Phase.PROMOTED))
                .filter(running -> running.newLeader().filter(leader::equals).isEmpty())
                .isPresent();
        if (another) {
            draft.failover.ifPresent(running -> draft.end(running.ended(draft.at, running.outcome())));
        }
        boolean isBack = draft.failover
                .filter(running -> running.oldLeader().equals(leader))
                .isPresent();
        if (isBack) {
            draft.failover = draft.failover.map(Failover::withoutNewLeader);
        } else {
            draft.failover = draft.failover.map(Failover::withoutNewLeader);
            reach(draft, Phase.NEW_LEADER, draft.at);
            if (another) {
                draft.earlierLeadership().lockFree().ifPresent(free -> reach(draft, Phase.LOCK_RELEASED, free));
            }
            draft.failover = draft.failover.map(
                    running -> selfDemoted(draft, lost(draft, running)).withNewLeader(leader));
            draft.known(leader).ifPresent(member -> unpromoted(draft, member));
        }
    }

    private static Failover selfDemoted(DashboardBuilder draft, Failover running) {
        return SelfDemotionRules.of(draft, running.oldLeader())
                .map(running::withSelfDemotion)
                .orElse(running);
    }

    /** Notes that the old leader does not answer, which may have been seen before it was known to lead. */
    private static Failover lost(DashboardBuilder draft, Failover running) {
        return draft.known(running.oldLeader()).map(WatchedMember::api).stream()
                .flatMap(api -> api instanceof Api.Silent silent ? Stream.of(silent) : Stream.empty())
                .map(silent -> notYet(
                                running, Phase.LEADER_LOST, silent.before().map(Api.Answering::askedAt))
                        .with(Phase.LEADER_LOST, silent.since()))
                .findFirst()
                .orElse(running);
    }

    /** Notes the time of the new leader's last word that it is not primary yet. */
    static void unpromoted(DashboardBuilder draft, WatchedMember member) {
        if (member.api() instanceof Api.Answering last && !LeaderRules.leads(last.now())) {
            draft.failover = draft.failover.map(
                    running -> running.newLeader().filter(member.name()::equals).isPresent()
                            ? running.withNotYet(Phase.PROMOTED, last.askedAt())
                            : running);
        }
    }

    /** Removes the fault from the failover, because the ordered action did not happen. */
    static void noFault(DashboardBuilder draft) {
        boolean nothingElse = draft.failover
                .filter(running -> running.reached().keySet().equals(Set.of(Phase.FAULT)))
                .isPresent();
        draft.failover = nothingElse ? Optional.empty() : draft.failover.map(running -> running.without(Phase.FAULT));
    }

    static void reach(DashboardBuilder draft, Phase phase, Instant at) {
        Optional<Failover> running = draft.failover;
        if (running.isPresent()) {
            boolean another = BEGINNINGS.contains(phase) && (running.get().isServed() || isOver(draft));
            if (!another) {
                draft.failover = Optional.of(notYet(draft, phase)
                        .map(before -> running.get().withNotYet(phase, before))
                        .orElse(running.get())
                        .with(phase, at));
                return;
            }
            draft.end(running.get().ended(draft.at, running.get().outcome()));
        }
        Optional<String> old = phase == Phase.NEW_LEADER ? draft.leadership.previous() : draft.leadership.leader();
        String leader = old.orElseThrow();
        draft.failover = Optional.of(Failover.begun(
                leader,
                draft.leadership.timeline(),
                phase,
                at,
                notYet(draft, phase),
                LeaderRules.trouble(draft, leader)));
        if (phase == Phase.NEW_LEADER && wroteAlready(draft)) {
            firstWrite(draft, draft.at);
        }
    }

    /** The last time at which the phase was known not to be reached yet. */
    private static Optional<Instant> notYet(DashboardBuilder draft, Phase phase) {
        return switch (phase) {
            case LEADER_STOPPING ->
                draft.leadership
                        .leader()
                        .flatMap(leader -> LeaderRules.trouble(draft, leader))
                        .map(TimeBounds::notBefore);
            case LEADER_LOST ->
                draft.leader().map(WatchedMember::api).flatMap(Api::lastAnswer).map(Api.Answering::askedAt);
            case LOCK_RELEASED, NEW_LEADER -> draft.earlierClusterAsked();
            case FAULT, PROMOTED, PROXY_ROUTES, POOL_SERVES, FIRST_WRITE, REPLICAS_STREAMING, OLD_LEADER_BACK ->
                Optional.empty();
        };
    }

    /**
     * Whether the running failover has made the present leader primary, so that what happens to that leader from now
     * on is another failover.
     */
    private static boolean isOver(DashboardBuilder draft) {
        return draft.failover
                .filter(running -> running.reached().containsKey(Phase.PROMOTED))
                .flatMap(Failover::newLeader)
                .filter(draft.leadership::isLeader)
                .isPresent();
    }

    /** Notes the write probe's first acknowledgement after an outage, or its first by another server. */
    static void firstWrite(DashboardBuilder draft, Instant at) {
        draft.failover = draft.failover.map(running -> pooled(draft, running, at)
                .with(Phase.FIRST_WRITE, at.isBefore(running.began()) ? running.began() : at));
    }

    /**
     * Notes that a pooler held up the first write: before it the new leader was seen to be promoted, and HAProxy to
     * route there. A write that is acknowledged before that is seen tells nothing of the pooler.
     */
    private static Failover pooled(DashboardBuilder draft, Failover running, Instant at) {
        boolean heldUp = running.at(Phase.FIRST_WRITE).isEmpty()
                && draft.probe.flatMap(probe -> probe.target().pooler()).isPresent()
                && running.at(Phase.PROMOTED).filter(at::isAfter).isPresent()
                && running.at(Phase.PROXY_ROUTES).filter(at::isAfter).isPresent();
        return heldUp ? running.with(Phase.POOL_SERVES, at) : running;
    }

    /**
     * Takes back a first write that came before the promotion, since writes that fail now show that it was the dying
     * leader's.
     */
    static void writesFail(DashboardBuilder draft) {
        draft.failover = draft.failover.map(running -> running.reached().containsKey(Phase.PROMOTED)
                ? running
                : running.without(Phase.POOL_SERVES).without(Phase.FIRST_WRITE));
    }

    /**
     * Whether the probe's last outage ended so recently that it belongs to a change of leader that is noticed only
     * now.
     */
    private static boolean wroteAlready(DashboardBuilder draft) {
        return draft.probe
                .map(ProbeStatus::writes)
                .filter(writes -> writes.outage().isEmpty() && !writes.outages().isEmpty())
                .map(writes -> writes.outages().get(writes.outages().size() - 1))
                .flatMap(Outage::until)
                .filter(until -> Duration.between(until, draft.at).compareTo(NOTICED_LATE) < 0)
                .isPresent();
    }

    private static boolean nobodyCanWrite(DashboardBuilder draft) {
        return draft.probe
                .filter(ProbeStatus::isRunning)
                .flatMap(probe -> probe.writes().outage())
                .isPresent();
    }

    private static void conclude(DashboardBuilder draft, Failover running) {
        if (nobodyCanWrite(draft)) {
            follow(draft, running);
            return;
        }
        boolean wasAway = running.reached().keySet().stream().anyMatch(phase -> phase != Phase.FAULT);
        if (wasAway && running.newLeader().isEmpty() && oldLeaderIsBack(draft, running)) {
            boolean restarted = running.reached().containsKey(Phase.PROMOTED);
            draft.end(running.ended(
                    draft.at, restarted ? Failover.Outcome.LEADER_RESTART : Failover.Outcome.FALSE_ALARM));
            return;
        }
        Failover now = follow(draft, running);
        if (now.isServed() && now.reached().containsKey(Phase.OLD_LEADER_BACK) && !awaitsProxy(draft, now)) {
            draft.end(now.ended(draft.at, now.outcome()));
        }
    }

    /**
     * Notes that HAProxy routes to the new leader. That may be seen before the promotion, since HAProxy asks the same
     * API.
     */
    private static Failover route(DashboardBuilder draft, Failover running) {
        boolean routes = running.newLeader()
                .filter(leader -> ProxyJudgement.allRouteTo(draft, leader))
                .isPresent();
        Failover now = routes
                ? running.with(Phase.PROXY_ROUTES, draft.at)
                : ProxyJudgement.toldAt(draft)
                        .map(told -> running.withNotYet(Phase.PROXY_ROUTES, told))
                        .orElse(running);
        draft.failover = Optional.of(now);
        return now;
    }

    /** Notes the phases after the promotion. */
    private static Failover follow(DashboardBuilder draft, Failover before) {
        Failover running = route(draft, before);
        if (!running.reached().containsKey(Phase.PROMOTED)
                || running.newLeader().isEmpty()) {
            return running;
        }
        Failover now = running;
        FollowRules.Receivers receivers = new FollowRules.Receivers(draft);
        if (!running.reached().containsKey(Phase.REPLICAS_STREAMING)) {
            now = replicas(draft, running, receivers);
        }
        Optional<WatchedMember> old = draft.known(running.oldLeader());
        if (old.isPresent() && !running.reached().containsKey(Phase.OLD_LEADER_BACK)) {
            now = FollowRules.follows(draft, old.get(), receivers)
                    ? now.with(Phase.OLD_LEADER_BACK, draft.at)
                    : notYet(now, Phase.OLD_LEADER_BACK, FollowRules.toldAt(draft, old.get()));
        }
        draft.failover = Optional.of(now);
        return now;
    }

    /**
     * Whether the failover should still wait for a proxy. The wait is bounded, so that a proxy that never follows
     * does not keep a failover open.
     */
    private static boolean awaitsProxy(DashboardBuilder draft, Failover running) {
        return !running.reached().containsKey(Phase.PROXY_ROUTES)
                && ProxyJudgement.isWatched(draft)
                && Duration.between(running.lastPhaseAt(), draft.at).compareTo(PROXY_PATIENCE) < 0;
    }

    /**
     * Whether the old leader leads and runs again, by its own word. If the probe has written again, only an answer
     * after that write counts, since an earlier one may be from before the failure.
     */
    private static boolean oldLeaderIsBack(DashboardBuilder draft, Failover running) {
        Instant since = running.at(Phase.FIRST_WRITE).orElse(Instant.MIN);
        return draft.leadership.present().filter(running.oldLeader()::equals).isPresent()
                && draft.known(running.oldLeader())
                        .filter(member -> member.api() instanceof Api.Answering last
                                && last.at().isAfter(since)
                                && LeaderRules.leads(last.now())
                                && last.now().state().isRunning())
                        .isPresent();
    }

    private static Failover notYet(Failover running, Phase phase, Optional<Instant> told) {
        return told.map(at -> running.withNotYet(phase, at)).orElse(running);
    }

    /**
     * Notes whether all other members that answer follow the leader. Members that left {@code /cluster} during the
     * failover count too, since all keys expire when the DCS is lost.
     */
    private static Failover replicas(DashboardBuilder draft, Failover running, FollowRules.Receivers receivers) {
        Failover now = running;
        boolean all = true;
        for (WatchedMember member : draft.members()) {
            if (isToFollow(draft, running, member) && !FollowRules.follows(draft, member, receivers)) {
                now = notYet(now, Phase.REPLICAS_STREAMING, FollowRules.toldAt(draft, member));
                all = false;
            }
        }
        return all ? now.with(Phase.REPLICAS_STREAMING, draft.at) : now;
    }

    private static boolean isToFollow(DashboardBuilder draft, Failover running, WatchedMember member) {
        boolean stays = member.isListed()
                || member.leftAt()
                        .filter(left -> !left.isBefore(running.began()))
                        .isPresent();
        return stays
                && member.answers()
                && !member.name().equals(running.oldLeader())
                && !draft.leadership.isLeader(member.name());
    }
}
