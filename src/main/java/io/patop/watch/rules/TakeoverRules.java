package io.patop.watch.rules;

import io.patop.cluster.Lsn;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules on what the risk of a failover is derived from: how far the leader has written, and who could take over. */
final class TakeoverRules {

    /** Shortest time between two positions that are kept. */
    private static final Duration APART = Duration.ofMillis(900);

    private TakeoverRules() {}

    static void apply(DashboardBuilder draft, Observation observation) {
        if (observation instanceof Observation.NodeAnswered answered) {
            note(draft, answered.member());
        }
        boolean changes = observation instanceof Observation.NodeAnswered
                || observation instanceof Observation.NodeFailed
                || observation instanceof Observation.ClusterAnswered;
        if (changes && isJudged(draft)) {
            judge(draft);
        }
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
                && Duration.between(before.get(before.size() - 2).at(), draft.at).compareTo(APART) < 0;
        Dashboard.Takeover kept = tooSoon
                ? new Dashboard.Takeover(draft.takeover.nobodySince(), before.subList(0, before.size() - 1))
                : draft.takeover;
        draft.takeover = kept.with(new Dashboard.Takeover.Position(draft.at, name, written.get()));
    }

    /** Whether it can be known who could take over: the leader leads, and nothing is changing. */
    private static boolean isJudged(DashboardBuilder draft) {
        return draft.failover.isEmpty()
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
        boolean before = draft.takeover.nobodySince().isPresent();
        if (nobody.isPresent() == before) {
            return;
        }
        draft.takeover = draft.takeover.withNobodySince(nobody.map(why -> draft.at));
        draft.event(
                nobody.isPresent() ? Event.Kind.NOBODY_CAN_TAKE_OVER : Event.Kind.TAKEOVER_POSSIBLE,
                nobody.map(why -> "nobody could take over from the leader: " + why)
                        .orElse("another member could take over from the leader again"));
    }
}
