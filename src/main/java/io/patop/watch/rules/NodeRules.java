package io.patop.watch.rules;

import io.patop.cluster.Failure;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PatroniTime;
import io.patop.cluster.Wal;
import io.patop.text.DurationText;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import io.patop.watch.model.AnswerTime;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.LeaderHealth;
import io.patop.watch.model.MemberText;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedMember.Troubles;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Rules for a node's own answer, and for its silence. */
final class NodeRules {

    /** Longest time for which patop waits for a node's answer. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(3);

    /** Longest time for which a node's API answers before its key is in the DCS. */
    private static final Duration UNLISTED = Duration.ofSeconds(1);

    private NodeRules() {}

    static void failed(DashboardBuilder draft, Observation.NodeFailed failed) {
        silent(draft, failed.member(), failed.url(), failed.failure());
    }

    static void answered(DashboardBuilder draft, Observation.NodeAnswered answered) {
        Optional<Failure> stranger = new IdentityCheck(draft.identity, draft::listedAt)
                .objection(answered.member(), answered.url(), answered.status());
        if (stranger.isPresent()) {
            silent(draft, answered.member(), answered.url(), stranger.get());
            return;
        }
        NodeStatus now = answered.status();
        WatchedMember member = draft.member(answered.member());
        Api before = member.api();
        DcsRules.nodeAnswered(draft, answered);
        draft.put(member.withApi(answering(before, answered)));
        draft.identity = draft.identity.with(now);
        noteLag(draft, answered);
        if (before instanceof Api.Silent silent) {
            reportBack(draft, answered, silent);
        }
        LeaderRules.answered(draft, answered);
        Optional<NodeStatus> said = before.status();
        Optional<Instant> told = before.lastAnswer().map(Api.Answering::askedAt);
        compareRunning(draft, answered.member(), said, now, told.orElse(draft.at));
        said.ifPresent(earlier -> StreamRules.compare(draft, answered.member(), earlier, now));
        StreamRules.watch(draft, answered.member(), now);
        judgeLock(draft, answered.member(), now);
        judgePrimary(draft, answered, said);
        StandbyRules.judge(draft);
        draft.known(answered.member()).ifPresent(known -> FailoverRules.unpromoted(draft, known));
        FollowRules.answered(draft, answered.member());
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

    private static void silent(DashboardBuilder draft, String name, URI url, Failure failure) {
        WatchedMember member = draft.member(name);
        if (member.api() instanceof Api.Silent silent) {
            draft.put(member.withApi(
                    new Api.Silent(silent.since(), draft.at, failure, url, silent.before(), silent.unlistedAt())));
            return;
        }
        if (DcsRules.explainsSlowness(draft, member, url, failure)) {
            return;
        }
        Instant since = silentSince(member, failure, draft.at);
        draft.put(member.withApi(
                new Api.Silent(since, draft.at, failure, url, member.api().lastAnswer(), Optional.empty())));
        LeaderRules.silent(draft, name, since);
        boolean led = draft.leadership.isLeader(name)
                && draft.leadership.lockFree().filter(since::isAfter).isEmpty();
        draft.event(
                since,
                Event.Kind.API_LOST,
                name,
                (led ? "leader " : "") + name + ": REST API " + MemberText.lost(failure) + listedAs(draft, member));
        judgeRivals(draft);
    }

    /**
     * When the node became silent. A node that lets a request hang was silent when it was asked, one poll after its
     * last answer, and not only when the request timed out. That poll may have come later than usual, but no request
     * waits longer than its bound.
     */
    private static Instant silentSince(WatchedMember member, Failure failure, Instant at) {
        boolean waited = failure.kind() == Failure.Kind.TIMED_OUT || failure.kind() == Failure.Kind.BROKEN_OFF;
        if (!waited
                || !(member.api() instanceof Api.Answering last)
                || last.every().isZero()) {
            return at;
        }
        Instant usual = last.at().plus(last.every());
        Instant earliest = at.minus(LONGEST_REQUEST);
        Instant asked = usual.isBefore(earliest) ? earliest : usual;
        return asked.isBefore(at) ? asked : at;
    }

    /**
     * The text of how {@code /cluster} lists a member that has just become silent; empty if {@code /cluster} does not
     * answer either.
     */
    private static String listedAs(DashboardBuilder draft, WatchedMember member) {
        boolean known = member.isListed() && draft.clusterApi instanceof Dashboard.ClusterApi.Answered;
        return member.listed()
                .filter(listed -> known)
                .map(listed -> (listed.state().isRunning() ? "; /cluster still says " : "; /cluster says ")
                        + MemberText.listed(listed))
                .orElse("");
    }

    private static void reportBack(DashboardBuilder draft, Observation.NodeAnswered answered, Api.Silent silent) {
        NodeStatus now = answered.status();
        boolean moved = !String.valueOf(silent.url().getHost())
                .equals(String.valueOf(answered.url().getHost()));
        MeasuredDuration away = away(silent, answered);
        draft.event(
                backAt(silent, answered),
                Event.Kind.API_BACK,
                answered.member(),
                answered.member() + ": REST API answers again"
                        + (moved ? " at " + answered.url().getHost() : "") + ", " + MemberText.own(now),
                away);
    }

    /**
     * When the API was back. A node that could not be connected to was back when it took the connection, though its
     * answer may come seconds later, while PostgreSQL starts. One that let requests hang may have been back only when
     * it answered.
     */
    private static Instant backAt(Api.Silent silent, Observation.NodeAnswered answered) {
        boolean moved = !silent.url().equals(answered.url());
        Instant asked = answered.at().minus(answered.took());
        return (moved || couldNotConnect(silent.failure())) && asked.isAfter(silent.since()) ? asked : answered.at();
    }

    private static boolean couldNotConnect(Failure failure) {
        return switch (failure.kind()) {
            case REFUSED, UNREACHABLE, UNRESOLVED -> true;
            default -> false;
        };
    }

    /**
     * How long the API was away: from its last answer or its first failure to its last failure or this answer. A
     * failure at another address says nothing of this one. A member that has left {@code /cluster} is not asked, and
     * is back only when it is listed again, or a moment before.
     */
    private static MeasuredDuration away(Api.Silent silent, Observation.NodeAnswered answered) {
        Instant failed = silent.url().equals(answered.url()) ? silent.at() : silent.since();
        Instant last = silent.unlistedAt()
                .map(at -> at.minus(UNLISTED))
                .filter(failed::isBefore)
                .orElse(failed);
        Instant latest = backAt(silent, answered);
        TimeBounds back = new TimeBounds(last.isBefore(latest) ? last : latest, latest);
        return silent.before()
                .map(good -> MeasuredDuration.between(new TimeBounds(good.askedAt(), silent.since()), back))
                .orElseGet(() -> MeasuredDuration.atLeast(Duration.between(silent.since(), back.notBefore())));
    }

    private static void noteLag(DashboardBuilder draft, Observation.NodeAnswered answered) {
        WatchedMember member = draft.member(answered.member());
        if (!draft.leadership.isLeader(member.name())) {
            member.liveLag(draft.leader(), Wal::replayed)
                    .ifPresent(lag ->
                            draft.put(member.withLagTrail(member.lagTrail().with(lag, answered.at()))));
        }
    }

    /** Compares with what the node said before; empty if it was silent, and then only its recovery is told. */
    private static void compareRunning(
            DashboardBuilder draft, String name, Optional<NodeStatus> said, NodeStatus now, Instant told) {
        WatchedMember member = draft.member(name);
        boolean down = member.troubles().postgresDown();
        boolean ran = said.filter(earlier -> earlier.state().isRunning()).isPresent();
        if (!down && ran && !now.state().isRunning()) {
            draft.put(member.withTroubles(member.troubles().withPostgresDown(true)));
            Instant since = draft.leaderHealth
                    .filter(health -> health.leader().equals(name))
                    .flatMap(LeaderHealth::signAt)
                    .orElse(draft.at);
            draft.event(since, Event.Kind.MEMBER_DOWN, name, name + ": PostgreSQL " + MemberText.down(now.state()));
            StreamRules.senderDown(draft, name, said.orElseThrow(), now);
        } else if (down && now.state().isRunning()) {
            draft.put(member.withTroubles(member.troubles().withPostgresDown(false)));
            running(draft, name, now, told);
            StreamRules.senderBack(draft, name, now);
        }
    }

    /**
     * Notes that PostgreSQL runs again. If it is the leader's and no failover happened, nobody could write until
     * then. It did not run before its start, which its own clock tells, and may have run before Patroni said so.
     *
     * @param told when the answer before was asked for, which said that it does not run
     */
    private static void running(DashboardBuilder draft, String name, NodeStatus now, Instant told) {
        String text = name + ": PostgreSQL runs again, " + MemberText.own(now);
        Optional<LeaderHealth> sick = draft.earlierHealth()
                .filter(health ->
                        health.leader().equals(name) && health.signAt().isPresent())
                .filter(health -> LeaderRules.leads(now) && nobodyTookOver(draft, name, now));
        if (sick.isEmpty()) {
            draft.event(Event.Kind.MEMBER_UP, name, text);
            return;
        }
        Instant sign = sick.get().signAt().orElseThrow();
        Instant started = now.postmasterStart()
                .flatMap(PatroniTime::time)
                .map(OffsetDateTime::toInstant)
                .filter(start -> start.isAfter(sign) && start.isBefore(draft.at))
                .map(start -> start.isAfter(told) ? told : start)
                .filter(sign::isBefore)
                .orElse(sign);
        TimeBounds back = new TimeBounds(started, draft.at);
        draft.event(
                Event.Kind.MEMBER_UP,
                name,
                text + "; nobody could write until then",
                sick.get()
                        .trouble(draft.at)
                        .map(outage -> MeasuredDuration.between(outage, back))
                        .orElseGet(() -> MeasuredDuration.atLeast(Duration.between(sign, started))));
    }

    /** Whether the leader leads on: its silence may have begun what looked like a change of leader. */
    private static boolean nobodyTookOver(DashboardBuilder draft, String leader, NodeStatus now) {
        return draft.failover
                .map(running -> running.oldLeader().equals(leader)
                        && running.newLeader().isEmpty()
                        && running.from().equals(now.timeline()))
                .orElse(true);
    }

    /**
     * Judges {@code cluster_unlocked}, which means that no member held the leader key at the node's last HA loop, or
     * that the node could not see it. Only {@code /cluster} decides who leads; that a single node cannot see the DCS
     * becomes an event once it lasts longer than HA loops and retries do.
     */
    private static void judgeLock(DashboardBuilder draft, String name, NodeStatus now) {
        WatchedMember member = draft.member(name);
        Troubles troubles = member.troubles();
        if (!now.flags().clusterUnlocked()) {
            if (troubles.unlockedSince().isPresent() || troubles.dcsUnseen()) {
                draft.put(member.withTroubles(troubles.locked()));
            }
            return;
        }
        boolean leaderHoldsOn = draft.leader()
                .filter(leader -> !leader.name().equals(name))
                .flatMap(WatchedMember::status)
                .filter(status -> !status.flags().clusterUnlocked() && LeaderRules.leads(status))
                .isPresent();
        Optional<Instant> contradicts = leaderHoldsOn && draft.dcsOutage.isEmpty()
                ? Optional.of(troubles.contradictsSince().orElse(draft.at))
                : Optional.empty();
        draft.put(member.withTroubles(troubles.unlocked(draft.at, contradicts)));
        Instant since = contradicts.orElse(draft.at);
        boolean lasts = Duration.between(since, draft.at).compareTo(DcsRules.patience(draft)) > 0;
        if (lasts && !troubles.dcsUnseen()) {
            draft.put(
                    member.withTroubles(troubles.unlocked(draft.at, contradicts).withDcsUnseen(true)));
            draft.event(
                    Event.Kind.DCS_UNSEEN,
                    name,
                    name + " has said for " + DurationText.age(Duration.between(since, draft.at))
                            + " that nobody leads, while "
                            + draft.leadership.leader().orElse("the leader") + " does: it cannot see the DCS");
        }
    }

    private static void judgePrimary(
            DashboardBuilder draft, Observation.NodeAnswered answered, Optional<NodeStatus> said) {
        String name = answered.member();
        NodeStatus now = answered.status();
        if (!draft.leadership.isLeader(name)) {
            return;
        }
        boolean primary = LeaderRules.leads(now);
        if (primary) {
            now.timeline().ifPresent(timeline -> {
                if (now.role().isPrimary()
                        && now.state().isRunning()
                        && draft.leadership.lockFree().isEmpty()) {
                    Promotion.wentBack(draft, name, timeline);
                    Promotion.onSameNumber(draft, name, timeline);
                }
                Promotion.reached(draft, name, timeline);
            });
            draft.leadership = draft.leadership.withPrimarySeen(true);
        } else if (draft.leadership.primarySeen()) {
            draft.leadership = draft.leadership.withPrimarySeen(false);
            // A standby leader that is being promoted calls itself a replica on the way, and was no primary before.
            if (draft.standbyLeader.isEmpty()) {
                // A leader that was stopping may answer only when it is up again, seconds later.
                boolean stopping =
                        said.filter(earlier -> !earlier.state().isRunning()).isPresent();
                draft.event(
                        stopping ? answered.at().minus(answered.took()) : draft.at,
                        Event.Kind.DEMOTED,
                        name,
                        name + " no longer runs as primary: it says " + MemberText.own(now));
            }
        }
    }

    private static boolean runsAsPrimary(NodeStatus status) {
        return status.role().isPrimary() && status.state().isRunning();
    }

    private static void judgeRivals(DashboardBuilder draft) {
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
