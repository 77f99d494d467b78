package io.patop.control;

import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Causes faults beyond Docker's own verbs, and undoes them. */
public interface FaultInjector extends AutoCloseable {

    /** The injector where there is nothing to cause faults by. */
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
