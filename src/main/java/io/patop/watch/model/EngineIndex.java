package io.patop.watch.model;

import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An index of what a Docker Engine runs, by address and by the members' names that a service's or container's name
 * can stand for. It is built once and used for all members.
 */
public final class EngineIndex {

    /** Longest name that is split into parts: Docker's own names have 63 or 255 characters at most. */
    private static final int LONGEST_NAME = 255;

    private static final Pattern NUMBERED = Pattern.compile("(.*)-\\d+");

    private final Map<String, Set<Workload>> byAddress = new HashMap<>();
    private final Map<String, Workload> byName = new HashMap<>();
    private final Set<String> services = new HashSet<>();
    private final Set<String> containers = new HashSet<>();

    public EngineIndex(EngineView view) {
        Map<String, Service> byId = new HashMap<>();
        for (Service service : view.services()) {
            services.add(service.id());
            byId.putIfAbsent(service.id(), service);
            named(service.name(), Workload.of(service));
        }
        for (Task task : view.tasks()) {
            Service service = byId.get(task.serviceId());
            if (service != null && task.isCurrent()) {
                task.addresses().forEach(address -> at(address, Workload.of(service)));
            }
        }
        for (Container container : view.containers()) {
            containers.add(container.id());
            if (container.taskId().isEmpty()) {
                Workload workload = Workload.of(container);
                container.allAddresses().forEach(address -> at(address, workload));
                named(container.name(), workload);
                container.composeService().ifPresent(name -> byName.putIfAbsent(name, workload));
            }
        }
    }

    /**
     * The only workload at that address. An address that several share (the host's own, or loopback) finds nothing,
     * since a fault could hit the wrong one.
     */
    Optional<Workload> onlyOneAt(String address) {
        Set<Workload> all = byAddress.getOrDefault(address, Set.of());
        return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
    }

    /**
     * The workload of that member's name: {@code patroni_patroni1}, {@code db-patroni1-1} or plain {@code patroni1}
     * for the member {@code patroni1}.
     */
    public Optional<Workload> named(String member) {
        return Optional.ofNullable(byName.get(member));
    }

    /** Whether the engine still has this workload. */
    boolean has(Workload workload) {
        return (workload.kind() == Workload.Kind.SERVICE ? services : containers).contains(workload.id());
    }

    private void at(String address, Workload workload) {
        byAddress.computeIfAbsent(address, none -> new HashSet<>()).add(workload);
    }

    /**
     * Adds the workload under its name and the name's endings. The first of a name stays, so services come before
     * containers.
     */
    private void named(String name, Workload workload) {
        byName.putIfAbsent(name, workload);
        if (name.length() > LONGEST_NAME) {
            return;
        }
        parts(name, '_', workload);
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            parts(numbered.group(1), '-', workload);
        }
    }

    private void parts(String name, char separator, Workload workload) {
        for (int at = name.indexOf(separator); at >= 0; at = name.indexOf(separator, at + 1)) {
            byName.putIfAbsent(name.substring(at + 1), workload);
        }
    }
}
