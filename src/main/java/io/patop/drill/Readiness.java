package io.patop.drill;

import io.patop.cluster.Member;
import io.patop.control.FaultInjector;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import io.patop.watch.model.Outage;
import io.patop.watch.model.ProbeStatus;
import io.patop.watch.model.WatchedMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides whether a drill may start: the cluster is whole, every fault can be done and undone, and the probe can
 * write.
 */
public final class Readiness {

    private Readiness() {}

    /** The reasons why the plan cannot start now, one line each, the worst first; empty if it can. */
    public static List<String> troubles(DrillPlan plan, Dashboard dashboard) {
        return troubles(plan, dashboard, FaultInjector.NONE);
    }

    /** Checks a plan that may have faults of that injector. */
    public static List<String> troubles(DrillPlan plan, Dashboard dashboard, FaultInjector injector) {
        List<String> troubles = new ArrayList<>(troubles(dashboard, members(dashboard)));
        if (troubles.isEmpty()) {
            troubles.addAll(means(plan, dashboard, injector));
        }
        troubles.addAll(probe(dashboard));
        return troubles;
    }

    /** The reasons why the cluster is not whole, one line each, the worst first; empty if it is. */
    public static List<String> troubles(Dashboard dashboard, Collection<String> expected) {
        List<String> troubles = new ArrayList<>(Health.troubles(dashboard, expected));
        troubles.addAll(LeftBroken.troubles(dashboard));
        return troubles;
    }

    /** The names of the listed members. */
    public static NavigableSet<String> members(Dashboard dashboard) {
        NavigableSet<String> members = new TreeSet<>();
        dashboard.members().values().stream()
                .filter(WatchedMember::isListed)
                .map(WatchedMember::name)
                .forEach(members::add);
        return members;
    }

    /** The reasons why writes cannot be measured now; empty if they can. */
    static List<String> probe(Dashboard dashboard) {
        Optional<ProbeStatus> probe = dashboard.probe();
        if (probe.isEmpty()) {
            return List.of(dashboard.events().stream()
                    .filter(event -> event.kind() == Event.Kind.PROBE_FAILED)
                    .map(Event::text)
                    .reduce((earlier, later) -> later)
                    .orElse("no write probe runs, so that no outage could be measured"));
        }
        Optional<ProbeStatus.End> end = probe.get().end();
        if (end.isPresent()) {
            return List.of(end.get().why().map(failure -> failure.message()).orElse("the write probe has ended"));
        }
        Optional<Outage> outage = probe.get().writes().outage();
        if (outage.isPresent()) {
            return List.of("the write probe cannot write: " + outage.get().cause());
        }
        return probe.get().writes().lastAcknowledged().isPresent()
                ? List.of()
                : List.of("the write probe has had no write acknowledged yet");
    }

    private static List<String> means(DrillPlan plan, Dashboard dashboard, FaultInjector injector) {
        NavigableSet<String> members = members(dashboard);
        if (members.size() < 2) {
            return List.of("there is only one member: nobody could take over");
        }
        if (members.stream().noneMatch(name -> mayLead(dashboard, name))) {
            return List.of("no replica may take over: all have the tag nofailover");
        }
        List<String> troubles = new ArrayList<>();
        for (DrillPlan.Turn turn : plan.turns(members)) {
            for (String member : hit(turn, plan, dashboard, members)) {
                FaultPlans.of(turn.fault(), member, dashboard, injector)
                        .hindrance()
                        .filter(why -> !troubles.contains(why))
                        .ifPresent(troubles::add);
            }
            targetTrouble(turn, dashboard, members)
                    .filter(trouble -> !troubles.contains(trouble))
                    .ifPresent(troubles::add);
        }
        return troubles;
    }

    private static boolean mayLead(Dashboard dashboard, String name) {
        return !dashboard.leadership().isLeader(name)
                && dashboard
                        .member(name)
                        .flatMap(WatchedMember::listed)
                        .map(Member::tags)
                        .filter(tags -> !tags.has("nofailover"))
                        .isPresent();
    }

    /** The members that a run may hit. After the first run any member may lead. */
    private static Collection<String> hit(
            DrillPlan.Turn turn, DrillPlan plan, Dashboard dashboard, NavigableSet<String> members) {
        boolean first = turn.number() == 1;
        boolean alone = plan.turns(members).size() == 1;
        if (turn.target() instanceof Target.Named || first || alone) {
            return turn.target().present(dashboard).stream().toList();
        }
        return members;
    }

    private static Optional<String> targetTrouble(
            DrillPlan.Turn turn, Dashboard dashboard, NavigableSet<String> members) {
        return turn.target().present(dashboard).isPresent()
                ? Optional.empty()
                : Optional.of(turn.target().missing(members));
    }
}
