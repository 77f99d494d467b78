package io.patop.watch.rules;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Failover.SelfDemotion;
import io.patop.watch.model.LeaderHealth;
import io.patop.watch.model.WatchedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Rules on whether a leader gives up by itself. Patroni tells nobody who has ordered a switchover, and its history has
 * one reason for all changes of leader, so the reason is looked for in what the leader and {@code /cluster} say before
 * another member leads. A leader that runs well again has not given up.
 */
final class SelfDemotionRules {

    /** Longest time for which two nodes' views of the DCS differ. */
    private static final Duration OLD_VIEW = Duration.ofSeconds(2);

    private SelfDemotionRules() {}

    /** Notes why the leader, or the one that led until this observation, gives up by itself. */
    static void apply(DashboardBuilder draft) {
        Optional<WatchedMember> old = draft.earlierLeadership().leader().flatMap(draft::known);
        old.flatMap(member -> reason(draft, member))
                .ifPresent(why -> draft.leaderHealth = draft.leaderHealth.map(
                        health -> health.leader().equals(old.get().name()) ? health.selfDemoted(why) : health));
    }

    /** Why that leader gave up by itself, before another member led; empty if it did not. */
    static Optional<SelfDemotion> of(DashboardBuilder draft, String leader) {
        return draft.leaderHealth
                .filter(health -> health.leader().equals(leader))
                .or(() -> draft.earlierHealth().filter(health -> health.leader().equals(leader)))
                .flatMap(LeaderHealth::selfDemotion);
    }

    private static Optional<SelfDemotion> reason(DashboardBuilder draft, WatchedMember member) {
        Optional<NodeStatus> own = member.status();
        if (own.filter(said -> LeaderRules.leads(said) && said.state().isRunning())
                .isPresent()) {
            return Optional.empty();
        }
        if (draft.dcsOutage.isPresent()) {
            return Optional.of(SelfDemotion.DCS_LOST);
        }
        if (own.filter(SelfDemotionRules::failed).isPresent() || isListedCrashed(member)) {
            return Optional.of(SelfDemotion.POSTGRES_FAILED);
        }
        boolean expired = member.answers() && member.leftAt().isPresent();
        return expired || isContradicted(draft, member) ? Optional.of(SelfDemotion.CUT_OFF_FROM_DCS) : Optional.empty();
    }

    private static boolean failed(NodeStatus said) {
        return LeaderRules.leads(said)
                && switch (said.state().kind()) {
                    case CRASHED, STARTING, START_FAILED, RESTART_FAILED -> true;
                    default -> false;
                };
    }

    private static boolean isListedCrashed(WatchedMember member) {
        return member.isListed()
                && member.listed()
                        .map(Member::state)
                        .filter(state -> state.kind() == State.Kind.CRASHED)
                        .isPresent();
    }

    /** Whether the leader says that nobody leads, while others read in the DCS that it does. */
    private static boolean isContradicted(DashboardBuilder draft, WatchedMember member) {
        Optional<Instant> said = member.troubles().unlockedSince();
        return member.api() instanceof Api.Answering
                && draft.leadership.present().filter(member.name()::equals).isPresent()
                && draft.clusterApi instanceof Dashboard.ClusterApi.Answered answered
                && said.filter(since -> Duration.between(since, answered.at().minus(answered.took()))
                                        .compareTo(OLD_VIEW)
                                > 0)
                        .isPresent();
    }
}
