package io.patop.docker;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one engine shows at one moment.
 *
 * @param engine the engine itself
 * @param services services of its swarm; if {@link #withoutServices} says why they cannot be seen, none or those
 *     that were seen last
 * @param tasks tasks of those services, with the addresses they have or had
 * @param containers containers on its own host, stopped ones included
 * @param withoutServices why no services can be seen, as text
 */
public record EngineView(
        EngineInfo engine,
        List<Service> services,
        List<Task> tasks,
        List<Container> containers,
        Optional<String> withoutServices) {
    private static final Comparator<Task> BY_AGE =
            Comparator.comparing(task -> task.at().orElse(Instant.MIN));

    public EngineView {
        services = List.copyOf(services);
        tasks = List.copyOf(tasks);
        containers = List.copyOf(containers);
    }

    /**
     * Returns this view with the services that were seen before, since services that cannot be seen now still exist.
     */
    public EngineView withServicesOf(EngineView earlier) {
        return new EngineView(engine, earlier.services, earlier.tasks, containers, withoutServices);
    }

    /** Returns whether its services cannot be seen for a while, though it is in a swarm and may be a manager. */
    public boolean hasLostServices() {
        return withoutServices.isPresent()
                && engine.swarm() != EngineInfo.Swarm.INACTIVE
                && engine.swarm() != EngineInfo.Swarm.WORKER;
    }

    /** Returns the service of this id or name. */
    public Optional<Service> service(String idOrName) {
        return services.stream()
                .filter(service ->
                        service.id().equals(idOrName) || service.name().equals(idOrName))
                .findFirst();
    }

    /** Returns the tasks of a service. */
    public List<Task> tasksOf(Service service) {
        return tasks.stream()
                .filter(task -> task.serviceId().equals(service.id()))
                .toList();
    }

    /** Returns the newest task of a service that has an error, unless a later task of its slot is well. */
    public Optional<Task> trouble(Service service) {
        return tasksOf(service).stream()
                .collect(Collectors.toMap(EngineView::place, Function.identity(), BinaryOperator.maxBy(BY_AGE)))
                .values()
                .stream()
                .filter(task -> !task.error().isEmpty())
                .max(BY_AGE);
    }

    /** Returns the place in which a task replaces its predecessor: its slot, or for a global service its node. */
    private static String place(Task task) {
        return task.slot().map(String::valueOf).orElse("on " + task.nodeId().orElse("no node"));
    }
}
