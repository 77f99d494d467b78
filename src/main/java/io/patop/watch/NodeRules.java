package io.patop.watch;

import io.patop.cluster.Failure;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Wal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What follows from a node's own answer, or from its silence. */
final class NodeRules {

    private NodeRules() {}

    static void failed(Draft draft, Observation.NodeFailed failed) {
        silent(draft, failed.member(), failed.url(), failed.failure());
    }

    static void answered(Draft draft, Observation.NodeAnswered answered) {
        Optional<Failure> stranger = Stranger.at(
                answered.member(), answered.url(), answered.status(), draft.identity, draft.listedAt(answered.url()));
        if (stranger.isPresent()) {
            silent(draft, answered.member(), answered.url(), stranger.get());
            return;
        }
        NodeStatus now = answered.status();
        WatchedMember member = draft.member(answered.member());
        Api before = member.api();
        draft.put(member.withApi(answering(before, answered)));
        draft.identity = draft.identity.with(now);
        noteLag(draft, answered);
        if (before instanceof Api.Silent silent) {
            reportBack(draft, answered, silent);
        }
        Optional<NodeStatus> said = before.status();
        said.ifPresent(earlier -> {
            compareRunning(draft, answered.member(), earlier, now);
            StreamRules.compare(draft, answered.member(), earlier, now);
        });
        StreamRules.watch(draft, answered.member(), now);
        judgeLock(draft, answered.member(), now);
        judgePrimary(draft, answered.member(), now);
        if (said.filter(NodeRules::runsAsPrimary).isPresent() != runsAsPrimary(now)) {
            judgeRivals(draft);
        }
    }

    private static Api.Answering answering(Api before, Observation.NodeAnswered answered) {
        Instant at = answered.at();
        if (before instanceof Api.Answering last && !at.isBefore(last.at())) {
            AnswerTime took = last.took().and(answered.took());
            return new Api.Answering(
                    last.since(), at, Duration.between(last.at(), at), took, answered.url(), answered.status());
        }
        Instant since = before instanceof Api.Answering last ? last.since() : at;
        return new Api.Answering(
                since, at, Duration.ZERO, AnswerTime.of(answered.took()), answered.url(), answered.status());
    }

    private static void silent(Draft draft, String name, URI url, Failure failure) {
        WatchedMember member = draft.member(name);
        if (member.api() instanceof Api.Silent silent) {
            draft.put(member.withApi(new Api.Silent(silent.since(), draft.at, failure, url, silent.before())));
            return;
        }
        draft.put(member.withApi(
                new Api.Silent(draft.at, draft.at, failure, url, member.api().lastAnswer())));
        boolean leads = draft.leadership.present().filter(name::equals).isPresent();
        String stillSaid = member.isListed()
                ? "; /cluster still says " + MemberWords.listed(member.listed().get())
                : "";
        draft.event(
                Event.Kind.API_LOST,
                name,
                (leads ? "leader " : "") + name + ": REST API " + MemberWords.lost(failure) + stillSaid);
        judgeRivals(draft);
    }

    private static void reportBack(Draft draft, Observation.NodeAnswered answered, Api.Silent silent) {
        NodeStatus now = answered.status();
        boolean moved = !String.valueOf(silent.url().getHost())
                .equals(String.valueOf(answered.url().getHost()));
        Duration away = Duration.between(silent.since(), answered.at());
        draft.event(
                Event.Kind.API_BACK,
                answered.member(),
                answered.member() + ": REST API answers again"
                        + (moved ? " at " + answered.url().getHost() : "") + ", " + MemberWords.own(now),
                away);
    }

    private static void noteLag(Draft draft, Observation.NodeAnswered answered) {
        WatchedMember member = draft.member(answered.member());
        if (!draft.leadership.isLeader(member.name())) {
            member.liveLag(draft.leader(), Wal::replayed)
                    .ifPresent(lag ->
                            draft.put(member.withLagTrail(member.lagTrail().with(lag, answered.at()))));
        }
    }

    private static void compareRunning(Draft draft, String name, NodeStatus earlier, NodeStatus now) {
        WatchedMember member = draft.member(name);
        boolean down = member.troubles().postgresDown();
        if (!down && earlier.state().isRunning() && !now.state().isRunning()) {
            draft.put(member.withTroubles(member.troubles().withPostgresDown(true)));
            draft.event(Event.Kind.MEMBER_DOWN, name, name + ": PostgreSQL " + MemberWords.state(now.state()));
        } else if (down && now.state().isRunning()) {
            draft.put(member.withTroubles(member.troubles().withPostgresDown(false)));
            draft.event(Event.Kind.MEMBER_UP, name, name + ": PostgreSQL runs again, " + MemberWords.own(now));
        }
    }

    /**
     * {@code cluster_unlocked} means that nobody holds the leader key, or that this node cannot see it. It is
     * the former when the leader itself is silent or says so too.
     */
    private static void judgeLock(Draft draft, String name, NodeStatus now) {
        WatchedMember member = draft.member(name);
        boolean unlocked = now.flags().clusterUnlocked();
        boolean leaderHoldsOn = draft.leader()
                .filter(leader -> !leader.name().equals(name))
                .flatMap(WatchedMember::status)
                .filter(status ->
                        !status.flags().clusterUnlocked() && status.role().isPrimary())
                .isPresent();
        if (unlocked && leaderHoldsOn) {
            if (!member.troubles().dcsUnseen()) {
                draft.put(member.withTroubles(member.troubles().withDcsUnseen(true)));
                draft.event(
                        Event.Kind.DCS_UNSEEN,
                        name,
                        name + " says that nobody leads, while "
                                + draft.leadership.leader().orElse("the leader") + " does: it cannot see the DCS");
            }
            return;
        }
        if (!unlocked && member.troubles().dcsUnseen()) {
            draft.put(member.withTroubles(member.troubles().withDcsUnseen(false)));
        }
        if (unlocked && draft.leadership.present().isPresent()) {
            release(draft, "by " + name + "'s own word");
        }
    }

    static void release(Draft draft, String source) {
        draft.leadership = draft.leadership.unlocked(draft.at);
        draft.event(Event.Kind.LEADER_KEY_FREE, "nobody holds the leader key, " + source);
    }

    private static void judgePrimary(Draft draft, String name, NodeStatus now) {
        if (!draft.leadership.isLeader(name)) {
            return;
        }
        boolean primary = now.role().isPrimary() || now.role().leads();
        if (primary) {
            now.timeline().ifPresent(timeline -> {
                if (now.state().isRunning() && draft.leadership.lockFree().isEmpty()) {
                    Promotion.wentBack(draft, name, timeline);
                }
                Promotion.reached(draft, name, timeline);
            });
            draft.leadership = draft.leadership.withPrimarySeen(true);
        } else if (draft.leadership.primarySeen()) {
            draft.leadership = draft.leadership.withPrimarySeen(false);
            draft.event(Event.Kind.DEMOTED, name, name + " no longer runs as primary: it says " + MemberWords.own(now));
        }
    }

    private static boolean runsAsPrimary(NodeStatus status) {
        return status.role().isPrimary() && status.state().isRunning();
    }

    private static void judgeRivals(Draft draft) {
        List<String> primaries = draft.members().stream()
                .filter(member ->
                        member.status().filter(NodeRules::runsAsPrimary).isPresent())
                .map(WatchedMember::name)
                .toList();
        boolean rivals = primaries.size() > 1;
        if (rivals && draft.leadership.rivals().isEmpty()) {
            draft.leadership = draft.leadership.withRivals(Optional.of(draft.at));
            draft.event(Event.Kind.TWO_PRIMARIES, String.join(" and ", primaries) + " both run as primary");
        } else if (!rivals && draft.leadership.rivals().isPresent()) {
            draft.leadership = draft.leadership.withRivals(Optional.empty());
            draft.event(
                    Event.Kind.ONE_PRIMARY,
                    primaries.isEmpty()
                            ? "no member runs as primary any more"
                            : "only " + primaries.get(0) + " runs as primary");
        }
    }
}
