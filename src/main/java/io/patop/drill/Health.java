package io.patop.drill;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Timeline;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Failover;
import io.patop.watch.model.WatchedMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a cluster is whole: it has a leader, all members run and stream on its timeline, and no change is
 * under way.
 */
final class Health {

    private Health() {}

    /**
     * The reasons why the cluster is not whole, the worst first; empty if it is.
     *
     * @param expected the members that must be present
     */
    static List<String> troubles(Dashboard dashboard, Collection<String> expected) {
        List<String> troubles = new ArrayList<>();
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Failing failing) {
            troubles.add(
                    failing.dcsLost()
                            ? "the DCS cannot be read"
                            : "no member answers /cluster: " + failing.failure().message());
        }
        if (dashboard.clusterApi() instanceof Dashboard.ClusterApi.Unasked) {
            troubles.add("the cluster has not answered yet");
        }
        if (dashboard.leadership().rivals().isPresent()) {
            troubles.add("two members run as primary");
        }
        Optional<String> leader = dashboard.leadership().present();
        if (leader.isEmpty()) {
            troubles.add("nobody leads");
        }
        if (dashboard.paused()) {
            troubles.add("maintenance mode is on, so that nothing fails over (patronictl resume ends it)");
        }
        dashboard
                .scheduledSwitchover()
                .ifPresent(due -> troubles.add(
                        "a switchover is scheduled at " + due.at().text() + " (patronictl flush calls it off)"));
        dashboard.failover().map(Health::underWay).ifPresent(troubles::add);
        for (String name : expected) {
            dashboard
                    .member(name)
                    .map(member -> trouble(dashboard, member))
                    .orElse(Optional.of(name + " is not in the cluster"))
                    .ifPresent(troubles::add);
        }
        return troubles;
    }

    private static String underWay(Failover failover) {
        return failover.isServed()
                ? failover.oldLeader() + " is not back from the last "
                        + failover.outcome().text()
                : "a " + failover.outcome().text() + " of " + failover.oldLeader() + " is under way";
    }

    private static Optional<String> trouble(Dashboard dashboard, WatchedMember member) {
        String name = member.name();
        if (!member.isListed()) {
            return Optional.of(name + " is not in /cluster");
        }
        Member listed = member.listed().orElseThrow();
        Optional<NodeStatus> status = member.status();
        if (member.isSilent()) {
            return Optional.of(name + ": its REST API does not answer");
        }
        if (status.isEmpty()) {
            return Optional.of(name + ": its REST API has not answered yet");
        }
        if (!listed.state().isRunning() || !status.get().state().isRunning()) {
            String state = listed.state().isRunning()
                    ? status.get().state().word()
                    : listed.state().word();
            return Optional.of(name + " is " + (state.isEmpty() ? "of unknown state" : state));
        }
        return dashboard.leadership().isLeader(name)
                ? leading(dashboard, name, status.get())
                : following(dashboard, listed, status.get());
    }

    private static Optional<String> leading(Dashboard dashboard, String name, NodeStatus status) {
        boolean primary = status.role().isPrimary() || status.role().leads();
        return primary && !dashboard.leadership().promotionDue()
                ? Optional.empty()
                : Optional.of(name + " holds the leader key and does not run as primary");
    }

    private static Optional<String> following(Dashboard dashboard, Member listed, NodeStatus status) {
        String name = listed.name();
        Optional<Timeline> leads = dashboard.leadership().timeline();
        Optional<Timeline> own = status.timeline().or(listed::timeline);
        if (leads.isPresent() && own.isPresent() && !own.equals(leads)) {
            return Optional.of(name + " is on timeline " + own.get() + ", the leader on " + leads.get());
        }
        boolean streams = dashboard.members().values().stream()
                .flatMap(other -> other.status().stream())
                .anyMatch(other -> other.streamsTo(name));
        if (!streams && !listed.tags().has("nostream")) {
            return Optional.of(name + " does not stream from the leader");
        }
        return switch (dashboard.member(name).orElseThrow().standing()) {
            case BEHIND, LAGGING -> Optional.of(name + " lags behind the leader");
            default -> Optional.empty();
        };
    }
}
