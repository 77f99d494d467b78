package io.patop.watch.model;

import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import java.util.Map;
import java.util.Optional;

/**
 * The service or container that a member runs in, and that a fault is aimed at.
 *
 * @param kind service or container
 * @param id of the service or container
 * @param name of the service or container
 */
public record Workload(Kind kind, String id, String name) {

    /** The kinds of workload. A service can be scaled; a container can be stopped, killed and frozen. */
    public enum Kind {
        SERVICE,
        CONTAINER
    }

    /**
     * Finds the workload of a member: by the address that the member published, which no other can have at the same
     * time; else by what was found before, since a service at 0 has no address; else by name.
     *
     * @param answers whether the member's own API answers. A silent member's address may have passed to another, so
     *     it proves nothing once the member's workload is known, and little if a name matches
     */
    public static Optional<Workload> of(
            Member member, EngineIndex engine, Map<String, Workload> known, boolean answers) {
        Optional<String> host = member.address()
                .map(PostgresAddress::host)
                .filter(address -> answers || !known.containsKey(member.name()));
        Optional<Workload> byAddress = host.flatMap(engine::onlyOneAt);
        return (answers ? byAddress : Optional.<Workload>empty())
                .or(() -> Optional.ofNullable(known.get(member.name())).filter(engine::has))
                .or(() -> engine.named(member.name()))
                .or(() -> byAddress);
    }

    /** The container itself, or the container of the service's running task, if it is on this engine's host. */
    public Optional<Container> containerIn(EngineView view) {
        if (kind == Kind.CONTAINER) {
            return view.containers().stream()
                    .filter(container -> container.id().equals(id))
                    .findFirst();
        }
        return view.service(id).stream()
                .flatMap(service -> view.tasksOf(service).stream())
                .filter(Task::isCurrent)
                .flatMap(task -> view.containers().stream()
                        .filter(container ->
                                container.taskId().filter(task.id()::equals).isPresent()))
                .findFirst();
    }

    static Workload of(Service service) {
        return new Workload(Kind.SERVICE, service.id(), service.name());
    }

    static Workload of(Container container) {
        return new Workload(Kind.CONTAINER, container.id(), container.name());
    }
}
