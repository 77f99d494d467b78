package io.patop.drill;

import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the plan of each fault, from the same actions that a person has, and the plan of undoing it. */
public final class FaultPlans {

    private FaultPlans() {}

    /** The plan of the fault, or of all that are caused together, for that member at present. */
    public static FaultPlan of(PlannedFault fault, String member, Dashboard dashboard, FaultInjector injector) {
        return fault instanceof Fault one
                ? of(one, member, dashboard, injector)
                : together(fault.parts(), member, dashboard, injector);
    }

    /**
     * The plan of several faults. What goes by Docker's own verbs is done last, since nothing can be broken in a frozen
     * container any more, and undone first.
     */
    private static FaultPlan together(List<Fault> faults, String member, Dashboard dashboard, FaultInjector injector) {
        List<Action> orders = new ArrayList<>();
        List<Action> undo = new ArrayList<>();
        List<Fault> inOrder = faults.stream()
                .sorted(Comparator.comparing(fault -> fault.injected().isEmpty()))
                .toList();
        for (Fault fault : inOrder) {
            FaultPlan plan = of(fault, member, dashboard, injector);
            if (!(plan instanceof FaultPlan.Possible possible)) {
                return plan;
            }
            orders.addAll(possible.orders());
            undo.addAll(0, possible.undo());
        }
        return new FaultPlan.Possible(member, orders, undo.stream().distinct().toList());
    }

    private static FaultPlan of(Fault fault, String member, Dashboard dashboard, FaultInjector injector) {
        return switch (fault) {
            case STOP -> onMember(MemberOperation.STOP, member, dashboard, injector);
            case KILL -> kill(member, dashboard, injector);
            case CRASH -> crash(member, dashboard, injector);
            case FREEZE -> onMember(MemberOperation.FREEZE, member, dashboard, injector);
            case SWITCHOVER -> switchover(member, dashboard);
            case RESTART -> onPatroni(member, new PatroniCommand.Restart(member, false, Optional.empty()));
            default -> injected(fault.injected().orElseThrow(), member, dashboard, injector);
        };
    }

    /** The plan of a fault that is injected: the injector knows how it is undone. */
    private static FaultPlan injected(InjectedFault fault, String member, Dashboard dashboard, FaultInjector injector) {
        Optional<String> target = fault.on() == InjectedFault.On.MEMBER ? Optional.of(member) : Optional.empty();
        Availability availability = injector.offer(fault, target, dashboard);
        return availability
                .offer()
                .<FaultPlan>map(action -> new FaultPlan.Possible(
                        member, List.of(action), injector.undo(action).stream().toList()))
                .orElseGet(() -> new FaultPlan.Impossible(
                        fault.word() + ": " + availability.hindrance().orElse("")));
    }

    /** The actions that start a killed member which nothing else starts again; empty if it runs or is being started. */
    static List<Action> revival(String member, Dashboard dashboard, FaultInjector injector) {
        if (injector.runMembers(dashboard).isPresent()) {
            return injector.offer(MemberOperation.START, member, dashboard).offer().stream()
                    .toList();
        }
        Optional<EngineView> view = dashboard.docker().view();
        Workload workload = dashboard.workloads().get(member);
        if (view.isEmpty() || workload == null) {
            return List.of();
        }
        if (workload.kind() == Workload.Kind.CONTAINER) {
            return injector.offer(MemberOperation.START, member, dashboard).offer().stream()
                    .toList();
        }
        Optional<Service> service = view.get().service(workload.id());
        boolean current = service.stream()
                .flatMap(known -> view.get().tasksOf(known).stream())
                .anyMatch(Task::isCurrent);
        // A service at 1 whose task has ended for good must go through 0, since "scale to 1" would change nothing.
        return current ? List.of() : List.of(scale(workload, 0, member), scale(workload, replicas(service), member));
    }

    private static FaultPlan onMember(
            MemberOperation operation, String member, Dashboard dashboard, FaultInjector injector) {
        return plan(member, injector.offer(operation, member, dashboard), new Undo(dashboard, injector));
    }

    /** Left as it is: whatever runs it starts it again. */
    private static FaultPlan crash(String member, Dashboard dashboard, FaultInjector injector) {
        FaultPlan plan = onMember(MemberOperation.KILL, member, dashboard, injector);
        return plan.possible()
                .<FaultPlan>map(killed -> new FaultPlan.Possible(member, killed.orders(), List.of()))
                .orElse(plan);
    }

    /** The plan of a kill, after which the member is kept down, before whatever runs it starts it again. */
    private static FaultPlan kill(String member, Dashboard dashboard, FaultInjector injector) {
        FaultPlan killed = onMember(MemberOperation.KILL, member, dashboard, injector);
        Optional<Availability> keptDown = injector.keepDown(member, dashboard);
        if (killed.possible().isEmpty() || keptDown.isEmpty()) {
            return killed;
        }
        Action kill = killed.possible().get().orders().get(0);
        FaultPlan stopped = plan(member, keptDown.get(), new Undo(dashboard, injector));
        return stopped.possible()
                .<FaultPlan>map(down -> new FaultPlan.Possible(
                        member, List.of(kill, down.orders().get(0)), down.undo()))
                .orElse(stopped);
    }

    /**
     * The plan of a switchover: from the leader to the member that Patroni chooses, or, if aimed at another member,
     * to that one.
     */
    private static FaultPlan switchover(String member, Dashboard dashboard) {
        Optional<String> leader = dashboard.leadership().present();
        if (leader.isEmpty()) {
            return new FaultPlan.Impossible("nobody leads, so that nobody can hand over");
        }
        Optional<String> candidate = leader.filter(member::equals).isPresent() ? Optional.empty() : Optional.of(member);
        return onPatroni(leader.get(), new PatroniCommand.Switchover(leader.get(), candidate, Optional.empty()));
    }

    private static FaultPlan onPatroni(String member, PatroniCommand order) {
        return new FaultPlan.Possible(member, List.of(new Action.OnPatroni(order)), List.of());
    }

    private static FaultPlan plan(String member, Availability availability, Undo undo) {
        return availability
                .offer()
                .<FaultPlan>map(broken -> new FaultPlan.Possible(member, List.of(broken), broken.choose(undo)))
                .orElseGet(
                        () -> new FaultPlan.Impossible(availability.hindrance().orElse("")));
    }

    /** What puts it right again. A drill leaves nothing broken that Docker did not break. */
    private record Undo(Dashboard dashboard, FaultInjector injector) implements Action.Cases<List<Action>> {

        @Override
        public List<Action> scaleService(Action.ScaleService action) {
            Optional<Service> service = dashboard.docker().view().flatMap(view -> view.services().stream()
                    .filter(known -> known.name().equals(action.service()))
                    .findFirst());
            return List.of(new Action.ScaleService(action.service(), replicas(service), action.member()));
        }

        @Override
        public List<Action> onContainer(Action.OnContainer action) {
            Action.Verb back = action.verb() == Action.Verb.PAUSE ? Action.Verb.UNPAUSE : Action.Verb.START;
            return List.of(new Action.OnContainer(back, action.containerId(), action.containerName(), action.member()));
        }

        @Override
        public List<Action> onMember(Action.OnMember action) {
            return injector.undo(action).stream().toList();
        }

        @Override
        public List<Action> simulate(Action.Simulate action) {
            return List.of();
        }

        @Override
        public List<Action> inject(Action.Inject action) {
            return List.of();
        }

        @Override
        public List<Action> mend(Action.Mend action) {
            return List.of();
        }

        @Override
        public List<Action> onPatroni(Action.OnPatroni action) {
            return List.of();
        }

        @Override
        public List<Action> onProxy(Action.OnProxy action) {
            return List.of();
        }

        @Override
        public List<Action> startDrill(Action.StartDrill action) {
            return List.of();
        }

        @Override
        public List<Action> stopDrill(Action.StopDrill action) {
            return List.of();
        }
    }

    private static int replicas(Optional<Service> service) {
        return Math.max(1, service.flatMap(Service::desired).orElse(1));
    }

    private static Action scale(Workload workload, int replicas, String member) {
        return new Action.ScaleService(workload.name(), replicas, Optional.of(member));
    }
}
