package io.patop.watch.model;

import io.patop.docker.Attachment;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.haproxy.ProxyEndpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The places where an HAProxy may be: what Docker shows, the usual name in a container network, and the usual socket
 * files. Each place is one HAProxy with several endpoints, the best first: a stats socket takes commands and tells of
 * the process, the stats page does neither.
 */
public final class ProxyPlaces {

    /** The paths of the stats socket in the configurations of Debian, Red Hat and HAProxy's manual. */
    private static final List<Path> USUAL_SOCKETS = List.of(
            Path.of("/run/haproxy/admin.sock"),
            Path.of("/run/haproxy.sock"),
            Path.of("/run/haproxy/haproxy.sock"),
            Path.of("/var/lib/haproxy/stats"),
            Path.of("/var/lib/haproxy/haproxy.sock"));

    /** The usual TCP ports of a stats socket: 7001 in patop's own stack, 9999 in HAProxy's manual. */
    private static final List<Integer> SOCKET_PORTS = List.of(7001, 9999);

    /** The usual ports of a stats page: 7000 in Patroni's own example, 8404 in HAProxy's. */
    private static final List<Integer> PAGE_PORTS = List.of(7000, 8404);

    /** The name of the HAProxy service in most Patroni stacks. */
    private static final String USUAL_NAME = "haproxy";

    /**
     * One HAProxy that may exist.
     *
     * @param doors its endpoints, the best first; at least one
     */
    public record Place(List<ProxyEndpoint> doors) {
        public Place {
            doors = List.copyOf(doors);
            if (doors.isEmpty()) {
                throw new IllegalArgumentException("a place without a door");
            }
        }
    }

    private ProxyPlaces() {}

    /** The place that a person named. */
    public static Place given(ProxyEndpoint endpoint) {
        return new Place(List.of(endpoint));
    }

    private static Place socket(Path path) {
        return new Place(List.of(new ProxyEndpoint.Unix(path)));
    }

    /**
     * The places to look at when no address was given.
     *
     * @param docker what Docker shows, if it can be asked
     * @param found whether an HAProxy answers already; this machine's own ports are not tried then, since they may
     *     lead to that one
     */
    public static List<Place> search(Optional<EngineView> docker, boolean found) {
        List<Place> places = new ArrayList<>();
        USUAL_SOCKETS.stream().filter(Files::exists).map(ProxyPlaces::socket).forEach(places::add);
        List<Place> shown = docker.map(ProxyPlaces::of).orElse(List.of());
        places.addAll(shown);
        if (shown.isEmpty()) {
            places.add(atHosts(List.of(USUAL_NAME)));
        }
        if (!found) {
            places.add(atHosts(List.of("localhost")));
        }
        return places;
    }

    /** The services and containers in Docker that are named like HAProxy or run its image. */
    static List<Place> of(EngineView view) {
        List<Place> places = new ArrayList<>();
        for (Service service : view.services()) {
            if (isProxy(service.name()) || isProxy(lastOf(service.image()))) {
                places.addAll(of(service, view));
            }
        }
        for (Container container : view.containers()) {
            boolean isProxy = isProxy(container.name()) || isProxy(lastOf(container.image()));
            if (isProxy && container.isRunning() && container.taskId().isEmpty()) {
                Set<String> hosts = new LinkedHashSet<>();
                container.composeService().ifPresent(hosts::add);
                hosts.add(container.name());
                hosts.addAll(container.addresses().values());
                places.add(atHosts(List.copyOf(hosts)));
            }
        }
        return places;
    }

    /**
     * The places of a service's running tasks. The service's name outlives a change of address, but is used only if
     * there is a single task.
     */
    private static List<Place> of(Service service, EngineView view) {
        List<Task> tasks =
                view.tasksOf(service).stream().filter(Task::isRunning).toList();
        List<Place> places = new ArrayList<>();
        for (Task task : tasks) {
            Set<String> hosts = new LinkedHashSet<>();
            if (tasks.size() == 1) {
                hosts.add(service.name().substring(service.name().indexOf('_') + 1));
                hosts.add(service.name());
            }
            task.attachments().stream()
                    .filter(attachment -> !attachment.networkName().equals("ingress"))
                    .map(Attachment::addresses)
                    .forEach(hosts::addAll);
            hosts.removeIf(String::isEmpty);
            if (!hosts.isEmpty()) {
                places.add(atHosts(List.copyOf(hosts)));
            }
        }
        return places;
    }

    private static Place atHosts(List<String> hosts) {
        List<ProxyEndpoint> doors = new ArrayList<>();
        for (int port : SOCKET_PORTS) {
            hosts.forEach(host -> doors.add(new ProxyEndpoint.Tcp(host, port)));
        }
        for (int port : PAGE_PORTS) {
            hosts.stream()
                    .map(host -> host.contains(":") ? "[" + host + "]" : host)
                    .filter(host -> host.matches("[A-Za-z0-9.:_\\[\\]-]+"))
                    .forEach(host -> doors.add(
                            new ProxyEndpoint.Page(URI.create("http://" + host + ":" + port + "/"), Optional.empty())));
        }
        return new Place(doors);
    }

    private static boolean isProxy(String name) {
        return name.toLowerCase(Locale.ROOT).contains("haproxy");
    }

    /**
     * The last part of an image's name: {@code haproxy:2.6} of {@code registry/haproxy-images/haproxy:2.6@sha256:…}.
     */
    private static String lastOf(String image) {
        String plain = image.replaceAll("@.*", "");
        return plain.substring(plain.lastIndexOf('/') + 1);
    }
}
