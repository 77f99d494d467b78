package io.patop.watch;

import io.patop.cluster.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The stopwatch: which phase of a failover the events just derived have reached, and when it is over.
 */
final class FailoverRules {

    private static final Duration PROXY_PATIENCE = Duration.ofSeconds(30);

    private FailoverRules() {}

    static void apply(Draft draft) {
        for (Event event : draft.news()) {
            step(draft, event);
        }
        draft.failover.ifPresent(running -> conclude(draft, running));
    }

    private static void step(Draft draft, Event event) {
        switch (event.kind()) {
            case API_LOST -> {
                if (event.member().filter(draft.leadership::isLeader).isPresent()) {
                    reach(draft, Phase.LEADER_LOST);
                }
            }
            case LEADER_KEY_FREE -> reach(draft, Phase.LOCK_RELEASED);
            case LEADER_CHANGED -> {
                reach(draft, Phase.NEW_LEADER);
                draft.failover = draft.failover.map(
                        running -> running.withNewLeader(event.member().orElseThrow()));
            }
            case PROMOTED, LEADER_RESTARTED -> {
                reach(draft, Phase.PROMOTED);
                draft.failover = draft.failover.map(
                        running -> running.withTo(draft.leadership.timeline().orElseThrow()));
            }
            default -> {}
        }
    }

    static void reach(Draft draft, Phase phase) {
        Optional<Failover> running = draft.failover;
        if (running.isPresent()) {
            boolean another = (phase == Phase.LEADER_LOST || phase == Phase.FAULT)
                    && running.get().isServed();
            if (!another) {
                draft.failover = Optional.of(running.get().with(phase, draft.at));
                return;
            }
            draft.end(running.get().ended(draft.at, running.get().outcome()));
        }
        Optional<String> old = phase == Phase.NEW_LEADER ? draft.leadership.previous() : draft.leadership.leader();
        draft.failover = Optional.of(Failover.begun(old.orElseThrow(), draft.leadership.timeline(), phase, draft.at));
    }

    private static void conclude(Draft draft, Failover running) {
        boolean wasAway = running.reached().keySet().stream().anyMatch(phase -> phase != Phase.FAULT);
        if (wasAway && running.newLeader().isEmpty() && oldLeaderIsBack(draft, running)) {
            boolean restarted = running.reached().containsKey(Phase.PROMOTED);
            draft.end(running.ended(
                    draft.at, restarted ? Failover.Outcome.LEADER_RESTART : Failover.Outcome.FALSE_ALARM));
            return;
        }
        Failover now = running;
        if (running.newLeader()
                .filter(leader -> ProxyJudgement.allRouteTo(draft, leader))
                .isPresent()) {
            now = now.with(Phase.PROXY_ROUTES, draft.at);
            draft.failover = Optional.of(now);
        }
        if (!now.reached().containsKey(Phase.PROMOTED) || now.newLeader().isEmpty()) {
            return;
        }
        if (othersStream(draft, running)) {
            now = now.with(Phase.REPLICAS_STREAMING, draft.at);
        }
        if (streams(draft, running.oldLeader())) {
            now = now.with(Phase.OLD_LEADER_BACK, draft.at);
        }
        draft.failover = Optional.of(now);
        if (now.isServed() && now.reached().containsKey(Phase.OLD_LEADER_BACK) && !awaitsProxy(draft, now)) {
            draft.end(now.ended(draft.at, now.outcome()));
        }
    }

    /** A proxy that does not follow at all must not keep a failover from its end. */
    private static boolean awaitsProxy(Draft draft, Failover running) {
        return !running.reached().containsKey(Phase.PROXY_ROUTES)
                && ProxyJudgement.isWatched(draft)
                && Duration.between(running.lastPhaseAt(), draft.at).compareTo(PROXY_PATIENCE) < 0;
    }

    private static boolean oldLeaderIsBack(Draft draft, Failover running) {
        return draft.leadership.present().filter(running.oldLeader()::equals).isPresent()
                && draft.known(running.oldLeader())
                        .flatMap(WatchedMember::status)
                        .filter(status ->
                                primary(status.role()) && status.state().isRunning())
                        .isPresent();
    }

    private static boolean primary(Role role) {
        return role.isPrimary() || role.leads();
    }

    private static boolean othersStream(Draft draft, Failover running) {
        List<WatchedMember> others = draft.members().stream()
                .filter(WatchedMember::isListed)
                .filter(WatchedMember::answers)
                .filter(member -> !member.name().equals(running.oldLeader()))
                .filter(member -> !draft.leadership.isLeader(member.name()))
                .toList();
        return others.stream().allMatch(member -> streams(draft, member.name()));
    }

    /** Whether the member receives from the present leader, or from a replica that does, on its timeline. */
    static boolean streams(Draft draft, String name) {
        Optional<WatchedMember> member = draft.known(name).filter(WatchedMember::answers);
        boolean sender = draft.members().stream()
                .filter(other -> !other.name().equals(name))
                .flatMap(other -> other.status().stream())
                .anyMatch(status -> status.streamsTo(name) && sameTimeline(draft, status.timeline()));
        return sender
                && member.flatMap(WatchedMember::status)
                        .filter(status -> status.state().isRunning())
                        .isPresent();
    }

    private static boolean sameTimeline(Draft draft, Optional<io.patop.cluster.Timeline> timeline) {
        return timeline.isPresent() && timeline.equals(draft.leadership.timeline());
    }
}
