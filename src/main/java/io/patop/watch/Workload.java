package io.patop.watch;

import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Docker runs a member in: the service or container that a fault is aimed at.
 *
 * @param kind which of the two
 * @param id of the service or container
 * @param name of the service or container
 */
public record Workload(Kind kind, String id, String name) {

    /** A service can be scaled; a container can be stopped, killed and frozen. */
    public enum Kind {
        SERVICE,
        CONTAINER
    }

    /** Checks that all parts are there. */
    public Workload {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }

    /**
     * Finds what runs the member: by the address that the member published, which no other can have at the
     * same time; else what was found before, since a service at 0 has no address; else by name.
     *
     * @param answers whether the member's own API answers: the address of a silent one may have passed to
     *     another, so that it proves nothing once the member is known, and little where its name tells
     */
    static Optional<Workload> of(Member member, EngineView view, Map<String, Workload> known, boolean answers) {
        Optional<String> host = member.address()
                .map(PostgresAddress::host)
                .filter(address -> answers || !known.containsKey(member.name()));
        Optional<Workload> byAddress = host.flatMap(address -> onlyOneAt(view, address));
        Optional<Workload> byName = byName(view, member.name());
        return (answers ? byAddress : Optional.<Workload>empty())
                .or(() -> Optional.ofNullable(known.get(member.name())).filter(before -> before.isIn(view)))
                .or(() -> byName)
                .or(() -> byAddress);
    }

    /** Whether the engine still has it. */
    boolean isIn(EngineView view) {
        return kind == Kind.SERVICE
                ? view.services().stream().anyMatch(service -> service.id().equals(id))
                : view.containers().stream()
                        .anyMatch(container -> container.id().equals(id));
    }

    /** The container itself, or the one of the service's running task, if it is on this engine's host. */
    Optional<Container> containerIn(EngineView view) {
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

    /**
     * What has that address. An address that several have (the host's own, or loopback) tells nothing: a
     * fault would be aimed at the wrong one.
     */
    private static Optional<Workload> onlyOneAt(EngineView view, String address) {
        Set<Workload> all = new HashSet<>();
        view.tasks().stream()
                .filter(Task::isCurrent)
                .filter(task -> task.addresses().contains(address))
                .flatMap(task -> view.service(task.serviceId()).stream())
                .forEach(service -> all.add(of(service)));
        view.containers().stream()
                .filter(container -> container.taskId().isEmpty() && container.hasAddress(address))
                .forEach(container -> all.add(of(container)));
        return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
    }

    /** {@code patroni_patroni1}, {@code db-patroni1-1} or plain {@code patroni1} for the member {@code patroni1}. */
    private static Optional<Workload> byName(EngineView view, String member) {
        return view.services().stream()
                .filter(service -> isNamed(service.name(), member))
                .findFirst()
                .map(Workload::of)
                .or(() -> view.containers().stream()
                        .filter(container -> container.taskId().isEmpty())
                        .filter(container -> isNamed(container.name(), member)
                                || container
                                        .composeService()
                                        .filter(member::equals)
                                        .isPresent())
                        .findFirst()
                        .map(Workload::of));
    }

    private static boolean isNamed(String name, String member) {
        return name.equals(member)
                || name.endsWith("_" + member)
                || name.matches(".*-" + Pattern.quote(member) + "-\\d+");
    }

    private static Workload of(Service service) {
        return new Workload(Kind.SERVICE, service.id(), service.name());
    }

    private static Workload of(Container container) {
        return new Workload(Kind.CONTAINER, container.id(), container.name());
    }
}
