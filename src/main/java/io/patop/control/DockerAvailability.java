package io.patop.control;

import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DockerStatus;
import io.patop.watch.model.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides which actions on a member are available through Docker now, and why others are not. */
public final class DockerAvailability {

    private DockerAvailability() {}

    /** Scales the member's service to 0, or stops its container. */
    public static Availability stop(Dashboard dashboard, String member) {
        return onWorkload(dashboard, member, (view, workload) -> {
            if (workload.kind() == Workload.Kind.SERVICE) {
                return scale(view, workload, member, 0);
            }
            return onContainer(view, workload, member, Action.Verb.STOP, Container::isRunning, "does not run");
        });
    }

    /** Scales the member's service to 1, or starts its container. */
    public static Availability start(Dashboard dashboard, String member) {
        return onWorkload(dashboard, member, (view, workload) -> {
            if (workload.kind() == Workload.Kind.SERVICE) {
                return scale(view, workload, member, 1);
            }
            return onContainer(
                    view,
                    workload,
                    member,
                    Action.Verb.START,
                    container -> !container.isRunning() && !container.isPaused(),
                    "runs already");
        });
    }

    /** Kills, freezes or thaws the member's container, if that is on this host. */
    public static Availability onContainer(Dashboard dashboard, String member, Action.Verb verb) {
        return onWorkload(dashboard, member, (view, workload) -> verb(view, workload, member, verb));
    }

    /** Whether Docker can do that to the member's service or container. */
    static Availability offer(MemberOperation operation, String member, Dashboard dashboard) {
        return switch (operation) {
            case STOP -> stop(dashboard, member);
            case START -> start(dashboard, member);
            case KILL -> onContainer(dashboard, member, Action.Verb.KILL);
            case FREEZE -> onContainer(dashboard, member, Action.Verb.PAUSE);
            case THAW -> onContainer(dashboard, member, Action.Verb.UNPAUSE);
            case PARTITION, HEAL -> new Availability.Impossible("Docker has no verb for that");
        };
    }

    /** The member that runs in that service or container. */
    public static Optional<String> memberOf(Dashboard dashboard, String workload) {
        return dashboard.workloads().entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(workload))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private interface Making {
        Availability of(EngineView view, Workload workload);
    }

    private static Availability onWorkload(Dashboard dashboard, String member, Making making) {
        if (dashboard.docker() instanceof DockerStatus.Unasked) {
            return new Availability.Impossible("Docker has not been asked yet; nothing can be scaled from here");
        }
        if (dashboard.docker() instanceof DockerStatus.Silent silent) {
            return new Availability.Impossible(silent.failure().message());
        }
        EngineView view = dashboard.docker().view().orElseThrow();
        Workload workload = dashboard.workloads().get(member);
        if (workload == null) {
            return new Availability.Impossible(view.withoutServices()
                    .map(why -> "nothing of Docker's runs " + member + " here: " + why)
                    .orElse("no Docker service or container runs " + member));
        }
        return making.of(view, workload);
    }

    private static Availability scale(EngineView view, Workload workload, String member, int replicas) {
        if (view.withoutServices().isPresent()) {
            return new Availability.Impossible(
                    "services cannot be scaled now: " + view.withoutServices().get());
        }
        Optional<Service> service = view.service(workload.id());
        Optional<Integer> desired = service.flatMap(Service::desired);
        if (desired.isEmpty()) {
            return new Availability.Impossible("service " + workload.name() + " has no replicas to scale");
        }
        if (desired.get() == replicas) {
            return new Availability.Impossible("service " + workload.name() + " is at " + replicas + " already");
        }
        return new Availability.Possible(new Action.ScaleService(workload.name(), replicas, Optional.of(member)));
    }

    private static Availability verb(EngineView view, Workload workload, String member, Action.Verb verb) {
        boolean thaw = verb == Action.Verb.UNPAUSE;
        boolean frozen = workload.containerIn(view).filter(Container::isPaused).isPresent();
        return onContainer(
                view,
                workload,
                member,
                verb,
                container -> thaw ? container.isPaused() : container.isRunning(),
                thaw ? "is not frozen" : frozen ? "is frozen already" : "does not run");
    }

    private static Availability onContainer(
            EngineView view,
            Workload workload,
            String member,
            Action.Verb verb,
            Predicate<Container> fits,
            String otherwise) {
        Optional<Container> container = workload.containerIn(view);
        if (container.isEmpty()) {
            return new Availability.Impossible(member + " runs in no container on this host");
        }
        if (!fits.test(container.get())) {
            return new Availability.Impossible("container " + container.get().name() + " " + otherwise);
        }
        return new Availability.Possible(new Action.OnContainer(
                verb, container.get().id(), container.get().name(), Optional.of(member)));
    }
}
