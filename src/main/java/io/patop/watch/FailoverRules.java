package io.patop.watch;

import io.patop.cluster.Role;
import io.patop.cluster.Walsender;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The stopwatch: which phase of a failover the events just derived have reached, and when it is over.
 */
final class FailoverRules {

    /** A proxy that has not followed by then will not. */
    private static final Duration PROXY_PATIENCE = Duration.ofSeconds(30);
    /** A change of leader is seen so long after it happened, at most. */
    private static final Duration NOTICED_LATE = Duration.ofSeconds(5);

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
            case LEADER_CHANGED -> changed(draft, event.member().orElseThrow());
            case PROMOTED, LEADER_RESTARTED, LEADER_WENT_BACK -> {
                reach(draft, Phase.PROMOTED);
                draft.failover = draft.failover.map(
                        running -> running.withTo(draft.leadership.timeline().orElseThrow()));
            }
            default -> {}
        }
    }

    /** Whoever takes over from one that has been promoted begins another change. */
    private static void changed(Draft draft, String leader) {
        draft.failover
                .filter(running -> running.reached().containsKey(Phase.PROMOTED))
                .filter(running -> running.newLeader().filter(leader::equals).isEmpty())
                .ifPresent(running -> draft.end(running.ended(draft.at, running.outcome())));
        boolean isBack = draft.failover
                .filter(running -> running.oldLeader().equals(leader))
                .isPresent();
        if (isBack) {
            draft.failover = draft.failover.map(Failover::withoutNewLeader);
        } else {
            reach(draft, Phase.NEW_LEADER);
            draft.failover = draft.failover.map(running -> running.withNewLeader(leader));
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
        if (phase == Phase.NEW_LEADER && wroteAlready(draft)) {
            firstWrite(draft, draft.at);
        }
    }

    /** The write probe's first acknowledgement after an outage, or the first by another server. */
    static void firstWrite(Draft draft, Instant at) {
        draft.failover = draft.failover.map(
                running -> running.with(Phase.FIRST_WRITE, at.isBefore(running.began()) ? running.began() : at));
    }

    /** Before another is promoted it was the dying leader's last word, and not the first of the new one. */
    static void writesFail(Draft draft) {
        draft.failover = draft.failover.map(running ->
                running.reached().containsKey(Phase.PROMOTED) ? running : running.without(Phase.FIRST_WRITE));
    }

    /** A leader that changed before anybody saw it coming: by then the probe may write again. */
    private static boolean wroteAlready(Draft draft) {
        return draft.probe
                .map(ProbeStatus::writes)
                .filter(writes -> writes.outage().isEmpty() && !writes.outages().isEmpty())
                .map(writes -> writes.outages().get(writes.outages().size() - 1))
                .flatMap(Outage::until)
                .filter(until -> Duration.between(until, draft.at).compareTo(NOTICED_LATE) < 0)
                .isPresent();
    }

    private static boolean nobodyCanWrite(Draft draft) {
        return draft.probe
                .filter(ProbeStatus::isRunning)
                .flatMap(probe -> probe.writes().outage())
                .isPresent();
    }

    private static void conclude(Draft draft, Failover running) {
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

    /** HAProxy may have followed before the promotion was seen: it asks the same API. */
    private static Failover route(Draft draft, Failover running) {
        boolean routes = running.newLeader()
                .filter(leader -> ProxyJudgement.allRouteTo(draft, leader))
                .isPresent();
        Failover now = routes ? running.with(Phase.PROXY_ROUTES, draft.at) : running;
        draft.failover = Optional.of(now);
        return now;
    }

    /** The phases after the promotion. */
    private static Failover follow(Draft draft, Failover before) {
        Failover running = route(draft, before);
        if (!running.reached().containsKey(Phase.PROMOTED)
                || running.newLeader().isEmpty()) {
            return running;
        }
        Failover now = running;
        Set<String> receivers = receivers(draft);
        if (othersStream(draft, running, receivers)) {
            now = now.with(Phase.REPLICAS_STREAMING, draft.at);
        }
        if (draft.known(running.oldLeader())
                .filter(member -> streams(member, receivers))
                .isPresent()) {
            now = now.with(Phase.OLD_LEADER_BACK, draft.at);
        }
        draft.failover = Optional.of(now);
        return now;
    }

    /** A proxy that does not follow at all must not keep a failover from its end. */
    private static boolean awaitsProxy(Draft draft, Failover running) {
        return !running.reached().containsKey(Phase.PROXY_ROUTES)
                && ProxyJudgement.isWatched(draft)
                && Duration.between(running.lastPhaseAt(), draft.at).compareTo(PROXY_PATIENCE) < 0;
    }

    /** By its own word; where the probe writes again, by what it has said since: before, it was not gone yet. */
    private static boolean oldLeaderIsBack(Draft draft, Failover running) {
        Instant since = running.at(Phase.FIRST_WRITE).orElse(Instant.MIN);
        return draft.leadership.present().filter(running.oldLeader()::equals).isPresent()
                && draft.known(running.oldLeader())
                        .filter(member -> member.api() instanceof Api.Answering last
                                && last.at().isAfter(since)
                                && primary(last.now().role())
                                && last.now().state().isRunning())
                        .isPresent();
    }

    private static boolean primary(Role role) {
        return role.isPrimary() || role.leads();
    }

    private static boolean othersStream(Draft draft, Failover running, Set<String> receivers) {
        return draft.members().stream()
                .filter(WatchedMember::isListed)
                .filter(WatchedMember::answers)
                .filter(member -> !member.name().equals(running.oldLeader()))
                .filter(member -> !draft.leadership.isLeader(member.name()))
                .allMatch(member -> streams(member, receivers));
    }

    private static boolean streams(WatchedMember member, Set<String> receivers) {
        return receivers.contains(member.name())
                && member.status().filter(status -> status.state().isRunning()).isPresent();
    }

    /** Who receives from the present leader, or from a replica that does, on its timeline. */
    private static Set<String> receivers(Draft draft) {
        Set<String> receivers = new HashSet<>();
        for (WatchedMember sender : draft.members()) {
            sender.status()
                    .filter(status -> sameTimeline(draft, status.timeline()))
                    .ifPresent(status -> status.replication().stream()
                            .filter(Walsender::isStreaming)
                            .map(Walsender::applicationName)
                            .filter(name -> !name.equals(sender.name()))
                            .forEach(receivers::add));
        }
        return receivers;
    }

    private static boolean sameTimeline(Draft draft, Optional<io.patop.cluster.Timeline> timeline) {
        return timeline.isPresent() && timeline.equals(draft.leadership.timeline());
    }
}
