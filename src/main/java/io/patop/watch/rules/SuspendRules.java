package io.patop.watch.rules;

import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DockerStatus;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.MonitoringGap;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.WatchedProxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rules for a monitoring gap: everything known is old, no duration is measured across the gap, and a change that is
 * found after it is not reported as having just happened.
 */
final class SuspendRules {

    private SuspendRules() {}

    static void notWatched(DashboardBuilder draft, Observation.NotWatched gap) {
        MonitoringGap unwatched = new MonitoringGap(gap.since().isAfter(gap.at()) ? gap.at() : gap.since(), gap.at());
        draft.unwatched = Optional.of(unwatched);
        draft.event(
                Event.Kind.NOT_WATCHED,
                Optional.empty(),
                "NOT WATCHED until now: patop was stopped, or its machine slept, or its clock was set; what happened meanwhile is"
                        + " not known",
                Optional.of(unwatched.lasted()));
        draft.failover.ifPresent(running -> draft.end(running.ended(unwatched.since(), Failover.Outcome.UNWATCHED)));
        for (WatchedMember member : draft.members()) {
            draft.put(member.withApi(member.api().unwatched()));
        }
        for (WatchedProxy proxy : draft.proxies()) {
            draft.put(proxy.withStatus(proxy.status().unwatched()).withDisagreements(List.of()));
        }
        draft.leadership = draft.leadership.unwatched(gap.at());
        draft.leaderHealth = Optional.empty();
        draft.dcsOutage = draft.dcsOutage.map(outage -> outage.unwatched(gap.at()));
        if (draft.clusterApi instanceof Dashboard.ClusterApi.Failing failing) {
            draft.clusterApi = new Dashboard.ClusterApi.Failing(
                    gap.at(),
                    failing.failure(),
                    failing.via(),
                    failing.lastAnsweredAt(),
                    failing.dcsLost(),
                    failing.dcsBackAt());
        }
        if (draft.docker instanceof DockerStatus.Silent silent) {
            draft.docker = new DockerStatus.Silent(gap.at(), silent.failure(), silent.before());
        }
        draft.probe = draft.probe.map(probe -> probe.unwatched(unwatched));
    }

    static void clockSet(DashboardBuilder draft, Observation.ClockSet set) {
        boolean back = set.ahead().compareTo(Duration.ofSeconds(2)) > 0;
        draft.event(
                Event.Kind.CLOCK_SET,
                back
                        ? "this machine's clock was set back: times told here are " + DurationText.text(set.ahead())
                                + " ahead of it, so that none goes back, until patop is started again"
                        : "this machine's clock agrees with the times told here again");
    }

    /**
     * Whether the leadership is still the one from before a monitoring gap, because no answer of {@code /cluster} has
     * come since.
     */
    static boolean leadershipIsOld(DashboardBuilder draft) {
        return draft.unwatched
                .filter(gap -> draft.clusterApi
                        .lastAnswer()
                        .filter(at -> !at.isBefore(gap.until()))
                        .isEmpty())
                .isPresent();
    }
}
