package io.patop.control;

import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Breaks a cluster's members and mends them: whole members by Docker, unless the cluster's entry in the configuration
 * file names other means, and by faults beyond Docker's own verbs.
 */
public interface FaultInjector extends AutoCloseable {

    /** The injector where there is nothing but Docker's own verbs. */
    FaultInjector NONE = new FaultInjector() {
        @Override
        public Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard) {
            return new Availability.Impossible("nothing here can cause it");
        }

        @Override
        public Optional<Action> undo(Action injected) {
            return Optional.empty();
        }

        @Override
        public List<Action> mending(Optional<String> member) {
            return List.of();
        }

        @Override
        public List<Lever<?>> levers() {
            return List.of();
        }
    };

    /**
     * Whether the fault can be caused now, as far as can be said without asking anybody.
     *
     * @param target the member; of a fault of the DCS or the proxy the name of its service or container, if there are
     *     several
     */
    Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard);

    /** The names to choose a target from where a fault of the DCS or the proxy may have several; empty if it has not. */
    default List<String> choices(InjectedFault fault, Dashboard dashboard) {
        return List.of();
    }

    /** Whether that can be done to a whole member now. */
    default Availability offer(MemberOperation operation, String member, Dashboard dashboard) {
        return DockerAvailability.offer(operation, member, dashboard);
    }

    /** Whether the present leader can be stopped. */
    default Availability stopLeader(Dashboard dashboard) {
        return dashboard
                .leadership()
                .present()
                .map(leader -> offer(MemberOperation.STOP, leader, dashboard))
                .orElseGet(() -> new Availability.Impossible(
                        dashboard.leadership().leader().isEmpty()
                                        && dashboard.leadership().lockFree().isEmpty()
                                ? "who leads has not been seen yet"
                                : "nobody leads at present, so there is no leader to kill"));
    }

    /** All that can be done to a whole member now. */
    default List<Action> onMember(String member, Dashboard dashboard) {
        return Stream.of(
                        MemberOperation.STOP,
                        MemberOperation.START,
                        MemberOperation.KILL,
                        MemberOperation.FREEZE,
                        MemberOperation.THAW)
                .flatMap(operation -> offer(operation, member, dashboard).offer().stream())
                .toList();
    }

    /**
     * What keeps a killed member down, where whatever runs it would start it again: a service is scaled to 0. Empty
     * where nothing is needed.
     */
    default Optional<Availability> keepDown(String member, Dashboard dashboard) {
        return Optional.ofNullable(dashboard.workloads().get(member))
                        .filter(workload -> workload.kind() == Workload.Kind.CONTAINER)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(offer(MemberOperation.STOP, member, dashboard));
    }

    /** Whether anything keeps a killed member down until it is started on purpose. */
    default boolean canKeepKilledDown() {
        return true;
    }

    /** Strikes out of the journal what the dashboard shows to be mended; called when a session ends. */
    default void settle(Dashboard dashboard) {}

    /** How the members are run, where something else than Docker runs them; empty where that is Docker. */
    default Optional<RunMembers> runMembers(Dashboard dashboard) {
        return Optional.empty();
    }

    /** The action that undoes one that was offered; empty if it needs none. */
    Optional<Action> undo(Action injected);

    /** The actions that mend what is broken now at that member and in the cluster as a whole. */
    List<Action> mending(Optional<String> member);

    /** Returns the levers that do its actions. */
    List<Lever<?>> levers();

    /** The actions that mend what an earlier patop left broken. */
    default List<Action> abandoned() {
        return List.of();
    }

    /** All that can be done now to that member and to the cluster as a whole; what mends comes first. */
    default List<Action> actions(Optional<String> member, Dashboard dashboard) {
        Stream<Action> breaking = Arrays.stream(InjectedFault.values())
                .filter(fault -> fault.on() != InjectedFault.On.MEMBER || member.isPresent())
                .flatMap(fault -> targets(fault, member, dashboard).map(target -> offer(fault, target, dashboard)))
                .flatMap(availability -> availability.offer().stream());
        return Stream.concat(mending(member).stream(), breaking).toList();
    }

    private Stream<Optional<String>> targets(InjectedFault fault, Optional<String> member, Dashboard dashboard) {
        if (fault.on() == InjectedFault.On.MEMBER) {
            return Stream.of(member);
        }
        List<String> choices = choices(fault, dashboard);
        return choices.isEmpty()
                ? Stream.of(Optional.empty())
                : choices.stream().map(Optional::of);
    }

    /** Undoes all that this process has caused and not undone; waits for that, for a bounded time. */
    @Override
    default void close() {}
}
