package io.patop.drill;

import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what was taken away from the cluster and not put back. A drill that was killed leaves its service at 0, and
 * the remaining members look well without it.
 */
final class LeftBroken {

    private final EngineView view;
    private final Set<String> members = new HashSet<>();
    private final Set<Kin> kin = new HashSet<>();
    private final Set<String> projects = new HashSet<>();

    /** The properties that the services of one cluster's members share. */
    private record Kin(Optional<String> stack, String image, Set<String> networks) {
        static Kin of(Service service) {
            return new Kin(
                    service.stack(), service.image(), service.stack().isPresent() ? Set.of() : service.networkIds());
        }
    }

    private LeftBroken(Dashboard dashboard, EngineView view) {
        this.view = view;
        for (Workload workload : dashboard.workloads().values()) {
            members.add(workload.id());
            view.service(workload.id()).map(Kin::of).ifPresent(kin::add);
            view.containers().stream()
                    .filter(container -> container.id().equals(workload.id()))
                    .flatMap(container -> container.composeProject().stream())
                    .forEach(projects::add);
        }
    }

    /**
     * The services scaled to 0 and the frozen containers of the members' stack, each with the command that mends it.
     */
    static List<String> troubles(Dashboard dashboard) {
        return dashboard
                .docker()
                .view()
                .map(view -> new LeftBroken(dashboard, view).troubles())
                .orElse(List.of());
    }

    private List<String> troubles() {
        return Stream.concat(
                        view.services().stream().filter(this::isTakenAway).map(LeftBroken::text),
                        view.containers().stream().filter(this::isFrozen).map(LeftBroken::text))
                .toList();
    }

    /**
     * Whether the service is a member's, or like one: of the same stack and image, or, without a stack, of the same
     * image and networks.
     */
    private boolean isOurs(Service service) {
        return members.contains(service.id()) || kin.contains(Kin.of(service));
    }

    private boolean isTakenAway(Service service) {
        return isOurs(service) && service.desired().filter(count -> count == 0).isPresent();
    }

    private boolean isFrozen(Container container) {
        if (!container.isPaused()) {
            return false;
        }
        boolean ofTask = container
                .taskId()
                .flatMap(id -> view.tasks().stream()
                        .filter(task -> task.id().equals(id))
                        .findFirst())
                .flatMap(task -> view.service(task.serviceId()))
                .filter(this::isOurs)
                .isPresent();
        return ofTask
                || members.contains(container.id())
                || container.composeProject().filter(projects::contains).isPresent();
    }

    private static String text(Service service) {
        return "service " + service.name() + " is scaled to 0; "
                + new Action.ScaleService(service.name(), 1, Optional.empty()).shellCommand() + " brings it back";
    }

    private static String text(Container container) {
        return "container " + container.name() + " is frozen; "
                + new Action.OnContainer(Action.Verb.UNPAUSE, container.id(), container.name(), Optional.empty())
                        .shellCommand()
                + " thaws it";
    }
}
