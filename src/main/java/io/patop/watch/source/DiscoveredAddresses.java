package io.patop.watch.source;

import io.patop.docker.Attachment;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.patroni.ApiUrl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a cluster may be, by what Docker shows: addresses of services and containers that are named like
 * Patroni's nodes, on the two ports that are usual.
 *
 * @param urls to be tried, all at once
 * @param network of Docker's that the addresses are on; the likeliest, if there are several
 */
public record DiscoveredAddresses(List<ApiUrl> urls, Optional<String> network) {

    /** 8091 in the Swarm stacks this was made for, 8008 in Patroni's documentation. */
    private static final List<Integer> PORTS = List.of(8091, 8008);

    private static final Pattern NODE = Pattern.compile("patroni|postgres|spilo|pg-?\\d");
    private static final Pattern OTHER = Pattern.compile("etcd|haproxy|consul|zookeeper|bouncer|exporter|patop$");

    /** Names that a node may have in the DNS of a container network, where Docker itself cannot be asked. */
    private static final List<String> USUAL_NAMES = List.of("patroni1", "patroni2", "patroni3", "patroni");

    /** Copies the list. */
    public DiscoveredAddresses {
        urls = List.copyOf(urls);
    }

    /** What Docker shows. */
    public static DiscoveredAddresses of(EngineView view) {
        Set<String> addresses = new LinkedHashSet<>();
        List<String> networks = new ArrayList<>();
        for (Service service : view.services()) {
            if (isNode(lastPart(service.name()))) {
                view.tasksOf(service).stream()
                        .filter(Task::isRunning)
                        .flatMap(task -> task.attachments().stream())
                        .filter(attachment -> !attachment.networkName().equals("ingress"))
                        .forEach(attachment -> add(attachment, addresses, networks));
            }
        }
        for (Container container : view.containers()) {
            if (container.isRunning() && container.taskId().isEmpty() && isNode(container.name())) {
                addresses.addAll(container.addresses().values());
                networks.addAll(container.addresses().keySet());
            }
        }
        addresses.removeIf(DiscoveredAddresses::isThisMachine);
        return new DiscoveredAddresses(urls(addresses), networks.stream().findFirst());
    }

    /** On a network of Docker's nobody has such an address, and here something else answers at it. */
    private static boolean isThisMachine(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    /** This machine, and the usual names. */
    public static DiscoveredAddresses usual() {
        List<String> hosts = new ArrayList<>(List.of("localhost"));
        hosts.addAll(USUAL_NAMES);
        return at(hosts);
    }

    /**
     * Those hosts, whatever Docker shows.
     *
     * @param hosts names or addresses without a port
     * @throws IllegalArgumentException if one is neither; the message says which
     */
    public static DiscoveredAddresses at(List<String> hosts) {
        return new DiscoveredAddresses(urls(new LinkedHashSet<>(hosts)), Optional.empty());
    }

    /** Returns the hosts and the ports, as a person is told where the search went. */
    String text() {
        String hosts = urls.stream().map(ApiUrl::host).distinct().collect(Collectors.joining(", "));
        return hosts + PORTS.stream().map(String::valueOf).collect(Collectors.joining(" and ", " on ports ", ""));
    }

    private static void add(Attachment attachment, Set<String> addresses, List<String> networks) {
        addresses.addAll(attachment.addresses());
        networks.add(attachment.networkName());
    }

    /** The service's own name behind its stack's: {@code patroni_etcd} is no node. */
    private static String lastPart(String name) {
        String part = name.substring(name.indexOf('_') + 1);
        return part.isEmpty() ? name : part;
    }

    private static boolean isNode(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NODE.matcher(lower).find() && !OTHER.matcher(lower).find();
    }

    private static List<ApiUrl> urls(Set<String> hosts) {
        List<ApiUrl> urls = new ArrayList<>();
        for (int port : PORTS) {
            hosts.forEach(host -> urls.add(ApiUrl.parse((host.contains(":") ? "[" + host + "]" : host) + ":" + port)));
        }
        return urls;
    }
}
