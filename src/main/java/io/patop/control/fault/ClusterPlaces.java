package io.patop.control.fault;

import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import io.patop.watch.model.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a cluster's members, DCS and proxies run, as one engine shows it. The DCS and the proxies are known by their
 * names, among what shares a network with the members.
 */
final class ClusterPlaces {

    private static final Pattern DCS = Pattern.compile("etcd|consul|zookeeper|(^|[^a-z])zk");
    private static final Pattern PROXY = Pattern.compile("haproxy");

    private final Dashboard dashboard;
    private final EngineView view;

    ClusterPlaces(Dashboard dashboard, EngineView view) {
        this.dashboard = dashboard;
        this.view = view;
    }

    /** The running container of a member on this engine's host. */
    Optional<Container> containerOf(String member) {
        return Optional.ofNullable(dashboard.workloads().get(member))
                .flatMap(workload -> workload.containerIn(view))
                .filter(Container::isRunning);
    }

    /** The addresses of the other members. */
    List<String> others(String member) {
        Set<String> addresses = new TreeSet<>();
        for (WatchedMember other : dashboard.members().values()) {
            if (!other.name().equals(member)) {
                addresses.addAll(addressesOf(other));
            }
        }
        return List.copyOf(addresses);
    }

    /** The addresses of the DCS. */
    List<String> dcsAddresses() {
        return dcs().stream()
                .flatMap(place -> place.addresses().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The members of the DCS, in the order of their names. */
    List<Action.Inject.Place> dcs() {
        return named(DCS);
    }

    /** The proxies, in the order of their names. */
    List<Action.Inject.Place> proxies() {
        return named(PROXY);
    }

    private Set<String> addressesOf(WatchedMember member) {
        Set<String> addresses = new HashSet<>();
        member.listed().flatMap(Member::address).map(PostgresAddress::host).ifPresent(addresses::add);
        Workload workload = dashboard.workloads().get(member.name());
        if (workload != null) {
            workload.containerIn(view).ifPresent(container -> addresses.addAll(container.allAddresses()));
            view.service(workload.id()).ifPresent(service -> addresses.addAll(addresses(service)));
        }
        return addresses;
    }

    private List<Action.Inject.Place> named(Pattern name) {
        List<Action.Inject.Place> places = new ArrayList<>();
        Set<String> networks = networks();
        for (Service service : view.services()) {
            if (fits(name, plainName(service))
                    && !isMembers(service.id())
                    && service.networkIds().stream().anyMatch(networks::contains)) {
                places.add(place(service));
            }
        }
        for (Container container : view.containers()) {
            if (container.taskId().isEmpty()
                    && !isMembers(container.id())
                    && fits(name, container.composeService().orElse(container.name()))
                    && container.networks().stream().anyMatch(networks::contains)) {
                places.add(new Action.Inject.Place(
                        container.id(), container.name(), Optional.empty(), 1, List.copyOf(container.allAddresses())));
            }
        }
        return places.stream()
                .sorted((one, other) -> one.container().compareTo(other.container()))
                .toList();
    }

    /** The service's name without that of its stack, which says nothing about the service. */
    private static String plainName(Service service) {
        return service.stack()
                .filter(stack -> service.name().startsWith(stack + "_"))
                .map(stack -> service.name().substring(stack.length() + 1))
                .orElse(service.name());
    }

    private boolean isMembers(String id) {
        return dashboard.workloads().values().stream()
                .anyMatch(workload -> workload.id().equals(id));
    }

    private Action.Inject.Place place(Service service) {
        Optional<Container> container = view.tasksOf(service).stream()
                .filter(Task::isRunning)
                .flatMap(task -> view.containers().stream()
                        .filter(known ->
                                known.taskId().filter(task.id()::equals).isPresent()))
                .findFirst();
        return new Action.Inject.Place(
                container.map(Container::id).orElse(""),
                service.name(),
                Optional.of(service.name()),
                service.desired().orElse(0),
                List.copyOf(addresses(service)));
    }

    private Set<String> addresses(Service service) {
        return view.tasksOf(service).stream()
                .filter(Task::isCurrent)
                .flatMap(task -> task.addresses().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The networks of the members: a service's ids, and the names of their containers'. */
    private Set<String> networks() {
        return dashboard.workloads().values().stream()
                .flatMap(workload -> Stream.concat(
                        view.service(workload.id()).stream().flatMap(service -> service.networkIds().stream()),
                        workload.containerIn(view).stream().flatMap(container -> container.networks().stream())))
                .collect(Collectors.toSet());
    }

    private static boolean fits(Pattern pattern, String name) {
        return pattern.matcher(name.toLowerCase(Locale.ROOT)).find();
    }
}
