package io.patop.docker;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one engine shows at one moment.
 *
 * @param engine itself
 * @param services of its swarm; empty where {@link #withoutServices} says why
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
    /** Copies the lists. */
    public EngineView {
        Objects.requireNonNull(engine, "engine");
        services = List.copyOf(services);
        tasks = List.copyOf(tasks);
        containers = List.copyOf(containers);
        Objects.requireNonNull(withoutServices, "withoutServices");
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

    /** The last task of a service to have failed, with its error; empty once a later one runs. */
    public Optional<Task> trouble(Service service) {
        return tasksOf(service).stream()
                .max(Comparator.comparing((Task task) -> task.at().orElse(Instant.MIN)))
                .filter(Task::hasFailed);
    }
}
