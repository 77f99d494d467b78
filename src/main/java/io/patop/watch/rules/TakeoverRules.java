package io.patop.watch.rules;

import io.patop.cluster.Lsn;
import io.patop.time.MeasuredDuration;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules on what the risk of a failover is derived from: how far the leader has written, and who could take over. */
final class TakeoverRules {

    /** Shortest time between two positions that are kept. */
    private static final Duration APART = Duration.ofMillis(900);

    /** How long nobody must have been able to take over before it is told: replicas that follow anew need a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Members from which on all are not judged anew at the answer of each. */
    private static final int CROWD = 50;

    private TakeoverRules() {}

    static void apply(DashboardBuilder draft, Observation observation) {
        if (observation instanceof Observation.NodeAnswered answered) {
            note(draft, answered.member());
        }
        if (isOccasion(draft, observation) && isJudged(draft)) {
            judge(draft);
        }
    }

    /** Whether it is judged now: at each answer, and in a crowd once for all, when the DCS tells of all of them. */
    private static boolean isOccasion(DashboardBuilder draft, Observation observation) {
        boolean ofANode =
                observation instanceof Observation.NodeAnswered || observation instanceof Observation.NodeFailed;
        return observation instanceof Observation.ClusterAnswered || (ofANode && draft.memberCount() <= CROWD);
    }

    /** Keeps the latest position, and the ones before it at intervals. */
    private static void note(DashboardBuilder draft, String name) {
        Optional<Lsn> written = draft.leadership
                .present()
                .filter(name::equals)
                .flatMap(draft::known)
                .flatMap(WatchedMember::status)
                .filter(status -> status.role().isPrimary())
                .flatMap(status -> status.wal().location());
        if (written.isEmpty()) {
            return;
        }
        List<Dashboard.Takeover.Position> before = draft.takeover.written();
        boolean tooSoon = before.size() >= 2
                && Duration.between(before.get(before.size() - 2).at(), draft.at)
                                .compareTo(APART)
                        < 0;
        Dashboard.Takeover kept = tooSoon ? draft.takeover.withoutLast() : draft.takeover;
        draft.takeover = kept.with(new Dashboard.Takeover.Position(draft.at, name, written.get()));
    }

    /** Whether it can be known who could take over: the leader leads, and nothing is changing. */
    private static boolean isJudged(DashboardBuilder draft) {
        return draft.failover.filter(change -> !change.isServed()).isEmpty()
                && !draft.paused
                && draft.clusterApi instanceof Dashboard.ClusterApi.Answered
                && draft.members().stream()
                        .filter(WatchedMember::isListed)
                        .noneMatch(member -> member.api() instanceof Api.Unwatched)
                && draft.leadership
                        .present()
                        .flatMap(draft::known)
                        .filter(WatchedMember::answers)
                        .isPresent();
    }

    private static void judge(DashboardBuilder draft) {
        Optional<String> nobody =
                Succession.afterDeath(draft.members(), draft.config).nobody();
        TimeBounds now = new TimeBounds(draft.takeover.judgedOf().orElse(draft.at), draft.at);
        Optional<TimeBounds> since =
                nobody.map(why -> draft.takeover.nobodySince().orElse(now));
        boolean told = draft.takeover.nobodyTold();
        boolean due = since.filter(
                        begun -> Duration.between(begun.notAfter(), draft.at).compareTo(PATIENCE) >= 0)
                .isPresent();
        if (due && !told) {
            draft.event(new Event(
                    since.get().notAfter(),
                    Event.Kind.NOBODY_CAN_TAKE_OVER,
                    Optional.empty(),
                    "nobody could take over from the leader: " + nobody.get(),
                    Optional.empty()));
        } else if (since.isEmpty() && told) {
            draft.event(new Event(
                    draft.at,
                    Event.Kind.TAKEOVER_POSSIBLE,
                    Optional.empty(),
                    "another member could take over from the leader again",
                    draft.takeover.nobodySince().map(begun -> MeasuredDuration.between(begun, now))));
        }
        draft.takeover = draft.takeover.withNobody(since, wordsOf(draft), since.isPresent() && (told || due));
    }

    /** How new the oldest is of what the listed members and {@code /cluster} said last. */
    private static Optional<Instant> wordsOf(DashboardBuilder draft) {
        Stream<Instant> words = draft.members().stream()
                .filter(WatchedMember::isListed)
                .flatMap(member -> member.api().lastAnswer().stream())
                .map(last -> last.askedAt());
        Stream<Instant> listed = draft.clusterApi instanceof Dashboard.ClusterApi.Answered answered
                ? Stream.of(answered.at().minus(answered.took()))
                : draft.clusterApi.lastAnswer().stream();
        return Stream.concat(words, listed).min(Comparator.naturalOrder());
    }
}
