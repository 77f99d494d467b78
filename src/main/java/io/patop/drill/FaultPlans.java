package io.patop.drill;

import io.patop.control.Availability;
import io.patop.control.DockerAvailability;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import io.patop.watch.model.Workload;
import java.util.List;
import java.util.Optional;

/** Makes the plan of each fault, from the same actions that a person has, and the plan of undoing it. */
final class FaultPlans {

    private FaultPlans() {}

    /** The plan of the fault for that member at present. */
    static FaultPlan of(Fault fault, String member, Dashboard dashboard) {
        return switch (fault) {
            case STOP -> stop(member, dashboard);
            case KILL -> kill(member, dashboard);
            case CRASH -> onContainer(Action.Verb.KILL, member, dashboard, List.of());
            case FREEZE -> freeze(member, dashboard);
            case SWITCHOVER -> switchover(member, dashboard);
            case RESTART -> onPatroni(member, new PatroniCommand.Restart(member, false, Optional.empty()));
        };
    }

    /** The actions that start a killed member which nothing else starts again; empty if it runs or is being started. */
    static List<Action> revival(String member, Dashboard dashboard) {
        Optional<EngineView> view = dashboard.docker().view();
        Workload workload = dashboard.workloads().get(member);
        if (view.isEmpty() || workload == null) {
            return List.of();
        }
        if (workload.kind() == Workload.Kind.CONTAINER) {
            return DockerAvailability.start(dashboard, member) instanceof Availability.Possible possible
                    ? List.of(possible.action())
                    : List.of();
        }
        Optional<Service> service = view.get().service(workload.id());
        boolean current = service.stream()
                .flatMap(known -> view.get().tasksOf(known).stream())
                .anyMatch(Task::isCurrent);
        // A service at 1 whose task has ended for good must go through 0, since "scale to 1" would change nothing.
        return current ? List.of() : List.of(scale(workload, 0, member), scale(workload, replicas(service), member));
    }

    private static FaultPlan stop(String member, Dashboard dashboard) {
        Availability availability = DockerAvailability.stop(dashboard, member);
        if (!(availability instanceof Availability.Possible possible)) {
            return of(member, availability);
        }
        return new FaultPlan.Possible(
                member, List.of(possible.action()), List.of(opposite(possible.action(), dashboard)));
    }

    /** The plan of a kill. A service is scaled to 0 right after it, before Docker starts another task. */
    private static FaultPlan kill(String member, Dashboard dashboard) {
        Workload workload = dashboard.workloads().get(member);
        FaultPlan killed = onContainer(Action.Verb.KILL, member, dashboard, List.of());
        if (!(killed instanceof FaultPlan.Possible possible) || workload == null) {
            return killed;
        }
        Action kill = possible.orders().get(0);
        if (workload.kind() == Workload.Kind.CONTAINER) {
            return new FaultPlan.Possible(member, List.of(kill), List.of(opposite(kill, dashboard)));
        }
        return stop(member, dashboard) instanceof FaultPlan.Possible down
                ? new FaultPlan.Possible(member, List.of(kill, down.orders().get(0)), down.undo())
                : stop(member, dashboard);
    }

    private static FaultPlan freeze(String member, Dashboard dashboard) {
        FaultPlan frozen = onContainer(Action.Verb.PAUSE, member, dashboard, List.of());
        return frozen instanceof FaultPlan.Possible possible
                ? new FaultPlan.Possible(
                        member,
                        possible.orders(),
                        List.of(opposite(possible.orders().get(0), dashboard)))
                : frozen;
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

    private static FaultPlan onContainer(Action.Verb verb, String member, Dashboard dashboard, List<Action> undo) {
        Availability availability = DockerAvailability.onContainer(dashboard, member, verb);
        return availability instanceof Availability.Possible possible
                ? new FaultPlan.Possible(member, List.of(possible.action()), undo)
                : of(member, availability);
    }

    private static FaultPlan of(String member, Availability availability) {
        if (availability instanceof Availability.Possible possible) {
            return new FaultPlan.Possible(member, List.of(possible.action()), List.of());
        }
        return new FaultPlan.Impossible(((Availability.Impossible) availability).why());
    }

    private static Action opposite(Action broke, Dashboard dashboard) {
        if (broke instanceof Action.ScaleService scale) {
            Optional<Service> service = dashboard.docker().view().flatMap(view -> view.services().stream()
                    .filter(known -> known.name().equals(scale.service()))
                    .findFirst());
            return new Action.ScaleService(scale.service(), replicas(service), scale.member());
        }
        Action.OnContainer on = (Action.OnContainer) broke;
        Action.Verb back = on.verb() == Action.Verb.PAUSE ? Action.Verb.UNPAUSE : Action.Verb.START;
        return new Action.OnContainer(back, on.containerId(), on.containerName(), on.member());
    }

    private static int replicas(Optional<Service> service) {
        return Math.max(1, service.flatMap(Service::desired).orElse(1));
    }

    private static Action scale(Workload workload, int replicas, String member) {
        return new Action.ScaleService(workload.name(), replicas, Optional.of(member));
    }

    /** The shell command that does the same as the action, for when patop cannot. */
    static String command(Action action) {
        if (action instanceof Action.ScaleService scale) {
            return "docker service scale " + scale.service() + "=" + scale.replicas();
        }
        if (action instanceof Action.OnContainer on) {
            String verb =
                    switch (on.verb()) {
                        case STOP -> "stop";
                        case START -> "start";
                        case KILL -> "kill";
                        case PAUSE -> "pause";
                        case UNPAUSE -> "unpause";
                    };
            return "docker " + verb + " " + on.containerName();
        }
        return action.words();
    }
}
