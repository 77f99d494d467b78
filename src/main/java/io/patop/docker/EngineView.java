package io.patop.docker;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one engine shows at one moment.
 *
 * @param engine itself
 * @param services of its swarm; where {@link #withoutServices} says why they cannot be seen none, or those that
 *     were seen last
 * @param tasks of those services, with the addresses they have or had
 * @param containers on its own host, stopped ones too
 * @param withoutServices why there are no services to be seen, in words
 */
public record EngineView(
        EngineInfo engine,
        List<Service> services,
        List<Task> tasks,
        List<Container> containers,
        Optional<String> withoutServices) {
    private static final Comparator<Task> BY_AGE =
            Comparator.comparing(task -> task.at().orElse(Instant.MIN));

    /** Copies the lists. */
    public EngineView {
        Objects.requireNonNull(engine, "engine");
        services = List.copyOf(services);
        tasks = List.copyOf(tasks);
        containers = List.copyOf(containers);
        Objects.requireNonNull(withoutServices, "withoutServices");
    }

    /** The same, with the services that were seen before: what cannot be seen now is there all the same. */
    public EngineView withServicesOf(EngineView earlier) {
        return new EngineView(engine, earlier.services, earlier.tasks, containers, withoutServices);
    }

    /** Whether its services cannot be seen for a while, though it is in a swarm and may be a manager. */
    public boolean hasLostServices() {
        return withoutServices.isPresent()
                && engine.swarm() != EngineInfo.Swarm.INACTIVE
                && engine.swarm() != EngineInfo.Swarm.WORKER;
    }

    /** The service of that id or name. */
    public Optional<Service> service(String idOrName) {
        return services.stream()
                .filter(service ->
                        service.id().equals(idOrName) || service.name().equals(idOrName))
                .findFirst();
    }

    /** The tasks of a service. */
    public List<Task> tasksOf(Service service) {
        return tasks.stream()
                .filter(task -> task.serviceId().equals(service.id()))
                .toList();
    }

    /** The newest task of a service that has an error, unless a later one of its slot goes well. */
    public Optional<Task> trouble(Service service) {
        return tasksOf(service).stream()
                .collect(Collectors.toMap(EngineView::place, Function.identity(), BinaryOperator.maxBy(BY_AGE)))
                .values()
                .stream()
                .filter(task -> !task.error().isEmpty())
                .max(BY_AGE);
    }

    /** Where a task stands in for its predecessor: in its slot, or in a global service on its node. */
    private static String place(Task task) {
        return task.slot().map(String::valueOf).orElse("on " + task.nodeId().orElse("no node"));
    }
}
