package io.patop.watch.rules;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import io.patop.cluster.Wal;
import io.patop.haproxy.RowKind;
import io.patop.probe.Read;
import io.patop.probe.Write;
import io.patop.watch.lanes.AttemptCell;
import io.patop.watch.lanes.AttemptHistory;
import io.patop.watch.lanes.GraphedFigures;
import io.patop.watch.lanes.LaneState;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.lanes.NamedTrack;
import io.patop.watch.lanes.Span;
import io.patop.watch.lanes.Tracks;
import io.patop.watch.model.Api;
import io.patop.watch.model.Observation;
import io.patop.watch.model.ProxyStatus;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for the lanes: which state each member, the leader key and each HAProxy are in after an observation, and what
 * became of the probe's tries.
 */
final class LaneRules {

    /** Spans that are kept of the leader key, and of the time that was watched. */
    private static final int SPANS = 600;

    /** How far back a state may have begun before it was noticed: a request that hangs fails by then. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(30);

    private LaneRules() {}

    /** Notes the states that an observation changed. Called after all other rules. */
    static void apply(DashboardBuilder draft, Observation observation) {
        draft.lanes = draft.lanes.at(draft.at);
        Instant at = draft.lanes.latest();
        draft.lanes = draft.lanes.withWatching(draft.lanes.watching().with(Span.of(at, LaneState.HELD), SPANS));
        Map<String, Span> members = new HashMap<>();
        for (WatchedMember member : draft.touched()) {
            if (member.status().isEmpty() || isOf(observation, member)) {
                members.put(member.name(), span(draft, member, at));
            }
        }
        draft.lanes = draft.lanes.withMembers(draft.lanes.members().with(members));
        draft.lanes = draft.lanes.withKey(draft.lanes.key().with(key(draft, at), SPANS));
        for (WatchedProxy proxy : draft.proxies()) {
            draft.lanes = draft.lanes.withProxies(draft.lanes.proxies().with(proxy.name(), route(proxy, at)));
        }
    }

    /** Every lane is not watched in the gap. What is known again is noted after this. */
    static void notWatched(DashboardBuilder draft, Observation.NotWatched gap) {
        Lanes lanes = draft.lanes.at(draft.at);
        Instant since = gap.since().isAfter(lanes.latest()) ? lanes.latest() : gap.since();
        draft.lanes = unwatched(lanes, Span.of(since, LaneState.UNWATCHED));
    }

    /** Counts a write. */
    static void wrote(DashboardBuilder draft, Observation.ProbeWrote wrote) {
        Lanes lanes = draft.lanes.at(draft.at);
        draft.lanes = lanes.withWrites(written(lanes.writes(), wrote, lanes.latest()));
    }

    /** Counts a read. */
    static void read(DashboardBuilder draft, Observation.ProbeRead read) {
        Lanes lanes = draft.lanes.at(draft.at);
        draft.lanes = lanes.withReads(read(lanes.reads(), read, lanes.latest()));
    }

    /** Notes a node's figures. */
    static void answered(DashboardBuilder draft, Observation.NodeAnswered answered) {
        Lanes lanes = draft.lanes.at(draft.at);
        draft.lanes = lanes.withFigures(figures(lanes.figures(), answered, lanes.latest()));
    }

    /** Notes the sessions of an HAProxy. */
    static void answered(DashboardBuilder draft, Observation.ProxyAnswered answered) {
        double sessions = (double) answered.view().rows().stream()
                .filter(row -> row.kind() == RowKind.FRONTEND)
                .flatMap(row -> row.number("scur").stream())
                .mapToLong(count -> count)
                .sum();
        Lanes lanes = draft.lanes.at(draft.at);
        draft.lanes = lanes.withFigures(lanes.figures().withSessions(answered.proxy(), lanes.latest(), sessions));
    }

    /** Whether it is the member's own answer. A member that answers is judged by that alone. */
    private static boolean isOf(Observation observation, WatchedMember member) {
        return observation instanceof Observation.NodeAnswered answered
                && answered.member().equals(member.name());
    }

    private static Lanes unwatched(Lanes lanes, Span none) {
        return lanes.withMembers(all(lanes.members(), none))
                .withProxies(all(lanes.proxies(), none))
                .withKey(lanes.key().with(none, SPANS))
                .withWatching(lanes.watching().with(none, SPANS));
    }

    private static Tracks all(Tracks tracks, Span next) {
        return tracks.with(tracks.all().stream().collect(Collectors.toMap(NamedTrack::name, named -> next)));
    }

    /** The member's state, with the time at which it began. */
    static Span span(DashboardBuilder draft, WatchedMember member, Instant at) {
        return member.api().accept(new MemberSpan(draft, member, at));
    }

    private record MemberSpan(DashboardBuilder draft, WatchedMember member, Instant at) implements Api.Visitor<Span> {

        @Override
        public Span unasked(Api.Unasked none) {
            return Span.of(at, listedState());
        }

        @Override
        public Span unwatched(Api.Unwatched gap) {
            return Span.of(at, LaneState.UNWATCHED);
        }

        @Override
        public Span answering(Api.Answering answering) {
            return Span.of(at, own(draft, member, answering.now()));
        }

        @Override
        public Span silent(Api.Silent silent) {
            boolean left = !member.isListed();
            Instant since = left ? member.leftAt().orElse(at) : silent.since();
            return Span.of(noticed(since, at), left ? LaneState.GONE : LaneState.SILENT);
        }

        private LaneState listedState() {
            return member.listed()
                    .filter(listed -> member.isListed())
                    .map(LaneRules::listed)
                    .orElse(member.listed().isPresent() ? LaneState.GONE : LaneState.UNWATCHED);
        }
    }

    private static LaneState own(DashboardBuilder draft, WatchedMember member, NodeStatus status) {
        if (!status.state().isRunning()) {
            return LaneState.DOWN;
        }
        if (LeaderRules.leads(status)) {
            return LaneState.LEADER;
        }
        if (status.replicationState().isPresent()) {
            boolean streams =
                    status.replicationState().filter("streaming"::equals).isPresent();
            return streams ? LaneState.STREAMING : LaneState.NOT_STREAMING;
        }
        if (member.troubles().streamLostAt().isPresent()) {
            return LaneState.NOT_STREAMING;
        }
        return bySender(draft, member);
    }

    /**
     * The state of a replica by the word of the member that sends to it: up to 3.0.3 it does not say itself whether it
     * streams. While the sender does not answer, the state is what it was.
     */
    private static LaneState bySender(DashboardBuilder draft, WatchedMember member) {
        List<NodeStatus> senders = Stream.concat(
                        draft.leader().stream(),
                        member.listed().flatMap(listed -> listed.tags().replicateFrom()).flatMap(draft::known).stream())
                .flatMap(sender -> sender.status().stream())
                .toList();
        if (senders.stream().anyMatch(sender -> sender.streamsTo(member.name()))) {
            return LaneState.STREAMING;
        }
        boolean told = draft.leader()
                .flatMap(WatchedMember::status)
                .filter(status -> LeaderRules.leads(status) && status.state().isRunning())
                .isPresent();
        return told ? LaneState.NOT_STREAMING : asBefore(draft, member);
    }

    private static LaneState asBefore(DashboardBuilder draft, WatchedMember member) {
        return draft.lanes
                .members()
                .track(member.name())
                .last()
                .map(Span::state)
                .filter(state -> state == LaneState.STREAMING || state == LaneState.NOT_STREAMING)
                .orElse(LaneState.UNWATCHED);
    }

    /** The state by {@code /cluster} alone, for a member whose own API is not asked. */
    private static LaneState listed(Member listed) {
        if (!listed.state().isRunning()) {
            return LaneState.DOWN;
        }
        if (listed.role().leads() || listed.role().isPrimary()) {
            return LaneState.LEADER;
        }
        return listed.state().kind() == State.Kind.IN_ARCHIVE_RECOVERY ? LaneState.NOT_STREAMING : LaneState.STREAMING;
    }

    private static Span key(DashboardBuilder draft, Instant at) {
        boolean unknown = draft.leadership.leader().isEmpty()
                || draft.dcsOutage.isPresent()
                || SuspendRules.leadershipIsOld(draft);
        if (unknown) {
            return Span.of(at, LaneState.UNWATCHED);
        }
        return draft.leadership
                .lockFree()
                .map(since -> Span.of(noticed(since, at), LaneState.NOBODY))
                .orElseGet(() -> new Span(at, LaneState.HELD, draft.leadership.leader()));
    }

    private static Span route(WatchedProxy proxy, Instant at) {
        if (proxy.status() instanceof ProxyStatus.Silent silent) {
            return Span.of(noticed(silent.since(), at), LaneState.SILENT);
        }
        if (!proxy.answers() || !proxy.servesLeader()) {
            return Span.of(at, LaneState.UNWATCHED);
        }
        boolean none = proxy.servers().stream().noneMatch(server -> proxy.servesLeader(server) && server.isUp());
        return none ? Span.of(at, LaneState.NOBODY) : new Span(at, LaneState.HELD, proxy.routesTo());
    }

    private static GraphedFigures figures(GraphedFigures before, Observation.NodeAnswered answered, Instant at) {
        GraphedFigures now =
                before.withAnswerTime(answered.member(), at, answered.took().toNanos() / 1e6);
        Wal wal = answered.status().wal();
        return wal.location()
                .or(wal::replayed)
                .map(lsn -> now.withPosition(answered.member(), at, (double) lsn.position()))
                .orElse(now);
    }

    private static AttemptHistory written(AttemptHistory before, Observation.ProbeWrote wrote, Instant at) {
        AttemptHistory tries = before;
        for (Write write : wrote.writes()) {
            AttemptCell outcome =
                    switch (write.outcome()) {
                        case ACKNOWLEDGED -> AttemptCell.answered(write.took());
                        case REFUSED -> AttemptCell.REFUSED;
                        case UNKNOWN -> AttemptCell.UNKNOWN;
                    };
            tries = tries.with(noticed(write.began(), at), noticed(write.ended(), at), outcome);
        }
        return tries;
    }

    private static AttemptHistory read(AttemptHistory before, Observation.ProbeRead observed, Instant at) {
        AttemptHistory tries = before;
        for (Read read : observed.reads()) {
            AttemptCell outcome = read.answered()
                    ? AttemptCell.answered(Duration.between(read.began(), read.ended()))
                    : AttemptCell.REFUSED;
            tries = tries.with(noticed(read.began(), at), noticed(read.ended(), at), outcome);
        }
        return tries;
    }

    /** The time itself, unless it is later than its observation or so much earlier that a clock must be wrong. */
    private static Instant noticed(Instant since, Instant at) {
        return since.isAfter(at) || since.isBefore(at.minus(NOTICED_WITHIN)) ? at : since;
    }
}
