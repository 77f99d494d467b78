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
 * The addresses at which a cluster may be, by what Docker shows: services and containers that are named like
 * Patroni's nodes, on the two usual ports.
 *
 * @param urls to be tried, all at once
 * @param network the Docker network of the addresses; the likeliest, if there are several
 */
public record DiscoveredAddresses(List<ApiUrl> urls, Optional<String> network) {

    /** The ports to try: 8091 in the Swarm stacks patop was made for, 8008 in Patroni's documentation. */
    private static final List<Integer> PORTS = List.of(8091, 8008);

    private static final Pattern NODE = Pattern.compile("patroni|postgres|spilo|pg-?\\d");
    private static final Pattern OTHER = Pattern.compile("etcd|haproxy|consul|zookeeper|bouncer|exporter|patop$");

    /** Names that a node may have in the DNS of a container network, used if Docker itself cannot be asked. */
    private static final List<String> USUAL_NAMES = List.of("patroni1", "patroni2", "patroni3", "patroni");

    public DiscoveredAddresses {
        urls = List.copyOf(urls);
    }

    /** The addresses of what Docker shows. */
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

    /**
     * Whether the address is this machine's own. No node on a Docker network has such an address, and something else
     * may answer at it here.
     */
    private static boolean isThisMachine(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    /** The addresses on this machine, and those of the usual names. */
    public static DiscoveredAddresses usual() {
        List<String> hosts = new ArrayList<>(List.of("localhost"));
        hosts.addAll(USUAL_NAMES);
        return at(hosts);
    }

    /**
     * The addresses of those hosts, whatever Docker shows.
     *
     * @param hosts names or addresses without a port
     * @throws IllegalArgumentException if one is neither; the message says which
     */
    public static DiscoveredAddresses at(List<String> hosts) {
        return new DiscoveredAddresses(urls(new LinkedHashSet<>(hosts)), Optional.empty());
    }

    /** The hosts and ports as text, to tell a person where patop looked. */
    String text() {
        String hosts = urls.stream().map(ApiUrl::host).distinct().collect(Collectors.joining(", "));
        return hosts + PORTS.stream().map(String::valueOf).collect(Collectors.joining(" and ", " on ports ", ""));
    }

    private static void add(Attachment attachment, Set<String> addresses, List<String> networks) {
        addresses.addAll(attachment.addresses());
        networks.add(attachment.networkName());
    }

    /** The name of a service without its stack's, so that {@code patroni_etcd} does not count as a node. */
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
